import { describe, expect, test } from "vitest";
import { choosePort, reasonAgainst } from "#domain/connect";
import type { Graph } from "#domain/graph";
import { definitionOf, nodeTypes, type NodeType } from "#domain/nodes/index";
import { buildGraph, textItem, assetItem } from "../helpers/build-graph.ts";
import { fakeModel } from "../helpers/fake-provider.ts";
import { testModels } from "../helpers/test-models.ts";

const against = (graph: Graph, from: string, to: string, port: string, models = testModels) => {
  const source = graph.nodes.find((node) => node.id === from);
  const output = source ? definitionOf(source.type).output.port : "text";
  return reasonAgainst(graph, { node: from, port: output }, { node: to, port }, models);
};

describe("what may be connected", () => {
  const sources = {
    text: buildGraph().text("from"),
    image: buildGraph().upload("from"),
    video: buildGraph().upload("from", "video/mp4"),
    audio: buildGraph().upload("from", "audio/mpeg"),
  };
  /** product.md A6.3, as far as the types of node exist. */
  const table: Readonly<Record<NodeType, Readonly<Record<string, string | null>>>> = {
    upload: { text: null, image: null, video: null, audio: null },
    media: { text: null, image: null, video: null, audio: null },
    text: { text: null, image: null, video: null, audio: null },
    assistant: { text: "text", image: "reference", video: "reference", audio: null },
    "image-generator": { text: "prompt", image: "references", video: null, audio: null },
    "image-upscaler": { text: null, image: "image", video: null, audio: null },
    "camera-angles": { text: null, image: "image", video: null, audio: null },
    "video-generator": { text: "prompt", image: "first", video: "references", audio: "audio" },
    "audio-generator": { text: "prompt", image: null, video: null, audio: null },
    list: { text: "items", image: "items", video: "items", audio: "items" },
  };
  const rows = nodeTypes.flatMap((to) =>
    (["text", "image", "video", "audio"] as const).map(
      (type) => [type, to, table[to][type]!] as const,
    ),
  );

  test.each(rows)("%s into %s: %s", (type, to, port) => {
    const start = sources[type].done();
    const target = buildGraph().node("to", to).done().nodes[0]!;
    const graph: Graph = { nodes: [...start.nodes, target], connections: [] };
    const chosen = choosePort(graph, start.nodes[0]!, target, null);
    expect("port" in chosen ? chosen.port : null).toBe(port);
    for (const name of Object.keys(definitionOf(to).inputs)) {
      const input = definitionOf(to).inputs[name]!;
      expect(against(graph, "from", "to", name) === null).toBe(input.accepts.includes(type));
    }
  });

  test("says in a sentence what a node does not take", () => {
    const graph = buildGraph().text("t").upscaler("u").image("i").node("n", "text").done();
    expect(against(graph, "t", "u", "image")).toBe("An Image Upscaler takes no text.");
    expect(against(graph, "i", "i", "prompt")).toBe("A node cannot feed itself.");
    expect(against(graph, "t", "i", "references")).toBe(
      'The input "References" takes an image, not a text.',
    );
    expect(against(graph, "t", "i", "valueOf")).toBe('"i" has no input "valueOf".');
    expect(against(graph, "gone", "i", "prompt")).toBe("One of the two nodes is gone.");
    const wrongOutput = reasonAgainst(
      graph,
      { node: "t", port: "x" },
      { node: "i", port: "prompt" },
      [],
    );
    expect(wrongOutput).toBe('"t" has no output "x".');
  });

  test("refuses a second image where one fits, and the same connection twice", () => {
    const graph = buildGraph().upload("a").upload("b").upscaler("u").join("a", "u").done();
    expect(against(graph, "b", "u", "image")).toBe('The input "Image" of "u" takes only 1.');
    expect(against(graph, "a", "u", "image")).toBe("They are already connected.");
  });

  test("refuses more references than any model takes, and leaves the rest to the choice of model", () => {
    const graph = buildGraph()
      .upload("a")
      .upload("b")
      .image("i")
      .join("a", "i", "references")
      .done();
    const small = fakeModel("image", { id: "a:small", inputs: { references: 1 } });
    const large = fakeModel("image", { id: "a:large", inputs: { references: 2 } });
    expect(against(graph, "b", "i", "references", [small])).toBe(
      'No model takes more than 1 at "References".',
    );
    expect(against(graph, "b", "i", "references", [small, large])).toBeNull();
    expect(against(graph, "b", "i", "references", [])).toBeNull();
  });

  test("refuses what would close a circle, however long", () => {
    const graph = buildGraph()
      .image("a")
      .image("b")
      .image("c")
      .join("a", "b", "references")
      .join("b", "c", "references")
      .done();
    expect(against(graph, "c", "a", "references")).toBe(
      'That would close a circle: "c" already depends on "a".',
    );
    expect(against(graph, "a", "c", "references")).toBeNull();
  });

  test("keeps a list to one type", () => {
    const graph = buildGraph()
      .list("l", assetItem("x"))
      .text("t")
      .upload("u")
      .node("e", "list")
      .done();
    expect(against(graph, "t", "l", "items")).toBe(
      "A List holds one type: this one holds image and takes no text.",
    );
    expect(against(graph, "u", "l", "items")).toBeNull();
    expect(against(graph, "t", "e", "items")).toBeNull();
  });
});

describe("the input for a new connection", () => {
  const pick = (graph: Graph, from: string, to: string, label: string | null) => {
    const find = (id: string) => graph.nodes.find((node) => node.id === id)!;
    return choosePort(graph, find(from), find(to), label);
  };
  const base = () =>
    buildGraph().text("t").upload("a").upload("b").upload("c").node("v", "video-generator");

  test("is the first free one that takes the type: first frame, last frame, references", () => {
    expect(pick(base().done(), "a", "v", null)).toEqual({ port: "first" });
    expect(pick(base().join("a", "v", "first").done(), "b", "v", null)).toEqual({ port: "last" });
    const both = base().join("a", "v", "first").join("b", "v", "last").done();
    expect(pick(both, "c", "v", null)).toEqual({ port: "references" });
  });

  test.each([
    ["end", { port: "last" }],
    [" Last Frame ", { port: "last" }],
    ["START", { port: "first" }],
    ["style", { port: "references" }],
    ["image", { port: "references" }],
    ["reference", { port: "references" }],
    ["some remark", { port: "first" }],
    ["x".repeat(41), { port: "first" }],
    ["", { port: "first" }],
    ["constructor", { port: "first" }],
  ])("is the one that the label %j names", (label, expected) => {
    expect(pick(base().done(), "a", "v", label)).toEqual(expected);
  });

  test("is none where the named one does not take the type or is full", () => {
    expect(pick(base().done(), "t", "v", "end")).toEqual({
      reason: 'The input "Last frame" takes an image, not a text.',
    });
    const full = base().join("a", "v", "last").done();
    expect(pick(full, "b", "v", "end")).toEqual({
      reason: 'The input "Last frame" of "v" takes only 1.',
    });
  });

  test("is for a script the prompt, also by the label that the panel shows", () => {
    const graph = buildGraph().text("t").node("s", "audio-generator").done();
    expect(pick(graph, "t", "s", "script")).toEqual({ port: "prompt" });
    const written = buildGraph().list("l", textItem("a")).node("s", "audio-generator").done();
    expect(pick(written, "l", "s", "Script")).toEqual({ port: "prompt" });
  });

  test("is none where the node takes nothing at all", () => {
    const graph = buildGraph().text("t").upload("u").done();
    expect(pick(graph, "t", "u", null)).toEqual({ reason: "An Upload takes no connections." });
  });
});
