import { monthOf, nameOfMonth } from "#domain/month";
import { IconButton } from "../../panel/controls/icon-button.tsx";

interface MonthChoiceProps {
  /** As in ISO 8601: "2026-11". */
  readonly month: string;
  /** The newest that can be chosen. */
  readonly newest: string;
  readonly choose: (month: string) => void;
}

/** The month that is shown, and the ways to the one before and after it. */
export function MonthChoice({ month, newest, choose }: MonthChoiceProps) {
  return (
    <div class="month-choice" role="group" aria-label="Month">
      <IconButton icon="left" label="The month before" onClick={() => choose(monthBefore(month))} />
      <span aria-live="polite">{titleOfMonth(month)}</span>
      <IconButton
        icon="right"
        label="The month after"
        disabled={month >= newest}
        onClick={() => choose(monthOf(monthOf(Date.parse(`${month}-01`)).untilMs).name)}
      />
    </div>
  );
}

/** "November 2026", for "2026-11". */
export function titleOfMonth(month: string): string {
  return `${nameOfMonth(Date.parse(`${month}-01`))} ${month.slice(0, 4)}`;
}

function monthBefore(month: string): string {
  return monthOf(Date.parse(`${month}-01`) - 1).name;
}
