import { bareAmountOf, type CapUnit } from "#domain/cap";
import type { Spender } from "./stack-days.ts";

interface LegendProps {
  readonly spenders: readonly Spender[];
  readonly unit: CapUnit;
}

/** Whose each colour of the chart is, and what they spent in the month. */
export function Legend({ spenders, unit }: LegendProps) {
  return (
    <ul class="legend">
      {spenders.map(({ member, amount, place }) => (
        <li key={member}>
          <span class={`legend-mark spender-${place}`} />
          <span class="cut">{member}</span>
          <span class="quiet">{bareAmountOf(unit, amount)}</span>
        </li>
      ))}
    </ul>
  );
}
