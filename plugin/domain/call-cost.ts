import type { Item } from "./item.ts";
import type { Model } from "./model.ts";
import type { ArrivingOutput } from "./node-output.ts";
import { definitionOf, type NodeType } from "./nodes/index.ts";
import { ownValue } from "./own-value.ts";
import { asksForFacts, costOfCall, type Facts } from "./price.ts";
import { countsOfCalls, takesOnlyText, type Call } from "./resolve-inputs.ts";
import type { Settings } from "./settings.ts";
import { addCosts, formatCeiling, formatCost, type Cost } from "./cost.ts";

/** What a call of a model costs; where nobody can know how large its pictures or clips are, at most. */
export function costOfResolved(
  { price }: Pick<Model, "price">,
  settings: Settings,
  call: Call,
): Cost {
  return costOfCall(price, { ...countedSettings(settings, call.count), ...factsOfCall(call) });
}

/**
 * The most that each call for one set of inputs can cost while it is not known what it will be made of.
 * `arriving` bounds how many pictures, clips and sounds there can be; without it the model alone does.
 */
export function costsOfUnresolved(
  type: NodeType,
  model: Pick<Model, "price" | "inputs" | "maxPromptCharacters" | "outputsPerCall">,
  settings: Settings,
  arriving: readonly ArrivingOutput[] | null = null,
): Cost[] {
  const facts = mostFacts(type, model, arriving);
  return countsOfCalls(settings, model).map((count) =>
    costOfCall(model.price, { ...countedSettings(settings, count), ...facts }),
  );
}

/** The settings of a call that asks for so many of the results. */
function countedSettings(settings: Settings, count: number): Settings {
  const isCounted = settings["output"] === undefined && settings["count"] !== undefined;
  return isCounted ? { ...settings, count } : settings;
}

/** The price of what a node asks for at once as a node's card and the choice of its model show it: "$0.04", "at most $0.20". */
export function priceTextOf(
  type: NodeType,
  model: Model,
  settings: Settings,
  arriving: readonly ArrivingOutput[] | null = null,
): string {
  const cost = costsOfUnresolved(type, model, settings, arriving).reduce(addCosts);
  const format = asksForFacts(model.price) ? formatCeiling : formatCost;
  return format(cost, model.priceBasis);
}

/** The facts of a call whose prompt and items are known; those left out that its items do not tell. */
function factsOfCall({ prompt, items }: Call): Facts {
  const assets = Object.values(items).flatMap((each) => each.flatMap(assetOf));
  const ofKind = (kind: RegExp) => assets.filter(({ mediaType }) => kind.test(mediaType));
  const pixels = known(
    ofKind(/^image/).map((each) =>
      each.widthPx === null || each.heightPx === null ? null : each.widthPx * each.heightPx,
    ),
  );
  const lengthsMs = known(ofKind(/^(video|audio)/).map(({ durationMs }) => durationMs));
  return {
    $promptCharacters: prompt.length,
    $references: assets.length,
    ...(pixels && { $megapixels: Math.max(0, ...pixels) / 1e6 }),
    ...(lengthsMs && { $seconds: lengthsMs.reduce((sum, each) => sum + each, 0) / 1000 }),
  };
}

/** The worst that a call may be; how large its pictures and how long its clips are nobody can say. */
function mostFacts(
  type: NodeType,
  { inputs, maxPromptCharacters }: Pick<Model, "inputs" | "maxPromptCharacters">,
  arriving: readonly ArrivingOutput[] | null,
): Facts {
  let references = 0;
  for (const [port, input] of Object.entries(definitionOf(type).inputs)) {
    if (takesOnlyText(input)) continue;
    const taken = ownValue(inputs, port) ?? 0;
    const coming = (arriving ?? [])
      .filter((each) => each.port === port)
      .reduce((sum, each) => sum + (input.onList === "each" && each.isList ? 1 : each.maxItems), 0);
    references += arriving === null ? taken : Math.min(taken, coming);
  }
  return { $promptCharacters: { most: maxPromptCharacters }, $references: { most: references } };
}

function assetOf(item: Item) {
  return item.kind === "asset" ? [item.asset] : [];
}

/** These numbers; null where one of them is not known. */
function known(numbers: readonly (number | null)[]): readonly number[] | null {
  const found = numbers.filter((each) => each !== null);
  return found.length === numbers.length ? found : null;
}
