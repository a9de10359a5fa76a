import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAbove } from "#domain/cost";
import {
  asksForFacts,
  costOfCall,
  dollars,
  free,
  inCredits,
  priceSchema,
  type Price,
} from "#domain/price";
import { arbitraryFacts, arbitraryPrice, arbitrarySettings } from "../helpers/arbitrary-price.ts";

const megapixels: Price = {
  kind: "upTo",
  setting: "$megapixels",
  steps: [
    { most: 1, price: dollars(0.03) },
    { most: 4, price: dollars(0.06) },
  ],
  otherwise: dollars(0.12),
};
const seconds: Price = { kind: "times", setting: "$seconds", most: 10, price: dollars(0.1) };
const ofReference = { kind: "times", setting: "$references", price: dollars(0.01) } as const;
const costOf = (price: Price, settings: Record<string, unknown> = {}) =>
  costOfCall(price, settings).microDollars;

describe("a price that asks for facts of the call", () => {
  it.each([
    [{ $megapixels: 0.5 }, 30_000],
    [{ $megapixels: 1 }, 30_000],
    [{ $megapixels: 1.01 }, 60_000],
    [{ $megapixels: 8 }, 120_000],
    [{ $megapixels: { most: 3 } }, 60_000],
    [{}, 120_000],
  ])("goes up step by step, and is the dearest that may be: %o", (facts, microDollars) => {
    expect(costOf(megapixels, facts)).toBe(microDollars);
  });

  it("is multiplied by what it is, by the most that it can be, and never by more than that", () => {
    expect(costOf(seconds, { $seconds: 2.5 })).toBe(250_000);
    expect(costOf(seconds)).toBe(1_000_000);
    expect(costOf(seconds, { $seconds: 60 })).toBe(1_000_000);
    expect(costOf(ofReference, { $references: 0 })).toBe(0);
    expect(costOf(ofReference, { $references: 3 })).toBe(30_000);
    expect(costOf(ofReference, { $references: { most: 8 } })).toBe(80_000);
  });

  it("takes the dearest of its steps while nobody knows, whatever their order", () => {
    const falling: Price = {
      ...megapixels,
      steps: [{ most: 1, price: dollars(9) }],
      otherwise: free,
    };
    expect(costOf(falling)).toBe(9_000_000);
    expect(costOf(falling, { $megapixels: 2 })).toBe(0);
    const byCount: Price = {
      kind: "by",
      setting: "$references",
      prices: { "0": dollars(1), "1": dollars(5) },
      otherwise: dollars(2),
    };
    expect(costOf(byCount, { $references: 1 })).toBe(5_000_000);
    expect(costOf(byCount, { $references: 7 })).toBe(2_000_000);
    expect(costOf(byCount, { $references: { most: 7 } })).toBe(5_000_000);
  });

  it("has to say the most of what nobody may know", () => {
    const open = { ...seconds, most: undefined };
    expect(priceSchema.safeParse(seconds).success).toBe(true);
    expect(priceSchema.safeParse(open).success).toBe(false);
    expect(priceSchema.safeParse({ kind: "sum", prices: [open] }).success).toBe(false);
    expect(priceSchema.safeParse(ofReference).success).toBe(true);
  });

  it("never costs less beforehand than the call does (I14)", () => {
    fc.assert(
      fc.property(
        arbitraryPrice,
        arbitrarySettings,
        arbitraryFacts,
        (price, settings, { actual, before }) => {
          const ceiling = costOfCall(price, { ...settings, ...before });
          const cost = costOfCall(price, { ...settings, ...actual });
          expect(isAbove(cost, ceiling)).toBe(false);
          expect(Number.isSafeInteger(cost.credits) && cost.credits >= 0).toBe(true);
          expect(Number.isSafeInteger(cost.microDollars) && cost.microDollars >= 0).toBe(true);
          if (!asksForFacts(price)) expect(costOfCall(price, settings)).toEqual(cost);
        },
      ),
      { numRuns: 3_000, seed: 14 },
    );
  });
});

describe("a price of settings", () => {
  it("counts what is missing once, and above all steps as otherwise", () => {
    const times: Price = { kind: "times", setting: "count", price: dollars(0.04) };
    expect(costOf(times)).toBe(40_000);
    expect(costOf(times, { count: "3" })).toBe(120_000);
    const upTo: Price = { ...megapixels, setting: "size" };
    expect(costOf(upTo, { size: "2" })).toBe(60_000);
    expect(costOf(upTo, { size: "huge" })).toBe(120_000);
    expect(costOf(upTo)).toBe(120_000);
  });
});

describe("a price sold for credits", () => {
  it("has no money left in it and is the same number of credits a dollar", () => {
    fc.assert(
      fc.property(
        arbitraryPrice,
        arbitrarySettings,
        arbitraryFacts,
        (price, settings, { actual }) => {
          const given = { ...settings, ...actual };
          const sold = costOfCall(inCredits(price, 100), given);
          expect(sold.microDollars).toBe(0);
          const { credits, microDollars } = costOfCall(price, given);
          expect(sold.credits).toBeGreaterThanOrEqual(credits);
          // Both parts are rounded up once on one side, and their sum once on the other.
          if (!asksForFacts(price) || microDollars === 0 || credits === 0) {
            expect(sold.credits).toBeLessThanOrEqual(credits + Math.ceil(microDollars / 1e4) + 1);
          }
        },
      ),
      { numRuns: 1_000, seed: 15 },
    );
    expect(costOfCall(inCredits(dollars(0.04), 100), {})).toEqual({ credits: 4, microDollars: 0 });
    expect(costOfCall(inCredits(dollars(0.041), 100), {}).credits).toBe(5);
  });
});
