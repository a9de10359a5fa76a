import type { Connection, Graph } from "./graph.ts";
import { indexGraph } from "./index-graph.ts";

/** The connections into a node, by their order. */
export function inputsOf(graph: Graph, id: string): readonly Connection[] {
  return indexGraph(graph).inputs.get(id) ?? [];
}

/** The connections out of a node, in the order of the graph. */
export function outputsOf(graph: Graph, id: string): readonly Connection[] {
  return indexGraph(graph).outputs.get(id) ?? [];
}

/** The nodes that are fed by any of these, directly or not; one of these only if it is fed too. */
export function descendantsOf(graph: Graph, ids: Iterable<string>): Set<string> {
  return reach(ids, (id) => outputsOf(graph, id).map((connection) => connection.to.node));
}

/** The nodes that feed any of these, directly or not; one of these only if it feeds one too. */
export function ancestorsOf(graph: Graph, ids: Iterable<string>): Set<string> {
  return reach(ids, (id) => inputsOf(graph, id).map((connection) => connection.from.node));
}

/** The nodes that hang together with a node whatever the direction, itself among them. */
export function connectedTo(graph: Graph, id: string): Set<string> {
  const found = reach([id], (each) => [
    ...inputsOf(graph, each).map((connection) => connection.from.node),
    ...outputsOf(graph, each).map((connection) => connection.to.node),
  ]);
  return found.add(id);
}

function reach(starts: Iterable<string>, nextOf: (id: string) => readonly string[]): Set<string> {
  const found = new Set<string>();
  const waiting = [...starts];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const next of nextOf(id)) {
      if (found.has(next)) continue;
      found.add(next);
      waiting.push(next);
    }
  }
  return found;
}

/**
 * The nodes in an order in which each comes after everything that feeds it, those that are ready
 * first in front (Kahn). Where nodes feed each other in a circle, `cycle` names one circle in the
 * direction of its connections, and `order` holds the nodes that are neither on nor below a circle.
 */
export interface SortedNodes {
  readonly order: readonly string[];
  readonly cycle?: readonly string[];
}

/** Sorts the nodes of a graph, or those of them that are `within`. Needs no recursion. */
export function sortNodes(graph: Graph, within?: ReadonlySet<string>): SortedNodes {
  if (within) return sort(graph, within);
  const known = sortedGraphs.get(graph);
  if (known) return known;
  const sorted = sort(graph);
  sortedGraphs.set(graph, sorted);
  return sorted;
}

const sortedGraphs = new WeakMap<Graph, SortedNodes>();

function sort(graph: Graph, within?: ReadonlySet<string>): SortedNodes {
  const { nodes } = indexGraph(graph);
  const isIn = (id: string) => nodes.has(id) && (within?.has(id) ?? true);
  const missing = new Map<string, number>();
  for (const id of nodes.keys()) if (isIn(id)) missing.set(id, 0);
  for (const { from, to } of graph.connections) {
    if (isIn(from.node) && isIn(to.node)) missing.set(to.node, (missing.get(to.node) ?? 0) + 1);
  }
  const order = [...missing.keys()].filter((id) => missing.get(id) === 0);
  // The list grows while it is read: what becomes ready joins its end.
  for (const id of order) {
    for (const { to } of outputsOf(graph, id)) {
      const left = missing.get(to.node);
      if (left === undefined) continue;
      missing.set(to.node, left - 1);
      if (left === 1) order.push(to.node);
    }
  }
  if (order.length === missing.size) return { order };
  return { order, cycle: findCycle(graph, [...missing.keys()], new Set(order)) };
}

/** Every node that was left over is fed by another one of them, so going upwards must come back. */
function findCycle(graph: Graph, ids: readonly string[], sorted: ReadonlySet<string>): string[] {
  const left = new Set(ids.filter((id) => !sorted.has(id)));
  const path = new Map<string, number>();
  let id = [...left][0];
  while (id !== undefined && !path.has(id)) {
    path.set(id, path.size);
    id = inputsOf(graph, id).find((connection) => left.has(connection.from.node))?.from.node;
  }
  const upwards = [...path.keys()].slice(id === undefined ? 0 : path.get(id));
  return startAtFirst(upwards.reverse(), ids);
}

function startAtFirst(cycle: readonly string[], ids: readonly string[]): string[] {
  const members = new Set(cycle);
  const first = ids.find((id) => members.has(id));
  const at = first === undefined ? 0 : cycle.indexOf(first);
  return [...cycle.slice(at), ...cycle.slice(0, at)];
}

/** How many nodes the longest chain of connections has, over nodes given in a sorted order. */
export function depthOf(graph: Graph, order: readonly string[]): number {
  const depths = new Map<string, number>();
  let deepest = 0;
  for (const id of order) {
    let above = 0;
    for (const { from } of inputsOf(graph, id)) {
      above = Math.max(above, depths.get(from.node) ?? 0);
    }
    depths.set(id, above + 1);
    deepest = Math.max(deepest, above + 1);
  }
  return deepest;
}
