import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LayerFacts } from "#domain/layer";
import {
  arrow,
  arrowRecord,
  connector,
  inputRecord,
  layer,
  nodeRecord,
  sticky,
} from "../helpers/build-board.ts";
import { readLayers as read, readFirstLine as line } from "../helpers/read-layers.ts";

const far = { x: 1_000, y: 0 };
const two = [sticky("a", "one"), sticky("b", "two", far)];

describe("connections", () => {
  const uses = { a: "text", b: "image-generator" } as const;

  test("come from connectors between nodes, with the line that draws them", () => {
    const { graph } = read([...two, connector("c", "a", "b")], uses);
    expect(graph.connections).toEqual([
      { from: { node: "a", port: "text" }, to: { node: "b", port: "prompt" }, order: 0, via: "c" },
    ]);
  });

  test("enter the input that the label names", () => {
    const picture = layer("a", "RECTANGLE", { picture: { kind: "image", hash: "h" } });
    const target = sticky("b", "", far);
    const label = connector("c", "a", "b", { text: " End " });
    const { graph } = read([picture, target, label], { a: "media", b: "video-generator" });
    expect(graph.connections[0]?.to.port).toBe("last");
  });

  test("keep the order in which their lines lie", () => {
    const third = sticky("d", "three", { x: 2_000, y: 0 });
    const lines = [connector("c1", "d", "b"), connector("c2", "a", "b")];
    const { graph } = read([...two, third, ...lines], { ...uses, d: "text" });
    expect(graph.connections.map(({ from, order }) => [from.node, order])).toEqual([
      ["d", 0],
      ["a", 1],
    ]);
  });

  test("that are drawn twice count once, Figma's own line first", () => {
    const target = {
      ...two[1]!,
      records: { in: inputRecord(["a", "prompt"]) },
    };
    const lines = [connector("c1", "a", "b"), connector("c2", "a", "b")];
    const { graph } = read([two[0]!, target, ...lines], uses);
    expect(graph.connections.map((connection) => connection.via)).toEqual(["c1"]);
  });

  test("that no line carries come from the node's record", () => {
    const target = {
      ...two[1]!,
      records: { in: inputRecord(["a", "prompt"]) },
    };
    expect(read([two[0]!, target], uses).graph.connections[0]?.via).toBeNull();
  });

  test("into something that takes none are an issue at the line, in a sentence", () => {
    const { graph, issues } = read([...two, connector("c", "b", "a")], uses);
    expect(graph.connections).toEqual([]);
    expect(issues).toEqual([
      { code: "line-unclear", nodeId: "c", message: "A Text takes no connections." },
    ]);
  });
});

describe("a line drawn by hand", () => {
  const drawn = (changes: Partial<LayerFacts> = {}) =>
    arrow(
      "l",
      [
        { x: 105, y: 50 },
        { x: 995, y: 50 },
      ],
      changes,
    );

  test("between two layers is suggested and joins nothing until somebody agrees", () => {
    const board = read([...two, drawn()], { a: "text", b: "image-generator" });
    expect(board.lines[0]).toMatchObject({ from: "a", to: "b", status: "bound", isInferred: true });
    expect(board.suggestions.map(({ layer: id, type }) => [id, type])).toContainEqual([
      "l",
      "connection",
    ]);
    expect(board.graph.connections).toEqual([]);
  });

  test("joins by what it remembers once it was agreed to", () => {
    const stamped = drawn({ records: { edge: arrowRecord("l", "a", "b") } });
    const { graph } = read([...two, stamped], { a: "text", b: "image-generator" });
    expect(graph.connections.map((connection) => connection.via)).toEqual(["l"]);
  });

  test("that was copied with its memory is artwork again until it is recognised", () => {
    const copy = drawn({ records: { edge: arrowRecord("original", "b", "a") } });
    expect(line([...two, copy])).toMatchObject({ from: "a", to: "b", isInferred: true });
  });
});

describe("what layers remember", () => {
  test.each([
    ["no JSON", "{", "cannot be read"],
    ["somebody else's", '{"v":1,"hello":true}', "cannot be read"],
    ["an unknown kind", nodeRecord("a", "teleporter"), "cannot be read"],
    ["a newer version's", '{"v":2}', "newer version"],
    ["100 kB long", `{"v":1,"x":"${"y".repeat(100_000)}"}`, "too long"],
  ])("is left alone and named when it is %s", (_what, node, words) => {
    const { graph, issues } = read([layer("a", "STICKY", { name: "Idea", records: { node } })]);
    expect(graph.nodes).toEqual([]);
    expect(issues).toMatchObject([{ code: "record-invalid", nodeId: "a" }]);
    expect(issues[0]?.message).toContain('"Idea"');
    expect(issues[0]?.message).toContain(words);
  });

  test("makes a node, also in a copy, with the text that people see", () => {
    const config = { model: "fal:flux", params: { text: "old", ratio: "1:1" } };
    const records = { node: nodeRecord("original", "text", config) };
    const { graph } = read([{ ...sticky("a", "A lighthouse\nat dusk"), records }]);
    expect(graph.nodes).toMatchObject([
      { id: "a", type: "text", title: "A lighthouse", model: "fal:flux" },
    ]);
    expect(graph.nodes[0]?.settings).toEqual({ text: "A lighthouse\nat dusk", ratio: "1:1" });
  });
});

describe("suggestions", () => {
  test.each([
    [sticky("x", "words"), "text"],
    [layer("x", "TABLE", { text: "| a |" }), "text"],
    [layer("x", "RECTANGLE", { picture: { kind: "image", hash: "h" } }), "media"],
    [layer("x", "FRAME"), "media"],
    [layer("x", "SECTION"), "list"],
  ] as const)("offer %# as what it can be", (target, type) => {
    const { suggestions } = read([
      sticky("a", "", { x: 5_000, y: 0 }),
      target,
      connector("c", "a", "x"),
    ]);
    expect(suggestions.find((each) => each.layer === "x")?.type).toBe(type);
  });

  test("never name stamps, widgets or plain shapes", () => {
    const layers = ["STAMP", "WIDGET", "RECTANGLE"].map((type) => layer(type, type));
    const lines = layers.map(({ id }) => connector(`c-${id}`, "a", id));
    expect(
      read([sticky("a", ""), ...layers, ...lines]).suggestions.map((each) => each.layer),
    ).toEqual(["a"]);
  });
});

describe("any board", () => {
  const ids = fc.constantFrom("1", "2", "3", "I4;5", "page", "gone");
  const point = fc.record({ x: fc.integer(), y: fc.integer() });
  const any: fc.Arbitrary<LayerFacts> = fc
    .record({
      id: ids,
      type: fc.constantFrom("STICKY", "SECTION", "INSTANCE", "CONNECTOR", "VECTOR", "FRAME"),
      parent: ids,
      text: fc.option(fc.string({ unit: "binary" })),
      from: ids,
      to: ids,
      position: fc.option(point),
      record: fc.option(fc.oneof(fc.string(), fc.json(), fc.constant(nodeRecord("1", "text")))),
    })
    .map(({ id, type, parent, text, from, to, position, record }) => {
      const facts = { layer: from, position };
      const isLine = type === "CONNECTOR";
      const ends = { start: facts, end: { layer: to, position: null } };
      return layer(id, type, {
        parent,
        text,
        connector: isLine ? { ...ends, direction: "forward" } : null,
        path:
          type === "VECTOR" && position
            ? { points: [position, { x: 0, y: 0 }], caps: null, strokeWeight: 1 }
            : null,
        records: record === null ? {} : { node: record, in: record, edge: record },
      });
    });

  test("is read without an exception, one entry for each connector, connections between its nodes", () => {
    fc.assert(
      fc.property(fc.uniqueArray(any, { selector: (each) => each.id }), (layers) => {
        const { graph, lines } = read(layers, { "1": "text", "2": "image-generator", "3": "list" });
        const connectors = layers.filter((each) => each.connector).map((each) => each.id);
        const told = lines.filter((each) => each.kind === "connector").map((each) => each.layer);
        expect(told).toEqual(connectors);
        const nodes = new Set(graph.nodes.map((node) => node.id));
        const known = new Set([null, ...layers.map((each) => each.id)]);
        for (const each of lines) {
          expect([known.has(each.from), known.has(each.to)]).toEqual([true, true]);
        }
        for (const { from, to } of graph.connections) {
          expect([nodes.has(from.node), nodes.has(to.node)]).toEqual([true, true]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
