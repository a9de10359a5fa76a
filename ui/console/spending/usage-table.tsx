import { bareAmountOf, type CapUnit } from "#domain/cap";
import type { UsageRow } from "#domain/usage";

interface UsageTableProps {
  readonly rows: readonly UsageRow[];
  readonly unit: CapUnit;
}

/** Where it went: by member, file and model, the most first. */
export function UsageTable({ rows, unit }: UsageTableProps) {
  return (
    <div class="table-room" role="region" aria-label="Spending by file and model" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Member</th>
            <th scope="col">File</th>
            <th scope="col">Model</th>
            <th scope="col" class="number">
              Calls
            </th>
            <th scope="col" class="number">
              {unit === "credits" ? "Credits" : "Dollars"}
            </th>
          </tr>
        </thead>
        <tbody>
          {[...rows]
            .sort((one, other) => other[unit] - one[unit])
            .map((row) => (
              <tr key={`${row.member} ${row.file} ${row.model ?? ""}`}>
                <td>{row.member}</td>
                <td class="cut">{row.fileName ?? row.file}</td>
                <td>{row.model ?? "not started"}</td>
                <td class="number">{row.calls}</td>
                <td class="number">{bareAmountOf(unit, row[unit])}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
