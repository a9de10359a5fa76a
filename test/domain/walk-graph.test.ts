import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Graph } from "#domain/graph";
import {
  ancestorsOf,
  connectedTo,
  depthOf,
  descendantsOf,
  inputsOf,
  outputsOf,
  sortNodes,
} from "#domain/walk-graph";
import { buildGraph } from "../helpers/build-graph.ts";

const diamond = buildGraph()
  .text("top")
  .image("left")
  .image("right")
  .upscaler("bottom")
  .text("alone")
  .join("top", "left")
  .join("top", "right")
  .join("left", "bottom")
  .join("right", "bottom")
  .done();

const sorted = (ids: Iterable<string>) => [...ids].sort();

describe("reach in a graph", () => {
  test("goes down to everything that a node feeds", () => {
    expect(sorted(descendantsOf(diamond, ["top"]))).toEqual(["bottom", "left", "right"]);
    expect(sorted(descendantsOf(diamond, ["left", "right"]))).toEqual(["bottom"]);
    expect(sorted(descendantsOf(diamond, ["bottom"]))).toEqual([]);
  });

  test("goes up to everything that feeds a node", () => {
    expect(sorted(ancestorsOf(diamond, ["bottom"]))).toEqual(["left", "right", "top"]);
    expect(sorted(ancestorsOf(diamond, ["nobody"]))).toEqual([]);
  });

  test("counts one of the given nodes only when another feeds it", () => {
    expect(sorted(descendantsOf(diamond, ["top", "left"]))).toEqual(["bottom", "left", "right"]);
  });

  test("finds what hangs together, itself included and nothing else", () => {
    expect(sorted(connectedTo(diamond, "right"))).toEqual(["bottom", "left", "right", "top"]);
    expect(sorted(connectedTo(diamond, "alone"))).toEqual(["alone"]);
  });

  test("gives the inputs of a node by their order, not by their place in the file", () => {
    const graph = buildGraph().text("a").text("b").image("c").join("a", "c").join("b", "c").done();
    const turned: Graph = {
      ...graph,
      connections: graph.connections.map((each, at) => ({ ...each, order: 5 - at })),
    };
    expect(inputsOf(graph, "c").map((each) => each.from.node)).toEqual(["a", "b"]);
    expect(inputsOf(turned, "c").map((each) => each.from.node)).toEqual(["b", "a"]);
    expect(outputsOf(graph, "a").map((each) => each.to.node)).toEqual(["c"]);
  });
});

describe("the order of nodes", () => {
  test("puts those that are ready first in front", () => {
    expect(sortNodes(diamond)).toEqual({ order: ["top", "alone", "left", "right", "bottom"] });
  });

  test("can be asked of a part of the graph alone", () => {
    expect(sortNodes(diamond, new Set(["bottom", "left"]))).toEqual({ order: ["left", "bottom"] });
  });

  test("names a circle in the direction of its connections, and still sorts what is not below it", () => {
    const graph = buildGraph()
      .image("a")
      .image("b")
      .image("c")
      .image("below")
      .image("free")
      .join("c", "a")
      .join("a", "b")
      .join("b", "c")
      .join("c", "below")
      .done();
    expect(sortNodes(graph)).toEqual({ order: ["free"], cycle: ["a", "b", "c"] });
  });

  test("takes a node that feeds itself for a circle of one", () => {
    expect(sortNodes(buildGraph().image("a").join("a", "a").done()).cycle).toEqual(["a"]);
  });

  test("passes over connections to nodes that are not there", () => {
    const graph = buildGraph().image("a").join("gone", "a").join("a", "away").done();
    expect(sortNodes(graph)).toEqual({ order: ["a"] });
  });

  test("holds for a chain of 10,000 nodes, and its depth is known", () => {
    const builder = buildGraph();
    for (let at = 0; at < 10_000; at += 1) builder.image(`n${at}`);
    const { nodes } = builder.done();
    const connections = nodes.slice(1).map((node, at) => ({
      from: { node: `n${at}`, port: "image" },
      to: { node: node.id, port: "references" },
      order: 0,
      via: null,
    }));
    const graph = { nodes, connections };
    const { order } = sortNodes(graph);
    expect(order).toHaveLength(10_000);
    expect(depthOf(graph, order)).toBe(10_000);
    expect(ancestorsOf(graph, ["n9999"]).size).toBe(9_999);
    const closed = [
      ...connections,
      {
        ...connections[0]!,
        from: { node: "n9999", port: "image" },
        to: { node: "n0", port: "references" },
      },
    ];
    expect(sortNodes({ nodes, connections: closed }).cycle).toHaveLength(10_000);
  });

  const edges = fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })), { maxLength: 25 });

  test("F44: finds a circle exactly when going depth-first finds one", () => {
    fc.assert(
      fc.property(edges, (pairs) => {
        const graph = graphOf(pairs);
        const { cycle } = sortNodes(graph);
        expect(cycle !== undefined).toBe(hasCycleByDepth(pairs));
        for (const [at, id] of (cycle ?? []).entries()) {
          const next = cycle?.[(at + 1) % cycle.length];
          expect(outputsOf(graph, id).map((each) => each.to.node)).toContain(next);
        }
        expect(new Set(cycle).size).toBe(cycle?.length ?? 0);
      }),
      { numRuns: 500 },
    );
  });

  test("has every node once and respects every connection between the nodes in it", () => {
    fc.assert(
      fc.property(edges, (pairs) => {
        const graph = graphOf(pairs);
        const { order, cycle } = sortNodes(graph);
        const place = new Map(order.map((id, at) => [id, at]));
        expect(place.size).toBe(order.length);
        if (!cycle) expect(order).toHaveLength(graph.nodes.length);
        for (const { from, to } of graph.connections) {
          if (!place.has(to.node)) continue;
          expect(place.get(from.node)).toBeLessThan(place.get(to.node)!);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function graphOf(pairs: readonly (readonly [number, number])[]): Graph {
  const builder = buildGraph();
  for (let at = 0; at < 10; at += 1) builder.image(`n${at}`);
  for (const [from, to] of pairs) builder.join(`n${from}`, `n${to}`, "references");
  return builder.done();
}

/** The textbook way with three colours, as an oracle. */
function hasCycleByDepth(pairs: readonly (readonly [number, number])[]): boolean {
  const colours = new Map<number, "open" | "closed">();
  const visit = (node: number): boolean => {
    if (colours.get(node) === "open") return true;
    if (colours.get(node) === "closed") return false;
    colours.set(node, "open");
    const isFound = pairs.some(([from, to]) => from === node && visit(to));
    colours.set(node, "closed");
    return isFound;
  };
  return Array.from({ length: 10 }, (_, node) => node).some(visit);
}
