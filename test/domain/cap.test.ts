import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bareAmountOf, capUnits, readAmount, refuseByCaps, type Cap } from "#domain/cap";
import { monthOf, monthsWithin } from "#domain/month";

const november = Date.UTC(2026, 10, 21, 13);
const credits = (amount: number) => ({ credits: amount, microDollars: 0 });
const cap = (changes: Partial<Cap>): Cap => ({
  kind: "team",
  name: "",
  unit: "credits",
  most: 100,
  used: 80,
  ...changes,
});

describe("a cap by month", () => {
  it.each([
    [cap({}), "The team may spend 100 credits a month, and 20 are left in November."],
    [cap({ kind: "member", name: "ana" }), 'The member "ana" may spend 100 credits a month'],
    [cap({ kind: "file", name: "file-1" }), "This file may spend 100 credits a month"],
    [cap({ most: 50 }), "The team may spend 50 credits a month, and 0 are left in November."],
  ])("says who is capped, what is left and what to do: %o", (one, words) => {
    const sentence = refuseByCaps([one], credits(21), november);
    expect(sentence).toContain(words);
    expect(sentence).toContain("This run may cost 21.");
    expect(sentence).toContain("wait until 1 December (UTC), or ask the owner");
  });

  it("lets pass what fits to the last credit, and what costs nothing", () => {
    expect(refuseByCaps([cap({})], credits(20), november)).toBeNull();
    expect(refuseByCaps([cap({ used: 900 })], credits(0), november)).toBeNull();
    expect(refuseByCaps([], credits(9_999), november)).toBeNull();
  });

  it("names the one with the least left, and a December ends in January", () => {
    const caps = [cap({ used: 0 }), cap({ kind: "file", name: "f", used: 99 }), cap({})];
    const sentence = refuseByCaps(caps, credits(50), Date.UTC(2026, 11, 31, 23, 59));
    expect(sentence).toContain(
      "This file may spend 100 credits a month, and 1 are left in December.",
    );
    expect(sentence).toContain("wait until 1 January (UTC)");
  });

  it("in dollars counts dollars alone, and says them", () => {
    const inDollars = cap({ unit: "microDollars", most: 20_000_000, used: 19_500_000 });
    expect(
      refuseByCaps([inDollars], { credits: 9_999, microDollars: 500_000 }, november),
    ).toBeNull();
    const sentence = refuseByCaps([inDollars], { credits: 0, microDollars: 510_000 }, november);
    expect(sentence).toContain("may spend $20.00 a month, and $0.50 are left in November.");
    expect(sentence).toContain("This run may cost $0.51.");
  });

  it("refuses exactly when some cap has less left of its unit than the run may cost", () => {
    const amount = fc.integer({ min: 0, max: 200 });
    const unit = fc.constantFrom("credits" as const, "microDollars" as const);
    const some = fc.array(fc.record({ unit, most: amount, used: amount }), { maxLength: 4 });
    const cost = fc.record({ credits: amount, microDollars: amount });
    fc.assert(
      fc.property(some, cost, (caps, price) => {
        const isOver = caps.some(
          (each) => price[each.unit] > 0 && each.used + price[each.unit] > each.most,
        );
        expect(refuseByCaps(caps.map(cap), price, november) !== null).toBe(isOver);
      }),
      { seed: 4 },
    );
  });
});

describe("an amount as it is typed", () => {
  it("is read as it is shown, in credits and in dollars", () => {
    const cents = fc.nat({ max: 1e9 }).map((count) => count * 10_000);
    fc.assert(
      fc.property(fc.constantFrom(...capUnits), cents, (unit, most) => {
        expect(readAmount(unit, ` ${bareAmountOf(unit, most)} `)).toBe(most);
      }),
    );
  });

  it.each(["", "-5", "1e3", "0x10", "1,000", "5.5", "99999999999999999999", "NaN", "५"])(
    "is no number of credits: %j",
    (typed) => {
      expect(readAmount("credits", typed)).toBe(`"${typed}" is no whole number of credits.`);
    },
  );

  it.each(["", "-5", "$", "1.", ".5", "0.1234567", "20€", "1e3", "9".repeat(20)])(
    "is no amount of dollars: %j",
    (typed) => {
      const sentence = `"${typed}" is no amount of dollars, such as 20 or 0.50.`;
      expect(readAmount("microDollars", typed)).toBe(sentence);
    },
  );

  it.each(["20", "$20", "20.0", "$20.000000"])("reads %j as twenty dollars", (typed) => {
    expect(readAmount("microDollars", typed)).toBe(20_000_000);
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
