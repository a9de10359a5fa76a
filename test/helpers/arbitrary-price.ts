import * as fc from "fast-check";
import { callFacts, type CallFact, type Facts, type Price } from "#domain/price";

/** The settings that these prices ask for. */
const settingNames = ["count", "size", "quality"] as const;
const amount = fc.double({ min: 0, max: 50, noNaN: true });

/** Any price that a model may have, of both kinds of money, over settings and facts. */
export const arbitraryPrice: fc.Arbitrary<Price> = fc.letrec<{ price: Price }>((tie) => ({
  price: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ kind: fc.constant("fixed" as const), credits: amount }),
    fc.record({
      kind: fc.constant("money" as const),
      microDollars: amount.map((each) => each * 1e4),
    }),
    fc.record({
      kind: fc.constant("times" as const),
      setting: fc.constantFrom(...settingNames, ...callFacts),
      most: fc.double({ min: 0, max: 40, noNaN: true }),
      price: tie("price"),
    }),
    fc.record({
      kind: fc.constant("by" as const),
      setting: fc.constantFrom(...settingNames, ...callFacts),
      prices: fc.dictionary(fc.constantFrom("1", "2", "high"), tie("price"), { maxKeys: 3 }),
      otherwise: tie("price"),
    }),
    fc.record({
      kind: fc.constant("upTo" as const),
      setting: fc.constantFrom(...settingNames, ...callFacts),
      steps: fc
        .array(fc.record({ most: fc.nat({ max: 30 }), price: tie("price") }), { maxLength: 3 })
        .map((steps) => steps.sort((one, other) => one.most - other.most)),
      otherwise: tie("price"),
    }),
    fc.record({
      kind: fc.constant("sum" as const),
      prices: fc.array(tie("price"), { maxLength: 3 }),
    }),
  ),
})).price;

/** Any settings for such a price. */
export const arbitrarySettings: fc.Arbitrary<Record<string, unknown>> = fc.record(
  {
    count: fc.oneof(fc.nat({ max: 10 }), fc.constantFrom("2", "", "many")),
    size: fc.constantFrom("1", "2", "high", 17, null),
    quality: fc.constantFrom("1", "high", true),
  },
  { requiredKeys: [] },
);

/** The facts of a call, and what may have been known of it before: the fact, a bound, or nothing. */
export const arbitraryFacts: fc.Arbitrary<{ actual: Facts; before: Facts }> = fc
  .tuple(...callFacts.map((name) => fc.tuple(fc.constant(name), factPair())))
  .map((pairs) => ({
    actual: factsOf(pairs.map(([name, { actual }]) => [name, actual])),
    before: factsOf(pairs.map(([name, { before }]) => [name, before])),
  }));

function factPair() {
  return fc
    .tuple(fc.nat({ max: 40 }), fc.nat({ max: 9 }), fc.constantFrom("same", "bound", "nothing"))
    .map(([actual, slack, how]) => ({
      actual,
      before: how === "same" ? actual : how === "bound" ? { most: actual + slack } : undefined,
    }));
}

function factsOf(pairs: readonly (readonly [CallFact, Facts[CallFact]])[]): Facts {
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
}
