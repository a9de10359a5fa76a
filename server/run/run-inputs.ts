import type { Graph, Node } from "#domain/graph";
import type { HashText } from "#domain/fingerprint";
import type { Item } from "#domain/item";
import type { Model } from "#domain/model";
import type { Call } from "#domain/resolve-inputs";
import { traceResults, type TracedNode } from "#domain/trace-results";
import type { Settings } from "#domain/settings";
import { indexGraph } from "#domain/index-graph";
import { definitionOf } from "#domain/nodes/index";
import { inputsOf, sortNodes } from "#domain/walk-graph";

/** A node with everything known that it depends on. */
export interface ReadyNode {
  readonly node: Node;
  readonly model: Model;
  readonly settings: Settings;
  readonly calls: readonly Call[];
  readonly fingerprint: string;
}

/**
 * The nodes whose results a node's calls are made of: up to the nearest nodes with a model, through
 * sources such as a list.
 */
export function feedingNodes(graph: Graph, id: string): Set<string> {
  const { nodes } = indexGraph(graph);
  const found = new Set<string>();
  const open = [id];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const { from } of inputsOf(graph, at)) {
      const node = nodes.get(from.node);
      if (!node || found.has(node.id)) continue;
      found.add(node.id);
      if (definitionOf(node.type).task === null) open.push(node.id);
    }
  }
  return found;
}

/**
 * Puts together what a node's calls are made of. `results` holds what the nodes with a model that feed
 * it gave. Throws when its model is gone or a result is missing; planning has ruled both out.
 */
export function readyNode(
  graph: Graph,
  id: string,
  models: readonly Model[],
  results: ReadonlyMap<string, readonly Item[]>,
  hashText: HashText,
): ReadyNode {
  const feeding = feedingNodes(graph, id).add(id);
  const trace = traceResults(graph, models, hashText);
  const traced: { own: TracedNode | null } = { own: null };
  for (const each of sortNodes(graph, feeding).order) {
    trace.visit(each, (seen) => {
      if (each === id) traced.own = seen;
      return results.get(each) ?? [];
    });
  }
  const { own } = traced;
  if (!own?.model || !own.calls || own.fingerprint === null) {
    throw new Error(`The node ${id} is not ready to run.`);
  }
  const { node, model, settings, calls, fingerprint } = own;
  return { node, model, settings, calls, fingerprint };
}
