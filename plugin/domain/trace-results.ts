import { fingerprintOf, type HashText } from "./fingerprint.ts";
import type { Graph, Node } from "./graph.ts";
import { graphLimits } from "./graph-limits.ts";
import { indexGraph } from "./index-graph.ts";
import type { Item } from "./item.ts";
import type { Model } from "./model.ts";
import {
  arrivingAt,
  fansOf,
  maxCalls,
  measureOutput,
  type ArrivingOutput,
  type NodeOutput,
} from "./node-output.ts";
import { definitionOf } from "./nodes/index.ts";
import { ownValue } from "./own-value.ts";
import {
  countsOfCalls,
  itemsOfSource,
  resolveCalls,
  type ArrivedItems,
  type Call,
} from "./resolve-inputs.ts";
import { effectiveSettings, modelFor, type Settings } from "./settings.ts";
import { inputsOf } from "./walk-graph.ts";

/** A node with a model, as it would run now. */
export interface TracedNode {
  readonly node: Node;
  readonly model: Model | null;
  readonly settings: Settings;
  readonly arriving: readonly ArrivingOutput[];
  /** Null while something above has not given its result, or where there would be too many. */
  readonly calls: readonly Call[] | null;
  /** Null where the calls or the model are not known. */
  readonly fingerprint: string | null;
}

/** Nodes visited in order, each told what those above it give. */
export interface Trace {
  /** Visits a node: a source gives its items; a node with a model gives what `decide` says. */
  visit(id: string, decide: (traced: TracedNode) => readonly Item[] | null): void;
}

interface Given {
  readonly items: readonly Item[] | null;
  readonly output: NodeOutput;
}

/**
 * Follows results through a graph: visit every node that matters once, in an order that respects the
 * connections. What `decide` gives for a node is what the nodes below it get; null: not made yet.
 * Nodes that were not visited give nothing. Without `hashText` there are no fingerprints.
 */
export function traceResults(
  graph: Graph,
  models: readonly Model[],
  hashText: HashText | null,
): Trace {
  const { nodes } = indexGraph(graph);
  const items = new Map<string, readonly Item[] | null>();
  const outputs = new Map<string, NodeOutput>();
  return {
    visit: (id, decide) => {
      const node = nodes.get(id);
      if (!node) return;
      const model = modelFor(node, models);
      const { settings } = effectiveSettings(node, model);
      const arriving = arrivingAt(graph, id, outputs);
      const inputs = arrivalsAt(graph, id, items, outputs);
      const output = measureOutput(node, settings, arriving);
      const given =
        definitionOf(node.type).task === null
          ? giveOfSource(node, inputs, output)
          : giveOf(
              decide(traceNode({ node, model, settings, arriving }, inputs, hashText)),
              output,
            );
      items.set(id, given.items);
      outputs.set(id, given.output);
    },
  };
}

type Arrivals = Readonly<Record<string, readonly ArrivedItems[]>>;

/** What arrived at each input; null when something above has not given anything yet. */
function arrivalsAt(
  graph: Graph,
  id: string,
  items: ReadonlyMap<string, readonly Item[] | null>,
  outputs: ReadonlyMap<string, NodeOutput>,
): Arrivals | null {
  const inputs: Record<string, ArrivedItems[]> = {};
  for (const { from, to } of inputsOf(graph, id)) {
    const given = items.get(from.node);
    if (given === null) return null;
    if (given === undefined) continue;
    const isList = outputs.get(from.node)?.isList ?? false;
    const here = ownValue(inputs, to.port);
    if (here) here.push({ isList, items: given });
    else inputs[to.port] = [{ isList, items: given }];
  }
  return inputs;
}

function giveOfSource(node: Node, inputs: Arrivals | null, output: NodeOutput): Given {
  // Lists that feed lists multiply: what nobody may run is not written out either.
  const isKnown = inputs !== null && output.maxItems <= graphLimits.calls;
  if (!isKnown) return { items: null, output };
  const items = itemsOfSource(node, inputs);
  return { items, output: { ...output, maxItems: items.length } };
}

function giveOf(items: readonly Item[] | null, output: NodeOutput): Given {
  if (items === null) return { items, output };
  const isList = output.isList || items.length > 1;
  return { items, output: { ...output, isList, maxItems: items.length } };
}

function traceNode(
  known: Pick<TracedNode, "node" | "model" | "settings" | "arriving">,
  inputs: Arrivals | null,
  hashText: HashText | null,
): TracedNode {
  const { node, model, settings, arriving } = known;
  const most = maxCalls(node, arriving) * countsOfCalls(settings, model).length;
  const isBounded = fansOf(node, arriving).length < 2 && most <= graphLimits.calls;
  if (inputs === null || !isBounded) return { ...known, calls: null, fingerprint: null };
  const calls = resolveCalls(node, model, settings, inputs);
  const fingerprint =
    model && hashText ? fingerprintOf({ type: node.type, model, settings, calls }, hashText) : null;
  return { ...known, calls, fingerprint };
}
