import type { CapUnit } from "#domain/cap";
import type { UsageDay } from "#domain/usage";

/** What somebody spent in a month; `place` is their colour's. */
export interface Spender {
  readonly member: string;
  readonly amount: number;
  readonly place: number;
}

/** A day of the month with what each spent on it, the largest spender of the month first. */
export interface StackedDay {
  readonly day: string;
  readonly amount: number;
  readonly parts: readonly Spender[];
}

/** A month as its chart shows it. */
export interface StackedMonth {
  readonly days: readonly StackedDay[];
  readonly spenders: readonly Spender[];
}

/** More members than these share the last colour, as "Others". */
const mostSpenders = 6;
const others = "Others";
const dayMs = 24 * 60 * 60_000;

/** Every day of a month ("2026-11"), also those on which nothing was spent; amounts in one unit. */
export function stackDays(month: string, rows: readonly UsageDay[], unit: CapUnit): StackedMonth {
  const totals = new Map<string, number>();
  for (const row of rows) totals.set(row.member, (totals.get(row.member) ?? 0) + row[unit]);
  const ranked = [...totals]
    .filter(([, amount]) => amount > 0)
    .sort(([one, more], [other, less]) => less - more || (one < other ? -1 : 1));
  const isMany = ranked.length > mostSpenders;
  const named = isMany ? ranked.slice(0, mostSpenders - 1) : ranked;
  const nameOf = (member: string): string =>
    named.some(([name]) => name === member) ? member : others;
  const rest = ranked.slice(named.length).reduce((sum, [, amount]) => sum + amount, 0);
  const shown: readonly (readonly [string, number])[] = isMany ? [...named, [others, rest]] : named;
  const spenders = shown.map(([member, amount], place) => ({ member, amount, place }));
  const days = daysOf(month).map((day) => {
    const ofDay = rows.filter((row) => row.day === day && row[unit] > 0);
    const parts = spenders.flatMap(({ member, place }) => {
      const own = ofDay.filter((row) => nameOf(row.member) === member);
      const amount = own.reduce((sum, row) => sum + row[unit], 0);
      return amount === 0 ? [] : [{ member, amount, place }];
    });
    return { day, parts, amount: parts.reduce((sum, { amount }) => sum + amount, 0) };
  });
  return { days, spenders };
}

function daysOf(month: string): string[] {
  const days: string[] = [];
  for (let atMs = Date.parse(`${month}-01`); ; atMs += dayMs) {
    const day = new Date(atMs).toISOString().slice(0, 10);
    if (!day.startsWith(month)) return days;
    days.push(day);
  }
}
