import type { PageFacts } from "#domain/layer";
import type { Graph } from "#domain/graph";

/** What a selection means: the nodes at or around its layers, and the layers that belong to none. */
export interface SelectionTarget {
  readonly nodes: readonly string[];
  readonly layers: readonly string[];
}

/** A selected layer inside of a node's layer, such as a result, means the node. */
export function readSelection(
  selection: readonly string[],
  page: PageFacts,
  graph: Graph,
): SelectionTarget {
  const parents = new Map(page.layers.map(({ id, parent }) => [id, parent]));
  const nodes = new Set(graph.nodes.map(({ id }) => id));
  const meant = new Set<string>();
  const layers: string[] = [];
  for (const id of selection) {
    const seen = new Set<string>();
    let at: string | null = id;
    while (at !== null && !nodes.has(at) && !seen.has(at)) {
      seen.add(at);
      at = parents.get(at) ?? null;
    }
    if (at !== null && nodes.has(at)) meant.add(at);
    else if (parents.has(id)) layers.push(id);
  }
  return { nodes: [...meant], layers };
}
