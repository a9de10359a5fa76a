import { bareAmountOf, type CapUnit } from "#domain/cap";
import type { StackedDay } from "./stack-days.ts";

interface DayTableProps {
  readonly days: readonly StackedDay[];
  readonly unit: CapUnit;
}

/** What the chart says, in numbers: every day on which something was spent. */
export function DayTable({ days, unit }: DayTableProps) {
  return (
    <details class="day-table">
      <summary>Day by day</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Day (UTC)</th>
            <th scope="col">Member</th>
            <th scope="col" class="number">
              {unit === "credits" ? "Credits" : "Dollars"}
            </th>
          </tr>
        </thead>
        <tbody>
          {days.flatMap(({ day, parts }) =>
            parts.map(({ member, amount }) => (
              <tr key={`${day} ${member}`}>
                <td>{day}</td>
                <td>{member}</td>
                <td class="number">{bareAmountOf(unit, amount)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </details>
  );
}
