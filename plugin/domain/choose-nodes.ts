import type { Graph } from "./graph.ts";
import { definitionOf } from "./nodes/index.ts";
import type { RunTarget } from "./run-target.ts";
import { ancestorsOf, connectedTo, descendantsOf } from "./walk-graph.ts";

/**
 * The nodes of a run (product.md A4). `wanted` run unless their result still holds; `asked` are those
 * that a person pointed at, which "run again" is about; with `isUpstreamWanted` whatever they need
 * from above and do not have runs too.
 */
export interface ChosenNodes {
  readonly wanted: ReadonlySet<string>;
  readonly asked: ReadonlySet<string>;
  readonly isUpstreamWanted: boolean;
}

/** Chooses the nodes of a run; only nodes with a model are chosen. */
export function chooseNodes(graph: Graph, target: RunTarget): ChosenNodes {
  const runnable = new Set(
    graph.nodes.filter((node) => definitionOf(node.type).task !== null).map((node) => node.id),
  );
  const only = (ids: Iterable<string>) => new Set([...ids].filter((id) => runnable.has(id)));
  switch (target.mode) {
    case "this-node": {
      const wanted = only([target.node]);
      return { wanted, asked: wanted, isUpstreamWanted: false };
    }
    case "from-here": {
      const wanted = only([target.node, ...descendantsOf(graph, [target.node])]);
      const asked = runnable.has(target.node) ? only([target.node]) : wanted;
      return { wanted, asked, isUpstreamWanted: true };
    }
    case "up-to-here": {
      const asked = only([target.node]);
      const wanted = asked.size > 0 ? asked : only(ancestorsOf(graph, [target.node]));
      return { wanted, asked, isUpstreamWanted: true };
    }
    case "connected": {
      const wanted = only(connectedTo(graph, target.node));
      return { wanted, asked: wanted, isUpstreamWanted: true };
    }
    case "selected": {
      const wanted = only(target.nodes);
      return { wanted, asked: wanted, isUpstreamWanted: false };
    }
    case "all":
      return { wanted: runnable, asked: runnable, isUpstreamWanted: true };
  }
}

/** The nodes that a target names and the graph does not have. */
export function missingTargets(graph: Graph, target: RunTarget): string[] {
  const ids = new Set(graph.nodes.map((node) => node.id));
  const named =
    target.mode === "all" ? [] : target.mode === "selected" ? target.nodes : [target.node];
  return named.filter((id) => !ids.has(id));
}
