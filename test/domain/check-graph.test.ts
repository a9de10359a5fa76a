import { describe, expect, test } from "vitest";
import { checkGraph } from "#domain/check-graph";
import { type Graph } from "#domain/graph";
import type { Model } from "#domain/model";
import { assetItem, buildGraph, textItem, ticked } from "../helpers/build-graph.ts";
import { testModels } from "../helpers/test-models.ts";

const check = (graph: Graph, models: readonly Model[] = testModels) =>
  checkGraph(graph, models).map(({ message: _, ...issue }) => issue);
const say = (graph: Graph, models: readonly Model[] = testModels) =>
  checkGraph(graph, models).map((issue) => issue.message);

describe("a board on which nothing is wrong", () => {
  test("has no issues", () => {
    const graph = buildGraph()
      .text("t")
      .upload("u")
      .list("l", textItem("a"), textItem("b"))
      .node("w", "assistant", { settings: { instruction: "write" } })
      .image("i", { count: 2 })
      .upscaler("up")
      .join("t", "w", "text")
      .join("l", "i", "prompt")
      .join("w", "i", "prompt")
      .join("u", "i", "references")
      .join("i", "up")
      .done();
    expect(checkGraph(graph, testModels)).toEqual([]);
    expect(checkGraph({ nodes: [], connections: [] }, [])).toEqual([]);
  });
});

describe("what a node lacks", () => {
  test.each([
    ["image-generator", { port: "prompt", setting: "prompt" }],
    ["video-generator", { port: "prompt", setting: "prompt" }],
    ["audio-generator", { port: "prompt", setting: "prompt" }],
    ["assistant", { port: "text", setting: "instruction" }],
    ["image-upscaler", { port: "image" }],
    ["camera-angles", { port: "image" }],
    ["list", { port: "items", setting: "items" }],
    ["text", { setting: "text" }],
    ["upload", { setting: "asset" }],
    ["media", { setting: "asset" }],
  ] as const)("is named at an empty %s", (type, where) => {
    const graph = buildGraph().node("n", type).done();
    expect(check(graph)).toEqual([{ code: "input-missing", nodeId: "n", ...where }]);
  });

  test("is said with the words of the node type", () => {
    expect(say(buildGraph().upscaler("n").done())).toEqual(["Connect an image to upscale."]);
  });

  test("is not lacking where only what feeds it is empty: the empty one is at fault", () => {
    const graph = buildGraph().node("u", "upload").upscaler("n").join("u", "n").done();
    expect(check(graph)).toEqual([{ code: "input-missing", nodeId: "u", setting: "asset" }]);
  });

  test("counts blank text and unticked entries as nothing", () => {
    const items = [{ isTicked: false, item: textItem("a") }];
    const graph = buildGraph().text("t", " \n").node("l", "list", { settings: { items } }).done();
    expect(check(graph).map((issue) => issue.nodeId)).toEqual(["t", "l"]);
  });
});

describe("connections", () => {
  test("of a wrong type are named at the node that takes no such thing", () => {
    const graph = buildGraph().text("t").upscaler("n").join("t", "n").done();
    expect(check(graph)).toEqual([{ code: "type-mismatch", nodeId: "n", port: "image" }]);
    expect(say(graph)).toEqual(["An Image Upscaler takes no text."]);
    const angles = buildGraph().text("t").node("n", "camera-angles").join("t", "n").done();
    expect(say(angles)).toEqual(["Camera Angles takes no text."]);
  });

  test("from or to nodes that are gone are named at the end that is left", () => {
    const graph = buildGraph().image("a").join("gone", "a").join("a", "lost").join("x", "y").done();
    expect(check(graph)).toEqual([
      { code: "node-missing", nodeId: "a" },
      { code: "node-missing", nodeId: null },
      { code: "node-missing", nodeId: "a", port: "prompt" },
    ]);
  });

  test("at inputs or outputs that nobody declared are refused", () => {
    const graph = buildGraph()
      .text("t")
      .image("i")
      .join("t", "i", "matte")
      .join("i", "t", "x")
      .done();
    const into = check(graph).filter((issue) => issue.code === "port-unknown");
    expect(into).toEqual([
      { code: "port-unknown", nodeId: "t", port: "x" },
      { code: "port-unknown", nodeId: "i", port: "matte" },
    ]);
    const odd = buildGraph().text("t").image("i").join("t", "i", "hasOwnProperty").done();
    expect(check(odd)).toEqual([{ code: "port-unknown", nodeId: "i", port: "hasOwnProperty" }]);
    const output = {
      ...graph,
      connections: [
        {
          ...graph.connections[0]!,
          from: { node: "t", port: "image" },
          to: { node: "i", port: "prompt" },
        },
      ],
    };
    expect(check(output)).toEqual([{ code: "port-unknown", nodeId: "i", port: "prompt" }]);
  });

  test("are too many where an input takes one", () => {
    const graph = buildGraph()
      .upload("a")
      .upload("b")
      .upscaler("n")
      .join("a", "n")
      .join("b", "n")
      .done();
    expect(check(graph)).toEqual([{ code: "input-full", nodeId: "n", port: "image" }]);
    expect(say(graph)).toEqual(['The input "Image" of "n" takes only 1.']);
  });

  test("with two lists at one node are refused, since nobody says which pairs are meant", () => {
    const graph = buildGraph()
      .list("one", textItem("a"), textItem("b"))
      .list("two", assetItem("c"), assetItem("d"))
      .image("i")
      .join("one", "i", "prompt")
      .join("two", "i", "references")
      .done();
    expect(check(graph)).toEqual([{ code: "list-conflict", nodeId: "i" }]);
    expect(say(graph)).toEqual([
      '"i" is fed by 2 lists; it can run over one list at a time. Join them in one List.',
    ]);
  });

  test("that mix types in a list are named at the list", () => {
    const graph = buildGraph().list("l", assetItem("a")).text("t").join("t", "l").done();
    expect(check(graph)).toEqual([{ code: "type-mismatch", nodeId: "l", port: "items" }]);
    const own = buildGraph()
      .node("l", "list", { settings: { items: ticked(textItem("a"), assetItem("b")) } })
      .done();
    expect(check(own)).toEqual([{ code: "type-mismatch", nodeId: "l", port: "items" }]);
  });

  test("may bring what is not known to be wrong yet", () => {
    const graph = buildGraph().node("m", "media").upscaler("u").join("m", "u").done();
    expect(check(graph).map((issue) => issue.nodeId)).toEqual(["m"]);
  });
});
