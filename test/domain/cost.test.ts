import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costSentence, formatCeiling, formatCost, formatDollars, worstBasis } from "#domain/cost";

const cost = (credits: number, microDollars = 0) => ({ credits, microDollars });

describe("dollars", () => {
  it.each([
    [1, "<$0.0001"],
    [99, "<$0.0001"],
    [100, "$0.0001"],
    [33_600, "$0.0336"],
    [33_601, "$0.0337"],
    [40_000, "$0.04"],
    [500_000, "$0.50"],
    [999_901, "$1.00"],
    [1_234_567, "$1.24"],
    [20_000_000, "$20.00"],
  ])("%i micro-dollars are %s", (microDollars, text) => {
    expect(formatDollars(microDollars)).toBe(text);
  });

  it("are never shown as less than they are, nor as nothing", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 12 }), (microDollars) => {
        const text = formatDollars(microDollars);
        if (text === "<$0.0001") {
          expect(microDollars).toBeLessThan(100);
          return;
        }
        expect(text).toMatch(microDollars < 999_901 ? /^\$0\.\d{2,4}$/ : /^\$[1-9]\d*\.\d{2}$/);
        const shown = Math.round(Number(text.slice(1)) * 1e6);
        expect(shown).toBeGreaterThanOrEqual(microDollars);
        expect(shown - microDollars).toBeLessThan(microDollars < 1e6 ? 1e4 : 1e4 + 1);
      }),
      { seed: 3 },
    );
  });
});

describe("a cost for people", () => {
  it.each([
    [cost(0), "list", "free", "free", "It cost nothing."],
    [cost(1), "list", "1 credit", "at most 1 credit", "It cost 1 credit."],
    [cost(0, 40_000), "list", "$0.04", "at most $0.04", "It cost $0.04."],
    [cost(12, 40_000), "list", "12 credits + $0.04", "at most 12 credits + $0.04", null],
    [cost(0, 40_000), "estimate", "about $0.04", "at most about $0.04", "It cost about $0.04."],
    [cost(0), "estimate", "free", "free", "It cost nothing."],
    [cost(0), "unknown", "price not known", "price not known", "What it cost is not known."],
    [cost(0, 9e6), "unknown", "$9.00 + price not known", "at most $9.00 + price not known", null],
  ] as const)("%o of %s", (price, basis, text, ceiling, sentence) => {
    expect(formatCost(price, basis)).toBe(text);
    expect(formatCeiling(price, basis)).toBe(ceiling);
    if (sentence !== null) expect(costSentence(price, basis)).toBe(sentence);
  });

  it("is as certain as its least certain part", () => {
    expect(worstBasis([])).toBe("list");
    expect(worstBasis(["list", "estimate"])).toBe("estimate");
    expect(worstBasis(["estimate", "unknown", "list"])).toBe("unknown");
  });
});
