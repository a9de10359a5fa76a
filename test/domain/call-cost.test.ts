import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { priceTextOf } from "#domain/call-cost";
import { isAbove } from "#domain/cost";
import type { Model } from "#domain/model";
import { definitionOf } from "#domain/nodes/index";
import { planRun } from "#domain/plan-run";
import { dollars, type Price } from "#domain/price";
import { arbitraryGraph } from "../helpers/arbitrary-graph.ts";
import { arbitraryPrice } from "../helpers/arbitrary-price.ts";
import { assetItem, buildGraph, hashText } from "../helpers/build-graph.ts";
import { executePlan } from "../helpers/execute-plan.ts";
import { fakeModel } from "../helpers/fake-provider.ts";
import { testModels } from "../helpers/test-models.ts";

const planAll = (graph: Parameters<typeof planRun>[0], models: readonly Model[]) =>
  planRun(graph, { mode: "all" }, { models, known: new Map(), hashText, isAgain: false });
const picture = (widthPx: number | null, heightPx: number | null) => ({
  ...(assetItem("p") as Extract<ReturnType<typeof assetItem>, { kind: "asset" }>).asset,
  widthPx,
  heightPx,
});

describe("a step whose model asks for facts of the call", () => {
  const byPixels: Price = {
    kind: "upTo",
    setting: "$megapixels",
    steps: [
      { most: 1, price: dollars(0.03) },
      { most: 4, price: dollars(0.06) },
    ],
    otherwise: dollars(0.12),
  };
  const upscaler = [
    fakeModel("upscale", { price: byPixels }),
    fakeModel("image", { price: byPixels }),
  ];
  const upscaled = (size: readonly [number | null, number | null]) =>
    buildGraph()
      .node("m", "upload", { settings: { asset: picture(...size) } })
      .node("u", "image-upscaler")
      .join("m", "u", "image")
      .done();

  test.each([
    [[1_000, 1_000], 30_000],
    [[2_000, 1_000], 60_000],
    [[4_000, 4_000], 120_000],
    [[null, null], 120_000],
  ] as const)("costs what a picture of %s px costs", (size, microDollars) => {
    const { plan, issues } = planAll(upscaled(size), upscaler);
    expect(issues).toEqual([]);
    expect(plan).toMatchObject({ credits: 0, microDollars });
  });

  test("costs the most while its picture is not made yet, and one without a picture the least", () => {
    const chain = buildGraph().image("i", { prompt: "x" }).node("u", "image-upscaler");
    const { plan } = planAll(chain.join("i", "u", "image").done(), upscaler);
    expect(plan.steps.map((step) => step.microDollars)).toEqual([30_000, 120_000]);
    expect(plan.microDollars).toBe(150_000);
  });

  test("costs each call of a list what its own inputs cost", () => {
    const price: Price = { kind: "times", setting: "$promptCharacters", price: dollars(0.001) };
    const models = [fakeModel("image", { price, priceBasis: "estimate" })];
    const list = ["a", "bbbb"].map((text) => ({ isTicked: true, item: { kind: "text", text } }));
    const graph = buildGraph()
      .node("l", "list", { settings: { items: list } })
      .node("i", "image-generator")
      .join("l", "i", "prompt")
      .done();
    const { plan, costs } = planAll(graph, models);
    expect(plan.steps[0]).toMatchObject({ calls: 2, microDollars: 5_000, priceBasis: "estimate" });
    expect(costs.get("i")?.map(({ microDollars }) => microDollars)).toEqual([1_000, 4_000]);
  });

  test("costs what is asked for, where the last call asks for less", () => {
    const price: Price = { kind: "times", setting: "count", price: dollars(0.01) };
    const models = [fakeModel("image", { price, outputsPerCall: 4 })];
    const chain = buildGraph().image("a", { prompt: "x", count: 10 }).image("b", { count: 10 });
    const { plan, costs } = planAll(chain.join("a", "b", "references").done(), models);
    expect(plan.steps.map(({ calls, microDollars }) => [calls, microDollars])).toEqual([
      [3, 100_000],
      [30, 1_000_000],
    ]);
    const [four, two] = [40_000, 20_000].map((microDollars) => ({ credits: 0, microDollars }));
    expect([costs.get("a"), costs.get("b")]).toEqual([
      [four, four, two],
      [four, four, two],
    ]);
    expect(priceTextOf("image-generator", models[0]!, { count: 10 })).toBe("$0.10");
  });

  test("says on its card and in the choice of models that this is the most", () => {
    const text = (changes: Partial<Model>) =>
      priceTextOf("image-upscaler", fakeModel("upscale", changes), {});
    expect(text({ price: byPixels })).toBe("at most $0.12");
    expect(text({ price: byPixels, priceBasis: "estimate" })).toBe("at most about $0.12");
    expect(text({ price: dollars(0.0336) })).toBe("$0.0336");
    expect(text({ price: dollars(0), priceBasis: "unknown" })).toBe("price not known");
  });
});

describe("any plan of models with any prices", () => {
  test("costs at least what any execution of it can cost, in credits and in dollars (I14)", () => {
    const prices = fc.array(arbitraryPrice, {
      minLength: testModels.length,
      maxLength: testModels.length,
    });
    const boards = arbitraryGraph(testModels).filter((graph) =>
      graph.nodes.some(({ type }) => definitionOf(type).task !== null),
    );
    const byCharacter: Price = {
      kind: "times",
      setting: "$promptCharacters",
      price: dollars(0.0001),
    };
    let paid = 0;
    fc.assert(
      fc.property(boards, prices, fc.infiniteStream(fc.nat()), (graph, own, chance) => {
        const models = testModels.map((model, at) => ({
          ...model,
          price: { kind: "sum" as const, prices: [own[at]!, byCharacter] },
        }));
        const { plan, costs, issues } = planAll(graph, models);
        if (issues.length > 0) return;
        const draw = (count: number) => 1 + ((chance.next().value ?? 0) % count);
        const { cost, costs: paidFor } = executePlan(graph, plan, models, new Map(), draw);
        if (cost.microDollars > 0) paid += 1;
        expect(isAbove(cost, plan)).toBe(false);
        for (const { node, calls: most } of plan.steps) {
          const held = costs.get(node)!;
          const own = paidFor.get(node) ?? [];
          expect(own.length).toBeLessThanOrEqual(most);
          own.forEach((each, at) => {
            expect(isAbove(each, held[at % held.length]!)).toBe(false);
          });
        }
      }),
      { numRuns: 300, seed: 14 },
    );
    expect(paid).toBeGreaterThan(80);
  });
});
