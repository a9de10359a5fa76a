import fc from "fast-check";
import { checkGraph } from "#domain/check-graph";
import { choosePort, reasonAgainst } from "#domain/connect";
import type { Connection, Graph, Node } from "#domain/graph";
import type { Model } from "#domain/model";
import { definitionOf, type NodeType } from "#domain/nodes/index";
import { assetNamed, textItem, ticked, assetItem } from "./build-graph.ts";

interface Seed {
  readonly kind: number;
  readonly count: number;
  readonly from: readonly number[];
}

const seeds = fc.array(
  fc.record({
    kind: fc.nat({ max: 9 }),
    count: fc.integer({ min: 1, max: 3 }),
    from: fc.array(fc.nat({ max: 40 }), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 12 },
);

/** Boards on which nothing is wrong, of every type of node, with lists and counts. */
export function arbitraryGraph(models: readonly Model[]): fc.Arbitrary<Graph> {
  return seeds.map((list) => growGraph(list, models));
}

function growGraph(list: readonly Seed[], models: readonly Model[]): Graph {
  let graph: Graph = { nodes: [], connections: [] };
  for (const [at, seed] of list.entries()) {
    const node = nodeOf(`n${at}`, seed);
    const grown = joinAll(graph, node, seed, models);
    const isFine = checkGraph(grown, models).length === 0;
    graph = isFine ? grown : joinAll(graph, nodeOf(node.id, { ...seed, kind: 4 }), seed, models);
  }
  return graph;
}

function joinAll(graph: Graph, node: Node, seed: Seed, models: readonly Model[]): Graph {
  let grown: Graph = { ...graph, nodes: [...graph.nodes, node] };
  for (const pick of seed.from) {
    const source = graph.nodes[pick % Math.max(1, graph.nodes.length)];
    const next = source && join(grown, source, node, models);
    if (next && !isOverfed(next, node, models)) grown = next;
  }
  return grown;
}

function join(graph: Graph, source: Node, node: Node, models: readonly Model[]): Graph | null {
  const chosen = choosePort(graph, source, node, null);
  if ("reason" in chosen) return null;
  const from = { node: source.id, port: definitionOf(source.type).output.port };
  const to = { node: node.id, port: chosen.port };
  if (reasonAgainst(graph, from, to, models) !== null) return null;
  const connection: Connection = { from, to, order: graph.connections.length, via: null };
  return { ...graph, connections: [...graph.connections, connection] };
}

function isOverfed(graph: Graph, node: Node, models: readonly Model[]): boolean {
  const issues = checkGraph(graph, models, new Set([node.id]));
  return issues.some((issue) => issue.code !== "input-missing");
}

function nodeOf(id: string, { kind, count }: Seed): Node {
  const make = (type: NodeType, settings: Node["settings"]): Node => {
    return { id, type, title: `Title ${id}`, model: null, settings, isLocked: false };
  };
  switch (kind) {
    case 0:
      return make("text", { text: `text ${id}` });
    case 1:
      return make("upload", { asset: assetNamed(id) });
    case 2:
      return make("list", { items: ticked(textItem(`one ${id}`), textItem(`two ${id}`)) });
    case 3:
      return make("list", { items: ticked(assetItem(`one ${id}`), assetItem(`two ${id}`)) });
    case 5:
      return make("assistant", { instruction: `write ${id}`, output: "list", count });
    case 6:
      return make("video-generator", { prompt: `clip ${id}`, count });
    case 7:
      return make("image-upscaler", {});
    case 8:
      return make("camera-angles", { zoom: count });
    case 9:
      return make("list", { items: [] });
    default:
      return make("image-generator", { prompt: `picture ${id}`, count });
  }
}
