import { checkConnections } from "./check-connections.ts";
import { checkNode } from "./check-node.ts";
import { checkStaticCalls } from "./check-static-calls.ts";
import type { Graph, Node } from "./graph.ts";
import { graphLimits } from "./graph-limits.ts";
import { indexGraph } from "./index-graph.ts";
import type { Issue } from "./issue.ts";
import type { Model } from "./model.ts";
import { measureOutputs } from "./node-output.ts";
import { effectiveSettings, modelFor, type EffectiveSettings } from "./settings.ts";
import { ancestorsOf, depthOf, sortNodes } from "./walk-graph.ts";

/** The most nodes of a circle that a sentence names. */
const namedInCycle = 20;

/**
 * Everything that is wrong in a graph, as data. A node that is wrong only because of something above
 * it has no issue of its own. With `scope` only those nodes are judged, and the order of what is
 * above them. A graph over {@link graphLimits} is not looked into any further.
 */
export function checkGraph(
  graph: Graph,
  models: readonly Model[],
  scope?: ReadonlySet<string>,
): Issue[] {
  const tooLarge = checkSize(graph);
  if (tooLarge.length > 0) return tooLarge;
  const nodes = [...indexGraph(graph).nodes.values()];
  const judged = nodes.filter((node) => scope?.has(node.id) ?? true);
  const settings = new Map<Node, EffectiveSettings>();
  for (const node of nodes) settings.set(node, effectiveSettings(node, modelFor(node, models)));
  const outputs = measureOutputs(graph, (node) => settings.get(node)?.settings ?? {});
  const issues = [...checkIds(graph, scope), ...checkOrder(graph, scope)];
  for (const node of judged) {
    const own = [...(settings.get(node)?.issues ?? []), ...checkNode(graph, node, models, outputs)];
    const isModelWrong = own.some((issue) => issue.setting === "model");
    const model = isModelWrong ? null : modelFor(node, models);
    issues.push(...own, ...checkConnections(graph, outputs, node, model));
  }
  const wrong = new Set(issues.map((issue) => issue.nodeId));
  const fine = judged.filter((node) => !wrong.has(node.id));
  return [...issues, ...checkStaticCalls(graph, models, fine)];
}

/** Whether a graph is larger than anything is done with (reliability.md T17). */
export function checkSize(graph: Graph): Issue[] {
  const { nodes, connections } = graphLimits;
  const isTooLarge = graph.nodes.length > nodes || graph.connections.length > connections;
  if (!isTooLarge) return [];
  const message = `The board has ${graph.nodes.length} nodes and ${graph.connections.length} connections; at most ${nodes} and ${connections} can be handled.`;
  return [{ code: "limit", nodeId: null, message }];
}

function checkIds(graph: Graph, scope: ReadonlySet<string> | undefined): Issue[] {
  const seen = new Set<string>();
  const issues: Issue[] = [];
  for (const { id } of graph.nodes) {
    if (seen.has(id) && (scope?.has(id) ?? true)) {
      const message = `Two nodes share the id ${id}; remove one of them.`;
      issues.push({ code: "node-duplicate", nodeId: id, message });
    }
    seen.add(id);
  }
  for (const { from, to } of graph.connections) {
    if (seen.has(to.node) || scope !== undefined) continue;
    const message = `A connection leads to the node ${to.node}, which is gone.`;
    const nodeId = seen.has(from.node) ? from.node : null;
    issues.push({ code: "node-missing", nodeId, message });
  }
  return issues;
}

/** Whether nodes feed each other in a circle or in too long a chain, in or above the scope. */
export function checkOrder(graph: Graph, scope?: ReadonlySet<string>): Issue[] {
  const within = scope && new Set([...scope, ...ancestorsOf(graph, scope)]);
  const { order, cycle } = sortNodes(graph, within);
  if (cycle) {
    const titles = cycle.slice(0, namedInCycle).map((id) => titleOf(graph, id));
    const rest = cycle.length > namedInCycle ? `${cycle.length - namedInCycle} more` : titles[0];
    const message = `These nodes wait for each other in a circle: ${titles.join(" → ")} → ${rest ?? ""}. Remove one of their connections.`;
    return [{ code: "cycle", nodeId: cycle[0] ?? null, message }];
  }
  const depth = depthOf(graph, order);
  if (depth <= graphLimits.depth) return [];
  const message = `The longest chain has ${depth} nodes; at most ${graphLimits.depth} can follow each other.`;
  return [{ code: "limit", nodeId: order[order.length - 1] ?? null, message }];
}

function titleOf(graph: Graph, id: string): string {
  const title = indexGraph(graph).nodes.get(id)?.title.trim() ?? "";
  return `"${title === "" ? id : title}"`;
}
