import { describe, expect, test } from "vitest";
import type { LayerFacts } from "#domain/layer";
import type { NodeType } from "#domain/nodes/index";
import { connector, inputRecord, layer, nodeRecord, sticky } from "../helpers/build-board.ts";
import { readLayers as read } from "../helpers/read-layers.ts";

const node = (layers: readonly LayerFacts[], uses: Record<string, NodeType> = {}) =>
  read(layers, uses).graph.nodes[0];
const at = (x: number, y: number) => ({ x, y, width: 100, height: 100 });

describe("the title of a node", () => {
  test.each([
    ["the first line that says something", "\n  \nA lighthouse\nat dusk", "sticky", "A lighthouse"],
    ["the name where there is no text", null, "Moodboard", "Moodboard"],
    ["the kind of node where there is neither", " ", " ", "Text"],
    ["one line, however lines are broken", "one\rtwo", "x", "one"],
    ["free of broken characters", "a\ud800b\u0000c", "x", "abc"],
  ])("is %s", (_what, text, name, title) => {
    expect(node([layer("a", "STICKY", { text, name })], { a: "text" })?.title).toBe(title);
  });

  test("has at most 60 characters and cuts no pair of them apart", () => {
    const title = node([sticky("a", `${"x".repeat(58)}🎈🎈`)], { a: "text" })?.title ?? "";
    expect(title).toBe(`${"x".repeat(58)}…`);
  });
});

describe("the text of a node", () => {
  test("longer than a Text holds is cut, and the cut is told", () => {
    const { graph, issues } = read([sticky("a", "x".repeat(10_001))], { a: "text" });
    expect(graph.nodes[0]?.settings["text"]).toBe("x".repeat(10_000));
    expect(issues).toMatchObject([{ code: "limit", nodeId: "a" }]);
    expect(issues[0]?.message).toContain("10001 characters");
  });

  test("of a component is what is read inside it, row by row, without what is hidden", () => {
    const inside = (id: string, text: string, x: number, y: number, more = {}) =>
      layer(id, "TEXT", { text, parent: "i", box: at(x, y), ...more });
    const layers = [
      layer("i", "INSTANCE"),
      inside("I1;1", "below", 0, 200),
      inside("I1;2", "right", 150, 10),
      inside("I1;3", "left", 0, 0),
      inside("I1;4", "secret", 0, 0, { isVisible: false }),
    ];
    expect(node(layers, { i: "text" })).toMatchObject({
      title: "left",
      settings: { text: "left\nright\nbelow" },
    });
  });

  test("of a frame keeps what an instance in it says together, told part by part or as one", () => {
    const part = (id: string, text: string, y: number) =>
      layer(id, "TEXT", { text, parent: "i", box: at(0, y) });
    const around = (parts: readonly LayerFacts[], text: string | null) => [
      layer("f", "FRAME"),
      layer("i", "INSTANCE", { parent: "f", text, box: at(0, 0) }),
      ...parts,
      layer("b", "TEXT", { parent: "f", text: "beside", box: at(300, 150) }),
    ];
    const apart = around([part("I1;1", "top", 0), part("I1;2", "bottom", 200)], null);
    const asOne = around([], "top\nbottom");
    for (const layers of [apart, asOne])
      expect(node(layers, { f: "text" })?.settings["text"]).toBe("top\nbottom\nbeside");
  });

  test("that makes pictures of an instance is no title: what is in it is not its own", () => {
    const records = { node: nodeRecord("i", "image-generator") };
    const told = layer("i", "INSTANCE", { name: "Shape", text: "on the shape", records });
    expect(node([told])?.title).toBe("Shape");
  });

  test("of a card is what is written in it, else what it remembers", () => {
    const records = { node: nodeRecord("card", "text", { prompt: "kept" }) };
    const card = layer("card", "FRAME", { name: "Text", records });
    const words = layer("words", "TEXT", { text: "typed since", parent: "card" });
    expect(node([card])?.settings).toEqual({ text: "kept" });
    expect(node([card, words])).toMatchObject({
      title: "Text",
      settings: { text: "typed since" },
    });
  });

  test("that runs is its prompt, whatever its results in it say", () => {
    const records = { node: nodeRecord("card", "assistant", { prompt: "Shorten it." }) };
    const card = layer("card", "FRAME", { name: "Assistant", records });
    const result = layer("result", "TEXT", { text: "Short.", parent: "card" });
    expect(node([card, result])).toMatchObject({
      title: "Assistant",
      settings: { instruction: "Shorten it." },
    });
  });

  test.each([
    ["image-generator", "prompt"],
    ["assistant", "instruction"],
    ["text", "text"],
  ] as const)("that a %s remembers as its prompt is its setting %s", (kind, setting) => {
    const records = { node: nodeRecord("a", kind, { prompt: "a lighthouse" }) };
    expect(node([layer("a", "FRAME", { records })])?.settings).toEqual({
      [setting]: "a lighthouse",
    });
  });
});

describe("a copy of a node", () => {
  const original = {
    ...layer("b", "FRAME"),
    records: { node: nodeRecord("b", "image-generator"), in: inputRecord(["a", "prompt"]) },
  };
  const copy = { ...original, id: "c" };

  test("keeps what it is and loses the invisible connections of the original", () => {
    const { graph, issues } = read([sticky("a", "x"), original, copy], { a: "text" });
    expect(graph.nodes.map(({ id, type }) => [id, type])).toEqual([
      ["a", "text"],
      ["b", "image-generator"],
      ["c", "image-generator"],
    ]);
    expect(graph.connections.map(({ to }) => to.node)).toEqual(["b"]);
    expect(issues).toEqual([]);
  });

  test("that came with an instance is part of the instance", () => {
    const inner = { ...copy, id: "I1;2", parent: "i" };
    expect(read([layer("i", "INSTANCE"), inner]).graph.nodes).toEqual([]);
  });
});

describe("records that are not right", () => {
  const end = { id: "a", u: 0, v: 0 };
  test.each([
    ["node", { v: 1, self: "a", kind: "text" }, "settings"],
    ["in", [{ src: "b" }], "invisible connections"],
    ["edge", { v: 1, self: "a", src: end }, "connection notes"],
    ["out", { v: 1, self: "a", mode: "explode" }, "output settings"],
    ["res", { v: 1, self: "a" }, "result notes"],
    ["res", { v: 9 }, "newer version"],
  ])("under the key %s are one issue that names the layer: %#", (key, stored, words) => {
    const records = { [key]: JSON.stringify(stored) };
    const { issues } = read([layer("a", "STICKY", { name: "Idea", records })], { a: "text" });
    expect(issues).toMatchObject([{ code: "record-invalid", nodeId: "a" }]);
    expect(issues[0]?.message).toContain(words);
    expect(issues[0]?.message).toContain('"Idea"');
  });

  test("are not those of a copied result, which keeps only where it came from", () => {
    const left = { v: 1, self: "a", asset: null, media: "image/png", src: "b" };
    expect(
      read([layer("a", "RECTANGLE", { records: { res: JSON.stringify(left) } })]).issues,
    ).toEqual([]);
  });

  test("nested so deep that checking them could fail are refused, not tried", () => {
    const params = `{"deep":${"[".repeat(7_000)}${"]".repeat(7_000)}}`;
    const deep = `{"v":1,"self":"a","kind":"text","cfg":{"params":${params}}}`;
    const { graph, issues } = read([layer("a", "FRAME", { records: { node: deep } })]);
    expect([graph.nodes.length, issues[0]?.code]).toEqual([0, "record-invalid"]);
  });

  test("with brackets in a text are read", () => {
    const records = { node: nodeRecord("a", "text", { prompt: `"${"[".repeat(100)}\\` }) };
    expect(node([layer("a", "FRAME", { records })])?.settings["text"]).toContain("[[[");
  });
});

describe("a section used as a list", () => {
  const inside = (id: string, x: number, y: number, more: Partial<LayerFacts> = {}) =>
    layer(id, "STICKY", { text: `text of ${id}`, parent: "s", box: at(x, y), ...more });
  const layers = [
    layer("s", "SECTION", { box: { x: 0, y: 0, width: 900, height: 900 } }),
    inside("lower", 0, 300),
    inside("right", 200, 20),
    inside("left", 0, 0),
    inside("hidden", 400, 0, { isVisible: false }),
    inside("stamp", 600, 0, { type: "STAMP" }),
    inside("picture", 200, 300, { type: "RECTANGLE", picture: { kind: "image", hash: "h" } }),
  ];

  test("is filled with what lies in it, in reading order", () => {
    const { graph } = read(layers, { s: "list" });
    expect(graph.connections.map(({ from, to, order }) => [from.node, to.port, order])).toEqual([
      ["left", "items", 0],
      ["right", "items", 1],
      ["lower", "items", 2],
      ["picture", "items", 3],
    ]);
    expect(graph.nodes.find(({ id }) => id === "picture")?.type).toBe("media");
  });

  test("is suggested together with its members", () => {
    const line = connector("c", "s", "out");
    const { suggestions } = read([...layers, sticky("out", "", { x: 2_000, y: 0 }), line]);
    expect(suggestions.find((each) => each.layer === "s")).toMatchObject({
      type: "list",
      members: ["left", "right", "lower", "picture"],
    });
  });

  test("that remembers being a card is not filled with the layers of the card", () => {
    const card = { ...layers[0]!, records: { node: nodeRecord("s", "list") } };
    expect(read([card, ...layers.slice(1)]).graph.nodes.map(({ id }) => id)).toEqual(["s"]);
  });
});
