import { describe, expect, test } from "vitest";
import { checkGraph } from "#domain/check-graph";
import type { Graph } from "#domain/graph";
import { graphLimits } from "#domain/graph-limits";
import type { Model } from "#domain/model";
import { buildGraph, textItem } from "../helpers/build-graph.ts";
import { testModels } from "../helpers/test-models.ts";

const check = (graph: Graph, models: readonly Model[] = testModels) =>
  checkGraph(graph, models).map(({ message: _, ...issue }) => issue);
const say = (graph: Graph, models: readonly Model[] = testModels) =>
  checkGraph(graph, models).map((issue) => issue.message);

describe("circles, ids and limits", () => {
  test("F44: a circle is one issue with its titles", () => {
    const graph = buildGraph()
      .image("a")
      .image("b")
      .image("below")
      .join("a", "b", "references")
      .join("b", "a", "references")
      .join("b", "below", "references")
      .done();
    expect(check(graph)).toEqual([{ code: "cycle", nodeId: "a" }]);
    expect(say(graph)).toEqual([
      'These nodes wait for each other in a circle: "a" → "b" → "a". Remove one of their connections.',
    ]);
  });

  test("F44: a long circle names twenty nodes and counts the rest", () => {
    const builder = buildGraph();
    for (let at = 0; at < 30; at += 1) builder.image(`n${at}`);
    for (let at = 0; at < 30; at += 1) builder.join(`n${at}`, `n${(at + 1) % 30}`, "references");
    const [sentence] = say(builder.done());
    expect(sentence).toContain('"n19" → 10 more. ');
    expect(sentence).not.toContain('"n20"');
  });

  test("a circle is none of the business of a scope that it does not feed", () => {
    const graph = buildGraph()
      .image("a")
      .join("a", "a", "references")
      .image("b")
      .image("c")
      .join("a", "c", "references")
      .done();
    expect(checkGraph(graph, testModels, new Set(["b"]))).toEqual([]);
    expect(checkGraph(graph, testModels, new Set(["c"])).map((issue) => issue.code)).toEqual([
      "cycle",
    ]);
  });

  test("two nodes with one id are refused", () => {
    const graph = buildGraph().image("a").image("a").done();
    expect(check(graph)).toEqual([{ code: "node-duplicate", nodeId: "a" }]);
  });

  test("a chain over the limit of depth is refused, one at the limit is not", () => {
    const chain = (length: number) => {
      const builder = buildGraph().upload("n0");
      for (let at = 1; at < length; at += 1)
        builder.upscaler(`n${at}`).join(`n${at - 1}`, `n${at}`);
      return builder.done();
    };
    expect(check(chain(graphLimits.depth))).toEqual([]);
    expect(check(chain(graphLimits.depth + 1))).toEqual([{ code: "limit", nodeId: "n200" }]);
    expect(say(chain(2_000))).toEqual([
      "The longest chain has 2000 nodes; at most 200 can follow each other.",
    ]);
  });

  test("a board over the limits is refused at once and in one sentence", () => {
    const nodes = Array.from(
      { length: 10_000 },
      (_, at) => buildGraph().image(`n${at}`).done().nodes[0]!,
    );
    expect(say({ nodes, connections: [] })).toEqual([
      "The board has 10000 nodes and 0 connections; at most 2000 and 8000 can be handled.",
    ]);
  });

  test("a list of more items than may travel is refused before anybody writes them out", () => {
    const builder = buildGraph().list("l0", textItem("a"), textItem("b"));
    for (let at = 1; at < 60; at += 1) {
      builder
        .list(`l${at}`)
        .join(`l${at - 1}`, `l${at}`)
        .join(`l${at - 1}`, `l${at}`);
    }
    const issues = check(builder.done());
    expect(issues[0]).toEqual({ code: "limit", nodeId: "l8" });
    expect(new Set(issues.map((issue) => issue.code))).toEqual(new Set(["limit"]));
  });
});
