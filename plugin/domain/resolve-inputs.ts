import { assetSchema } from "./asset.ts";
import type { Node } from "./graph.ts";
import type { Item } from "./item.ts";
import type { Model } from "./model.ts";
import { definitionOf } from "./nodes/index.ts";
import { ownValue } from "./own-value.ts";
import type { Input } from "./port.ts";
import { tickedItems } from "./ticked-items.ts";

/** What came through one connection. */
export interface ArrivedItems {
  readonly isList: boolean;
  readonly items: readonly Item[];
}

/** What came to each input of a node, in the order of its connections. */
export type PortInputs = Readonly<Record<string, readonly ArrivedItems[]>>;

/**
 * One request to a model: the whole prompt, and the items at each input that has any. Texts at an
 * input that is part of the prompt are in the prompt alone. `count`: how many results it asks for.
 */
export interface Call {
  readonly prompt: string;
  readonly items: Readonly<Record<string, readonly Item[]>>;
  readonly count: number;
}

/**
 * The calls that a node makes. The prompt is made of the connected texts in order, then the node's
 * own prompt or instruction, with a blank line between. A list, or several items from one node, at an
 * "each" input makes one call for each item, several such lists one for each combination; an empty
 * list makes none. At a "whole" input every item is in every call. Inputs that the model does not
 * take add nothing (checkGraph names them beforehand). More results than the model makes at a time are
 * asked for in several calls.
 */
export function resolveCalls(
  node: Pick<Node, "type">,
  model: Pick<Model, "inputs" | "outputsPerCall"> | null,
  settings: Readonly<Record<string, unknown>>,
  inputs: PortInputs,
): Call[] {
  let calls: Arrived[][] = [[]];
  for (const [port, input] of Object.entries(definitionOf(node.type).inputs)) {
    if (model && !ownValue(model.inputs, port)) continue;
    for (const { isList, items } of ownValue(inputs, port) ?? []) {
      const isFan = input.onList === "each" && (isList || items.length > 1);
      const parts = isFan ? items.map((item) => [item]) : [items];
      const ways = parts.map((part) => ({ port, input, items: part }));
      calls = calls.flatMap((call) => ways.map((way) => [...call, way]));
    }
  }
  const counts = countsOfCalls(settings, model);
  return calls.flatMap((arrived) => {
    const call = callOf(arrived, ownPrompt(settings));
    return counts.map((count) => ({ ...call, count }));
  });
}

/** How many results each of the calls asks for that a node makes for one set of inputs; one at least. */
export function countsOfCalls(
  settings: Readonly<Record<string, unknown>>,
  model: Pick<Model, "outputsPerCall"> | null,
): number[] {
  const stated = settings["output"] === undefined ? settings["count"] : 1;
  const wanted = typeof stated === "number" && stated > 0 ? stated : 1;
  const most = model?.outputsPerCall ?? wanted;
  const calls = Math.max(1, Math.ceil(wanted / most));
  return Array.from({ length: calls }, (_, at) => Math.min(most, wanted - at * most));
}

/** The items that a node without a task gives: its text, its file, or its ticked entries and then what came. */
export function itemsOfSource(node: Pick<Node, "type" | "settings">, inputs: PortInputs): Item[] {
  const text = ownValue(node.settings, "text");
  if (node.type === "text") {
    return typeof text === "string" && text.trim() !== "" ? [{ kind: "text", text }] : [];
  }
  if (node.type === "list") {
    const arrived = Object.values(inputs).flat();
    const own = tickedItems(ownValue(node.settings, "items"));
    return [...own, ...arrived.flatMap(({ items }) => items)];
  }
  const asset = assetSchema.safeParse(ownValue(node.settings, "asset"));
  return asset.success ? [{ kind: "asset", asset: asset.data }] : [];
}

/** Whether what enters an input becomes part of the prompt. */
export function takesOnlyText(input: Pick<Input, "accepts">): boolean {
  return input.accepts.every((type) => type === "text");
}

interface Arrived {
  readonly port: string;
  readonly input: Input;
  readonly items: readonly Item[];
}

function callOf(arrived: readonly Arrived[], own: string): Omit<Call, "count"> {
  const texts: string[] = [];
  const items: Record<string, readonly Item[]> = {};
  for (const part of arrived) {
    const isPrompt = takesOnlyText(part.input);
    if (isPrompt) {
      texts.push(...part.items.flatMap((item) => (item.kind === "text" ? [item.text] : [])));
    }
    // A "whole" input of texts is material that the model is told about one by one.
    if (part.items.length === 0 || (isPrompt && part.input.onList === "each")) continue;
    items[part.port] = [...(items[part.port] ?? []), ...part.items];
  }
  const prompt = [...texts, own].map((text) => text.trim()).filter((text) => text !== "");
  return { prompt: prompt.join("\n\n"), items };
}

function ownPrompt(settings: Readonly<Record<string, unknown>>): string {
  const own = settings["prompt"] ?? settings["instruction"];
  return typeof own === "string" ? own : "";
}
