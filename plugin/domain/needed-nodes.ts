import type { ChosenNodes } from "./choose-nodes.ts";
import type { Graph } from "./graph.ts";
import { indexGraph } from "./index-graph.ts";
import { definitionOf } from "./nodes/index.ts";
import { inputsOf } from "./walk-graph.ts";

/** The nodes that a run looks at, by their part in it. */
export interface NeededNodes {
  /** Those that get a step. */
  readonly steps: ReadonlySet<string>;
  /** Nodes with a model that are no part of the run; their result is used as it is. */
  readonly asTheyAre: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
}

/**
 * What a run needs from above: sources always, nodes with a model as further steps or as they are.
 * Nothing is needed above a node whose result is held, and nothing above one that is used as it is.
 */
export function neededNodes(
  graph: Graph,
  chosen: ChosenNodes,
  isHeld: (id: string) => boolean,
): NeededNodes {
  const { nodes } = indexGraph(graph);
  const steps = new Set(chosen.wanted);
  const asTheyAre = new Set<string>();
  const sources = new Set<string>();
  const open = [...steps].filter((id) => !isHeld(id));
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { from } of inputsOf(graph, id)) {
      const node = nodes.get(from.node);
      if (!node || steps.has(node.id) || sources.has(node.id)) continue;
      const isSource = definitionOf(node.type).task === null;
      const group = isSource ? sources : chosen.isUpstreamWanted ? steps : asTheyAre;
      group.add(node.id);
      if (group !== asTheyAre && !isHeld(node.id)) open.push(node.id);
    }
  }
  return { steps, asTheyAre, sources };
}

/**
 * The nodes with a model that feed a node, also through lists, each with the input of this node at
 * which its result arrives; nearest first.
 */
export function feedersOf(graph: Graph, id: string): Map<string, string> {
  const { nodes } = indexGraph(graph);
  const feeders = new Map<string, string>();
  const seen = new Set<string>();
  const open = inputsOf(graph, id).map(({ from, to }) => ({ node: from.node, port: to.port }));
  // The list grows while it is read.
  for (const { node: above, port } of open) {
    const node = nodes.get(above);
    if (!node || seen.has(above)) continue;
    seen.add(above);
    if (definitionOf(node.type).task !== null) feeders.set(above, port);
    else open.push(...inputsOf(graph, above).map(({ from }) => ({ node: from.node, port })));
  }
  return feeders;
}
