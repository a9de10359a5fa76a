import { describe, expect, test } from "vitest";
import type { Graph } from "#domain/graph";
import { isListOutput, maxItemsOf, outputTypesOf } from "#domain/node-output";
import { assetItem, buildGraph, changeNode, textItem } from "../helpers/build-graph.ts";

const at = (graph: Graph, id: string) => {
  const node = graph.nodes.find((each) => each.id === id)!;
  return {
    types: outputTypesOf(graph, node),
    isList: isListOutput(graph, node),
    maxItems: maxItemsOf(graph, node),
  };
};

describe("what a node gives", () => {
  test("is for a file what the file is, and for an empty one anything that it could be", () => {
    const graph = buildGraph().upload("u", "video/mp4").node("empty", "upload").done();
    expect(at(graph, "u")).toEqual({ types: ["video"], isList: false, maxItems: 1 });
    expect(at(graph, "empty").types).toEqual(["image", "video", "audio"]);
  });

  test("is for a list what is in it and what comes to it", () => {
    const graph = buildGraph()
      .list("own", textItem("a"), textItem("b"))
      .image("made", { prompt: "x", count: 3 })
      .list("mixed", assetItem("c"))
      .node("empty", "list")
      .join("made", "mixed")
      .done();
    expect(at(graph, "own")).toEqual({ types: ["text"], isList: true, maxItems: 2 });
    expect(at(graph, "mixed")).toEqual({ types: ["image"], isList: true, maxItems: 4 });
    expect(at(graph, "empty").types).toEqual(["text", "image", "video", "audio"]);
  });

  test("does not count entries of a list that are not ticked", () => {
    const items = [
      { isTicked: false, item: textItem("a") },
      { isTicked: true, item: textItem("b") },
    ];
    const graph = buildGraph().node("l", "list", { settings: { items } }).done();
    expect(at(graph, "l").maxItems).toBe(1);
  });

  test("is a list where a generator makes several, and one item where it makes one", () => {
    const graph = buildGraph().image("one").image("four", { prompt: "x", count: 4 }).done();
    expect(at(graph, "one")).toEqual({ types: ["image"], isList: false, maxItems: 1 });
    expect(at(graph, "four")).toEqual({ types: ["image"], isList: true, maxItems: 4 });
  });

  test("is a list of texts where an assistant writes one, however it was counted before", () => {
    const graph = buildGraph()
      .node("list", "assistant", { settings: { instruction: "x", output: "list", count: 1 } })
      .node("text", "assistant", { settings: { instruction: "x", output: "text", count: 9 } })
      .done();
    expect(at(graph, "list")).toEqual({ types: ["text"], isList: true, maxItems: 1 });
    expect(at(graph, "text")).toEqual({ types: ["text"], isList: false, maxItems: 1 });
  });

  test("multiplies down a chain: three prompts, two images of each, each enlarged", () => {
    const graph = buildGraph()
      .list("l", textItem("a"), textItem("b"), textItem("c"))
      .image("i", { prompt: "x", count: 2 })
      .upscaler("u")
      .join("l", "i", "prompt")
      .join("i", "u")
      .done();
    expect(at(graph, "i")).toEqual({ types: ["image"], isList: true, maxItems: 6 });
    expect(at(graph, "u")).toEqual({ types: ["image"], isList: true, maxItems: 6 });
  });

  test("is one text where an assistant takes a whole list in one call", () => {
    const graph = buildGraph()
      .list("l", textItem("a"), textItem("b"))
      .node("a", "assistant", { settings: { instruction: "x" } })
      .join("l", "a", "text")
      .done();
    expect(at(graph, "a")).toEqual({ types: ["text"], isList: false, maxItems: 1 });
  });

  test("stays a number where two hundred lists double each other", () => {
    const builder = buildGraph().list("l0", textItem("a"), textItem("b"));
    for (let step = 1; step < 200; step += 1) {
      builder
        .list(`l${step}`)
        .join(`l${step - 1}`, `l${step}`)
        .join(`l${step - 1}`, `l${step}`);
    }
    expect(at(builder.done(), "l199").maxItems).toBe(1_000_000);
  });

  test("is known for nodes in a circle too, as if nothing fed them", () => {
    const graph = buildGraph().list("a").list("b").join("a", "b").join("b", "a").done();
    expect(at(graph, "a")).toEqual({
      types: ["text", "image", "video", "audio"],
      isList: true,
      maxItems: 0,
    });
  });

  test("follows a graph that was changed, since a changed graph is another one", () => {
    const graph = buildGraph().image("i", { prompt: "x", count: 2 }).done();
    expect(at(graph, "i").maxItems).toBe(2);
    const more = changeNode(graph, "i", (node) => ({ ...node, settings: { count: 5 } }));
    expect(at(more, "i").maxItems).toBe(5);
    expect(at(graph, "i").maxItems).toBe(2);
  });
});
