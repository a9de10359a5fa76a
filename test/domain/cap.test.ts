import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refuseByCaps, type Cap } from "#domain/cap";
import { monthOf, monthsWithin } from "#domain/month";

const november = Date.UTC(2026, 10, 21, 13);
const cap = (changes: Partial<Cap>): Cap => ({
  kind: "team",
  name: "",
  credits: 100,
  used: 80,
  ...changes,
});

describe("a cap by month", () => {
  it.each([
    [cap({}), "The team may spend 100 credits a month, and 20 are left in November."],
    [cap({ kind: "member", name: "ana" }), 'The member "ana" may spend 100 credits a month'],
    [cap({ kind: "file", name: "file-1" }), "This file may spend 100 credits a month"],
    [cap({ credits: 50 }), "The team may spend 50 credits a month, and 0 are left in November."],
  ])("says who is capped, what is left and what to do: %o", (one, words) => {
    const sentence = refuseByCaps([one], 21, november);
    expect(sentence).toContain(words);
    expect(sentence).toContain("This run may cost 21.");
    expect(sentence).toContain("wait until 1 December (UTC), or ask the owner");
  });

  it("lets pass what fits to the last credit, and what costs nothing", () => {
    expect(refuseByCaps([cap({})], 20, november)).toBeNull();
    expect(refuseByCaps([cap({ used: 900 })], 0, november)).toBeNull();
    expect(refuseByCaps([], 9_999, november)).toBeNull();
  });

  it("names the one with the least left, and a December ends in January", () => {
    const caps = [cap({ used: 0 }), cap({ kind: "file", name: "f", used: 99 }), cap({})];
    const sentence = refuseByCaps(caps, 50, Date.UTC(2026, 11, 31, 23, 59));
    expect(sentence).toContain(
      "This file may spend 100 credits a month, and 1 are left in December.",
    );
    expect(sentence).toContain("wait until 1 January (UTC)");
  });

  it("refuses exactly when some cap has less left than the run may cost", () => {
    const amount = fc.integer({ min: 0, max: 200 });
    const some = fc.array(fc.record({ credits: amount, used: amount }), { maxLength: 3 });
    fc.assert(
      fc.property(some, amount, (caps, credits) => {
        const isOver = credits > 0 && caps.some((each) => each.used + credits > each.credits);
        expect(refuseByCaps(caps.map(cap), credits, november) !== null).toBe(isOver);
      }),
      { seed: 4 },
    );
  });
});

describe("a month", () => {
  it("is of the calendar in UTC", () => {
    expect(monthOf(Date.UTC(2028, 1, 29, 23, 59))).toEqual({
      name: "2028-02",
      fromMs: Date.UTC(2028, 1),
      untilMs: Date.UTC(2028, 2),
    });
  });

  it("is cut at the ends of a time, and together they are that time", () => {
    const moment = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) });
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 10 ** 11 }), (fromMs, durationMs) => {
        const months = monthsWithin(fromMs, fromMs + durationMs);
        expect(months[0]?.fromMs).toBe(fromMs);
        expect(months.at(-1)?.untilMs).toBe(fromMs + durationMs);
        for (const [at, month] of months.entries()) {
          expect(month.fromMs).toBeLessThan(month.untilMs);
          expect(monthOf(month.untilMs - 1).name).toBe(month.name);
          if (at > 0) expect(month.fromMs).toBe(months[at - 1]?.untilMs);
        }
      }),
      { seed: 4 },
    );
    expect(monthsWithin(november, november)).toEqual([]);
  });
});
