/** A calendar month in UTC: `untilMs` is where the next one begins. */
export interface Month {
  /** As in ISO 8601: "2026-11". */
  readonly name: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The month of a moment. */
export function monthOf(atMs: number): Month {
  const at = new Date(atMs);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  return {
    name: at.toISOString().slice(0, 7),
    fromMs: Date.UTC(year, month),
    untilMs: Date.UTC(year, month + 1),
  };
}

/** Every month that has a part of this time in it, oldest first, cut to it; none for no time. */
export function monthsWithin(fromMs: number, untilMs: number): Month[] {
  const months: Month[] = [];
  for (let atMs = fromMs; atMs < untilMs; atMs = monthOf(atMs).untilMs) {
    const month = monthOf(atMs);
    months.push({ ...month, fromMs: atMs, untilMs: Math.min(month.untilMs, untilMs) });
  }
  return months;
}

const monthNames = [
  ..."January February March April May June July August".split(" "),
  ..."September October November December".split(" "),
];

/** What the month of a moment (UTC) is called: "November". */
export function nameOfMonth(atMs: number): string {
  return monthNames[new Date(atMs).getUTCMonth()] ?? "";
}
