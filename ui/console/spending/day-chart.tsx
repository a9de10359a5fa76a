import { bareAmountOf, type CapUnit } from "#domain/cap";
import { useWidth } from "../parts/use-width.ts";
import { scaleFor } from "./chart-scale.ts";
import type { StackedDay, StackedMonth } from "./stack-days.ts";

interface DayChartProps {
  readonly title: string;
  readonly month: StackedMonth;
  readonly unit: CapUnit;
}

const heightPx = 220;
const edge = { top: 8, right: 0, bottom: 24, left: 56 } as const;
const plotPx = heightPx - edge.top - edge.bottom;

/** A month as bars, one a day, stacked by member. What it says in colours stands in a table, too. */
export function DayChart({ title, month: { days }, unit }: DayChartProps) {
  const [box, widthPx] = useWidth();
  const { top, lines } = scaleFor(Math.max(...days.map(({ amount }) => amount)));
  const slotPx = Math.max(0, widthPx - edge.left - edge.right) / days.length;
  const yOf = (amount: number): number => edge.top + plotPx * (1 - amount / top);
  return (
    <div class="chart" ref={box}>
      <svg width={widthPx} height={heightPx} role="img" aria-label={title}>
        {lines.map((line) => (
          <g key={line}>
            <line class="chart-line" x1={edge.left} x2={widthPx} y1={yOf(line)} y2={yOf(line)} />
            <text class="chart-word" x={edge.left - 8} y={yOf(line) + 4} text-anchor="end">
              {line === 0 ? "0" : bareAmountOf(unit, line)}
            </text>
          </g>
        ))}
        {days.map((day, at) => (
          <Bar
            key={day.day}
            day={day}
            unit={unit}
            leftPx={edge.left + at * slotPx}
            slotPx={slotPx}
            yOf={yOf}
            isNamed={at === 0 || (at + 1) % 5 === 0}
          />
        ))}
      </svg>
    </div>
  );
}

interface BarProps {
  readonly day: StackedDay;
  readonly unit: CapUnit;
  readonly leftPx: number;
  readonly slotPx: number;
  readonly yOf: (amount: number) => number;
  readonly isNamed: boolean;
}

function Bar({ day: { day, parts }, unit, leftPx, slotPx, yOf, isNamed }: BarProps) {
  const gapPx = Math.min(6, slotPx / 4);
  let below = 0;
  return (
    <g>
      {parts.map(({ member, amount, place }) => {
        const from = below;
        below += amount;
        return (
          <rect
            key={member}
            class={`spender-${place}`}
            x={leftPx + gapPx / 2}
            width={Math.max(1, slotPx - gapPx)}
            y={yOf(below)}
            height={Math.max(1, yOf(from) - yOf(below))}
            rx={Math.min(2, slotPx / 8)}
          >
            <title>{`${day}: ${member}, ${bareAmountOf(unit, amount)}`}</title>
          </rect>
        );
      })}
      {isNamed && (
        <text class="chart-word" x={leftPx + slotPx / 2} y={heightPx - 6} text-anchor="middle">
          {Number(day.slice(-2))}
        </text>
      )}
    </g>
  );
}
