import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaleFor } from "../../../ui/console/spending/chart-scale.ts";
import { stackDays } from "../../../ui/console/spending/stack-days.ts";
import { formatLength } from "../../../ui/console/words.ts";

const day = fc
  .integer({ min: 1, max: 28 })
  .map((each) => `2026-02-${String(each).padStart(2, "0")}`);
const rows = fc.uniqueArray(
  fc.record({
    day,
    member: fc.constantFrom("Ana", "Ben", "Cleo", "Dora", "Emil", "Fay", "Gus", "Others"),
    calls: fc.nat({ max: 9 }),
    credits: fc.nat({ max: 500 }),
    microDollars: fc.nat({ max: 5_000_000 }),
  }),
  { maxLength: 60, selector: (row) => `${row.day} ${row.member}` },
);

describe("a month of spending", () => {
  it("has every day, and shows all that was spent, by at most six in colour", () => {
    let isEverMany = false;
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom("credits" as const, "microDollars" as const),
        (all, unit) => {
          const { days, spenders } = stackDays("2026-02", all, unit);
          const spent = all.reduce((sum, row) => sum + row[unit], 0);
          const sum = (each: readonly { amount: number }[]) =>
            each.reduce((total, { amount }) => total + amount, 0);
          expect(days).toHaveLength(28);
          expect([sum(days), sum(spenders)]).toEqual([spent, spent]);
          expect(spenders.length).toBeLessThanOrEqual(6);
          isEverMany ||=
            new Set(all.filter((row) => row[unit] > 0).map(({ member }) => member)).size > 6;
          for (const { amount, parts } of days) expect(sum(parts)).toBe(amount);
          for (const { member, amount } of spenders) {
            const parts = days.flatMap((each) =>
              each.parts.filter((part) => part.member === member),
            );
            expect(sum(parts)).toBe(amount);
          }
        },
      ),
      { seed: 5 },
    );
    expect(isEverMany).toBe(true);
  });

  it("fits below the top line of its chart, which is no more than five steps of it away", () => {
    fc.assert(
      fc.property(fc.nat({ max: 1e9 }), (largest) => {
        const { top, lines } = scaleFor(largest);
        expect(top).toBeGreaterThanOrEqual(largest);
        expect([lines[0], lines.at(-1)]).toEqual([0, top]);
        expect(lines.length).toBeLessThanOrEqual(6);
        expect(lines.every(Number.isInteger)).toBe(true);
        if (largest > 0) expect(lines.at(-2)).toBeLessThan(largest);
      }),
    );
  });
});

describe("a length of time", () => {
  it.each([
    [0, "0.0 s"],
    [9_949, "9.9 s"],
    [9_950, "10 s"],
    [59_499, "59 s"],
    [59_500, "1 min"],
    [200_000, "3 min 20 s"],
    [3_600_000, "1 h"],
    [7_500_000, "2 h 5 min"],
  ])("%i ms is %s", (lengthMs, text) => {
    expect(formatLength(lengthMs)).toBe(text);
  });
});
