import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, fingerprintOf, type FingerprintSubject } from "#domain/fingerprint";
import { assetItem, hashText, textItem } from "../helpers/build-graph.ts";

const subject: FingerprintSubject = {
  type: "image-generator",
  model: { id: "a:b", version: "1" },
  settings: { prompt: "x", count: 2, seed: 7 },
  calls: [{ prompt: "x", items: { references: [assetItem("r"), assetItem("s")] }, count: 2 }],
};
const of = (changes: Partial<FingerprintSubject>) =>
  fingerprintOf({ ...subject, ...changes }, hashText);

describe("a fingerprint", () => {
  test("is the same for the same request, in whatever order its settings were written", () => {
    expect(of({ settings: { seed: 7, count: 2, prompt: "x" } })).toBe(of({}));
    expect(of({})).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    ["the type", { type: "camera-angles" }],
    ["the model", { model: { id: "a:c", version: "1" } }],
    ["the model's version", { model: { id: "a:b", version: "2" } }],
    ["a setting", { settings: { prompt: "x", count: 3, seed: 7 } }],
    ["the seed", { settings: { prompt: "x", count: 2, seed: 8 } }],
    ["a prompt", { calls: [{ ...subject.calls[0]!, prompt: "y" }] }],
    [
      "an asset",
      {
        calls: [{ prompt: "x", items: { references: [assetItem("r"), assetItem("t")] }, count: 2 }],
      },
    ],
    [
      "the order of assets",
      {
        calls: [{ prompt: "x", items: { references: [assetItem("s"), assetItem("r")] }, count: 2 }],
      },
    ],
    [
      "the input of an asset",
      { calls: [{ prompt: "x", items: { first: [assetItem("r"), assetItem("s")] }, count: 2 }] },
    ],
    ["how many a call asks for", { calls: [{ ...subject.calls[0]!, count: 3 }] }],
    ["the number of calls", { calls: [...subject.calls, ...subject.calls] }],
  ] as const)("is another when %s is", (_, changes) => {
    expect(of(changes)).not.toBe(of({}));
  });

  test("does not count a seed of nothing", () => {
    expect(of({ settings: { count: 2, seed: null } })).toBe(of({ settings: { count: 2 } }));
    expect(of({ settings: { count: 2, mask: null } })).not.toBe(of({ settings: { count: 2 } }));
  });

  test("takes an asset by its bytes alone, not by what is known of them", () => {
    const item = assetItem("r");
    if (item.kind !== "asset") throw new Error("not an asset");
    const same = { kind: "asset" as const, asset: { ...item.asset, widthPx: 99 } };
    const calls = [{ prompt: "x", items: { references: [same, assetItem("s")] }, count: 2 }];
    expect(of({ calls })).toBe(of({}));
  });

  test("does not take a text for an asset of the same letters", () => {
    const hash = hashText("r");
    const one = of({ calls: [{ prompt: "", items: { references: [assetItem("r")] }, count: 2 }] });
    expect(
      of({ calls: [{ prompt: "", items: { references: [textItem(hash)] }, count: 2 }] }),
    ).not.toBe(one);
  });
});

describe("canonical JSON", () => {
  const values = fc.jsonValue({ maxDepth: 3 });
  test("is equal exactly where the values are, whatever the order of their keys", () => {
    fc.assert(
      fc.property(values, values, (one, other) => {
        expect(canonicalJson(turn(one))).toBe(canonicalJson(one));
        const isEqual = canonicalJson(one) === canonicalJson(other);
        expect(isEqual).toBe(JSON.stringify(sort(one)) === JSON.stringify(sort(other)));
        expect(JSON.parse(canonicalJson(one))).toEqual(JSON.parse(JSON.stringify(one)));
      }),
      { numRuns: 500 },
    );
  });
});

/** The value with the keys of every object in the opposite order. */
function turn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turn);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, turn(each)]),
  );
}

/** The value with objects as sorted lists of pairs, each marked as having been one. */
function sort(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sort);
  if (typeof value !== "object" || value === null) return value;
  const keys = Object.keys(value).sort();
  return { pairs: keys.map((key) => [key, sort((value as Record<string, unknown>)[key])]) };
}
