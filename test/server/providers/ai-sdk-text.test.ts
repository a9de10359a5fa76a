import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { costOfCall } from "#domain/price";
import { readList } from "../../../server/providers/ai-sdk/read-list.ts";
import {
  microDollarsOf,
  mostOutputTokens,
  priceOfTokens,
} from "../../../server/providers/ai-sdk/token-price.ts";

describe("a list that a model wrote", () => {
  test.each([
    ['{"items": ["one", "two"]}'],
    ['["one", "two"]'],
    ['Here you are:\n```json\n{"items": ["one", "two"]}\n```\nEnjoy!'],
    ['{"items": [{"prompt": "one"}, {"prompt": "two", "why": "because"}]}'],
    ["1. one\n2. two"],
    ["- one\n\n- two\n"],
    ["```\none\ntwo\n```"],
  ])("is read from %s", (text) => {
    expect(readList(text)).toEqual(["one", "two"]);
  });

  test("is itself again, whatever its items hold", () => {
    const item = fc.string({ unit: "binary" }).filter((text) => text.trim() !== "");
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 20 }), (items) => {
        const trimmed = items.map((each) => each.trim());
        expect(readList(JSON.stringify({ items }))).toEqual(trimmed);
        expect(readList(`Sure! ${JSON.stringify({ items }, null, 2)}`)).toEqual(trimmed);
      }),
    );
  });

  test("is never read with an error", () => {
    fc.assert(fc.property(fc.string(), (text) => void readList(text)));
    expect(readList("[".repeat(100_000))).toHaveLength(1);
  });
});

describe("the price of a text", () => {
  const tokens = { input: 2, output: 10 };

  test("is never below what its tokens cost, at three characters a token", () => {
    fc.assert(
      fc.property(
        fc.nat(50_000),
        fc.nat(20),
        fc.nat(mostOutputTokens),
        ($promptCharacters, $references, outputTokens) => {
          const inputTokens = Math.floor($promptCharacters / 3) + $references * 1_446;
          const billed = microDollarsOf(tokens, { inputTokens, outputTokens }) ?? Infinity;
          const facts = { $promptCharacters, $references };
          expect(costOfCall(priceOfTokens(tokens), facts).microDollars).toBeGreaterThanOrEqual(
            billed,
          );
        },
      ),
    );
  });

  test("is not known afterwards where the vendor counted nothing", () => {
    expect(microDollarsOf(tokens, { inputTokens: undefined, outputTokens: 5 })).toBeNull();
    expect(microDollarsOf(tokens, { inputTokens: Number.NaN, outputTokens: 5 })).toBeNull();
  });
});
