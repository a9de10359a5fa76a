import { assetSchema, portTypeOf } from "./asset.ts";
import type { Graph, Node } from "./graph.ts";
import { indexGraph } from "./index-graph.ts";
import { portTypeOfItem } from "./item.ts";
import { definitionOf } from "./nodes/index.ts";
import { ownValue } from "./own-value.ts";
import { portTypes, type PortType } from "./port.ts";
import { effectiveSettings, type Settings } from "./settings.ts";
import { tickedItems } from "./ticked-items.ts";
import { inputsOf, sortNodes } from "./walk-graph.ts";

/**
 * What a node gives before anybody knows what: the types it may be of, whether what it feeds runs
 * once for each item, and the most items there can be.
 */
export interface NodeOutput {
  readonly types: readonly PortType[];
  readonly isList: boolean;
  readonly maxItems: number;
}

/** What arrives at an input of a node through one connection. */
export interface ArrivingOutput extends NodeOutput {
  readonly port: string;
}

/** The types that a node's output may be of; several while its content is not known. */
export function outputTypesOf(graph: Graph, node: Pick<Node, "id">): readonly PortType[] {
  return outputsByNode(graph).get(node.id)?.types ?? [];
}

/** Whether what a node feeds runs once for each of its items. */
export function isListOutput(graph: Graph, node: Pick<Node, "id">): boolean {
  return outputsByNode(graph).get(node.id)?.isList ?? false;
}

/**
 * The most items that a node can give, provided that no model gives more than it was asked for.
 * Counts the params of the node types; {@link measureOutputs} also those of the models.
 */
export function maxItemsOf(graph: Graph, node: Pick<Node, "id">): number {
  return outputsByNode(graph).get(node.id)?.maxItems ?? 0;
}

const measured = new WeakMap<Graph, ReadonlyMap<string, NodeOutput>>();

function outputsByNode(graph: Graph): ReadonlyMap<string, NodeOutput> {
  const known = measured.get(graph);
  if (known) return known;
  const outputs = measureOutputs(graph, (node) => effectiveSettings(node, null).settings);
  measured.set(graph, outputs);
  return outputs;
}

/**
 * The output of every node, from top to bottom in one pass. A node on or below a circle counts as
 * one that nothing feeds.
 */
export function measureOutputs(
  graph: Graph,
  settingsOf: (node: Node) => Settings,
): ReadonlyMap<string, NodeOutput> {
  const { nodes } = indexGraph(graph);
  const outputs = new Map<string, NodeOutput>();
  for (const id of sortNodes(graph).order) {
    const node = nodes.get(id);
    if (node)
      outputs.set(id, measureOutput(node, settingsOf(node), arrivingAt(graph, id, outputs)));
  }
  for (const [id, node] of nodes) {
    if (!outputs.has(id)) outputs.set(id, measureOutput(node, settingsOf(node), []));
  }
  return outputs;
}

/** What arrives at a node, in the order of its connections; unknown nodes give nothing. */
export function arrivingAt(
  graph: Graph,
  id: string,
  outputs: ReadonlyMap<string, NodeOutput>,
): ArrivingOutput[] {
  return inputsOf(graph, id).flatMap(({ from, to }) => {
    const output = outputs.get(from.node);
    return output ? [{ ...output, port: to.port }] : [];
  });
}

/** The output of one node, from its settings and from what arrives. */
export function measureOutput(
  node: Node,
  settings: Settings,
  arriving: readonly ArrivingOutput[],
): NodeOutput {
  if (node.type === "list") return measureList(settings, arriving);
  const { task, output } = definitionOf(node.type);
  if (task === null) return { types: typesOfSource(node, settings), isList: false, maxItems: 1 };
  const count = settings["count"];
  const each = typeof count === "number" ? count : 1;
  const calls = maxCalls(node, arriving);
  const isList = settings["output"] === "list" || each > 1 || fansOf(node, arriving).length > 0;
  return { types: output.types, isList, maxItems: cap(calls * each) };
}

/** What arrives as a list at an input that runs once for each item. */
export function fansOf(
  node: Pick<Node, "type">,
  arriving: readonly ArrivingOutput[],
): ArrivingOutput[] {
  const { inputs } = definitionOf(node.type);
  return arriving.filter((each) => each.isList && ownValue(inputs, each.port)?.onList === "each");
}

/** The most calls that a node can make: one, or one for each item of a list at an "each" input. */
export function maxCalls(node: Pick<Node, "type">, arriving: readonly ArrivingOutput[]): number {
  return fansOf(node, arriving).reduce((calls, { maxItems }) => cap(calls * maxItems), 1);
}

function measureList(settings: Settings, arriving: readonly ArrivingOutput[]): NodeOutput {
  const own = tickedItems(settings["items"]);
  const held = new Set([...own.map(portTypeOfItem), ...arriving.flatMap((each) => each.types)]);
  const maxItems = arriving.reduce((sum, each) => cap(sum + each.maxItems), own.length);
  const types = held.size > 0 ? portTypes.filter((type) => held.has(type)) : portTypes;
  return { types, isList: true, maxItems };
}

function typesOfSource(node: Node, settings: Settings): readonly PortType[] {
  const asset = assetSchema.safeParse(settings["asset"]);
  return asset.success ? [portTypeOf(asset.data)] : definitionOf(node.type).output.types;
}

/** Chains of lists multiply; what is over this is refused anyway and must stay a number. */
function cap(count: number): number {
  return Math.min(count, 1_000_000);
}
