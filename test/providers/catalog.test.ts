import { describe, expect, test } from "vitest";
import { modelSchema, type Model } from "#domain/model";
import { valueSchema } from "#domain/param";
import { callFacts, costOfCall, type Price } from "#domain/price";
import { definitionOf, nodeTypes, paramsOf } from "#domain/nodes/index";
import { localModels } from "../../server/providers/local-models.ts";
import { providerDeclarations } from "../../server/providers/index.ts";

const parts = { egress: null, clock: null, publicUrl: null } as never;
const models = [
  ...localModels,
  ...providerDeclarations.flatMap((declaration) => declaration.open(parts).models()),
];

/** The types of node that a model can be chosen for. */
const typesFor = ({ task }: Model) => nodeTypes.filter((type) => definitionOf(type).task === task);

/** Every setting that a price asks for, with the values that it knows by name. */
function askedBy(price: Price): { readonly setting: string; readonly values: readonly string[] }[] {
  switch (price.kind) {
    case "fixed":
    case "money":
      return [];
    case "times":
      return [{ setting: price.setting, values: [] }, ...askedBy(price.price)];
    case "upTo":
      return [
        { setting: price.setting, values: [] },
        ...[...price.steps.map((step) => step.price), price.otherwise].flatMap(askedBy),
      ];
    case "by":
      return [
        { setting: price.setting, values: Object.keys(price.prices) },
        ...[...Object.values(price.prices), price.otherwise].flatMap(askedBy),
      ];
    case "sum":
      return price.prices.flatMap(askedBy);
  }
}

test("no two models share an id", () => {
  expect(new Set(models.map(({ id }) => id)).size).toBe(models.length);
});

describe.each(models.map((model) => [model.id, model] as const))("%s", (_, model) => {
  test("is a model as the relay serves it, with its source", () => {
    expect(modelSchema.parse(model)).toEqual(model);
    expect(model.id.startsWith(`${model.provider}:`)).toBe(true);
    expect(model.source).not.toMatch(/providers\.md|shared/);
    expect(model.source.length).toBeGreaterThan(5);
  });

  test("takes its own defaults, at inputs that its node has", () => {
    for (const param of Object.values(model.params)) {
      expect(valueSchema(param).safeParse(param.default).success, param.label).toBe(true);
    }
    const types = typesFor(model);
    expect(types.length).toBeGreaterThan(0);
    for (const type of types) {
      const ports = Object.keys(definitionOf(type).inputs);
      expect(ports).toEqual(expect.arrayContaining(Object.keys(model.inputs)));
      expect(Object.keys(model.inputs)).toEqual(expect.arrayContaining(Object.keys(model.limits)));
    }
  });

  test("can be given each of its inputs in one of the ways that they go together", () => {
    const { ways, inputs, needs = [] } = model;
    if (ways === undefined) return;
    const known = ways.flatMap((way) => Object.keys(way));
    expect(new Set(known)).toEqual(new Set(Object.keys(inputs)));
    for (const way of ways) expect(Object.keys(way)).toEqual(expect.arrayContaining([...needs]));
  });

  test("has a price of settings that it has and values that they take", () => {
    for (const type of typesFor(model)) {
      const params = paramsOf(type, model);
      for (const { setting, values } of askedBy(model.price)) {
        if ((callFacts as readonly string[]).includes(setting)) continue;
        const param = params[setting];
        expect(param, setting).toBeDefined();
        if (param?.control !== "choice") continue;
        expect(param.options.map(({ value }) => value)).toEqual(
          expect.arrayContaining([...values]),
        );
      }
      const settings = Object.fromEntries(
        Object.entries(params).map(([name, param]) => [name, param.default]),
      );
      const { credits, microDollars } = costOfCall(model.price, settings);
      const isPriced = credits + microDollars > 0;
      const isFree = model.provider === "local" || model.priceBasis === "unknown";
      expect(isPriced).toBe(!isFree);
    }
  });
});
