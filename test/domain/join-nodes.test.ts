import { describe, expect, test } from "vitest";
import type { LayerFacts } from "#domain/layer";
import type { NodeType } from "#domain/nodes/index";
import { readBoard } from "#domain/read-board";
import {
  arrow,
  arrowRecord,
  connector,
  inputRecord,
  layer,
  nodeRecord,
  page,
} from "../helpers/build-board.ts";

/** A node of a type, as a frame that remembers it. */
const node = (id: string, kind: NodeType, more: LayerFacts["records"] = {}) =>
  layer(id, "FRAME", { records: { node: nodeRecord(id, kind), ...more } });
const drawn = (id: string, from: string, to: string, more: object = {}) =>
  ({ ...arrow(id, []), records: { edge: arrowRecord(id, from, to, more) } }) satisfies LayerFacts;
const stamped = (line: LayerFacts, from: string, to: string, port: string) => ({
  ...line,
  records: { edge: arrowRecord(line.id, from, to, { port }) },
});
const read = (...layers: readonly LayerFacts[]) => readBoard(page(...layers), { uses: new Map() });
const joins = (...layers: readonly LayerFacts[]) =>
  read(...layers).graph.connections.map(({ from, to, via }) => [from.node, to.port, via]);

const [one, two, three] = ["one", "two", "three"].map((id) => node(id, "media"));
const sources = [one!, two!, three!];
const clip = node("clip", "video-generator");

describe("the input of a connection", () => {
  test("is the first that takes the type and is free", () => {
    const lines = sources.map(({ id }) => connector(`c-${id}`, id, "clip"));
    expect(joins(...sources, clip, ...lines)).toEqual([
      ["one", "first", "c-one"],
      ["two", "last", "c-two"],
      ["three", "references", "c-three"],
    ]);
  });

  test("is the one that was chosen by hand, whatever the label says", () => {
    const line = stamped(connector("c", "one", "clip", { text: "start" }), "one", "clip", "last");
    expect(joins(one!, clip, line)).toEqual([["one", "last", "c"]]);
  });

  test("is the label's where the one chosen by hand is gone", () => {
    const line = stamped(connector("c", "one", "clip", { text: "end" }), "one", "clip", "bygone");
    expect(joins(one!, clip, line)).toEqual([["one", "last", "c"]]);
  });

  test("stays chosen in a copy of the connector, whose ends are its own", () => {
    const line = {
      ...connector("copy", "one", "clip"),
      records: { edge: arrowRecord("c", "two", "clip", { port: "last" }) },
    };
    expect(joins(...sources, clip, line)).toEqual([["one", "last", "copy"]]);
  });

  test("follows what a list holds, also through another list", () => {
    const lists = [node("inner", "list"), node("outer", "list")];
    const lines = [
      connector("c3", "outer", "picture"),
      connector("c2", "inner", "outer"),
      connector("c1", "one", "inner"),
    ];
    const board = read(one!, ...lists, node("picture", "image-generator"), ...lines);
    const last = board.graph.connections.find(({ via }) => via === "c3");
    expect(last?.to.port).toBe("references");
  });
});

describe("what is drawn twice", () => {
  test("counts once: the connector before the drawn arrow before the invisible connection", () => {
    const target = node("clip", "video-generator", { in: inputRecord(["one", "first"]) });
    const line = connector("c", "one", "clip");
    const all = [one!, target, drawn("a", "one", "clip"), line];
    expect(joins(...all)).toEqual([["one", "first", "c"]]);
    expect(joins(...all.slice(0, 3))).toEqual([["one", "first", "a"]]);
    expect(joins(...all.slice(0, 2))).toEqual([["one", "first", null]]);
  });

  test("without a word for another input is no second connection and no issue", () => {
    const lines = [connector("c1", "one", "clip"), connector("c2", "one", "clip")];
    const board = read(one!, clip, ...lines);
    expect([board.graph.connections.length, board.issues]).toEqual([1, []]);
  });

  test("with a word for another input joins twice", () => {
    const lines = [
      connector("c1", "one", "clip", { text: "start" }),
      connector("c2", "one", "clip", { text: "end" }),
    ];
    expect(joins(one!, clip, ...lines)).toEqual([
      ["one", "first", "c1"],
      ["one", "last", "c2"],
    ]);
  });
});

describe("what cannot be joined", () => {
  test("is an issue at its line, in a sentence", () => {
    const text = node("words", "text");
    const upscaler = node("up", "image-upscaler");
    const { graph, issues } = read(text, upscaler, connector("c", "words", "up"));
    expect(graph.connections).toEqual([]);
    expect(issues).toEqual([
      { code: "line-unclear", nodeId: "c", message: "An Image Upscaler takes no text." },
    ]);
  });

  test("because the input is full is one too", () => {
    const lines = [connector("c1", "one", "up"), connector("c2", "two", "up")];
    const { graph, issues } = read(...sources, node("up", "image-upscaler"), ...lines);
    expect([graph.connections.length, issues[0]?.nodeId]).toEqual([1, "c2"]);
  });

  test("in a circle is drawn all the same; running it is refused elsewhere", () => {
    const [a, b] = ["a", "b"].map((id) => node(id, "assistant"));
    expect(joins(a!, b!, connector("c1", "a", "b"), connector("c2", "b", "a"))).toHaveLength(2);
  });

  test("with two heads is joined from start to end and told", () => {
    const line = connector("c", "one", "clip", { startCap: "arrow", endCap: "arrow" });
    const { graph, issues } = read(one!, clip, line);
    expect([graph.connections.length, issues[0]?.code]).toEqual([1, "line-unclear"]);
  });
});

describe("a connector that means nothing", () => {
  test.each([
    ["hidden", connector("c", "one", "clip", { isVisible: false }), "It is hidden."],
    ["on a stamp", connector("c", "one", "stamp"), "One end is on something that cannot be used."],
  ])("because it is %s joins nothing and says why", (_what, line, reason) => {
    const board = read(one!, clip, layer("stamp", "STAMP"), line);
    expect(board.lines).toMatchObject([{ layer: "c", status: "rejected", reason }]);
    expect(board.graph.connections).toEqual([]);
  });

  test("is on a stamp in the section that holds both", () => {
    const layers = [
      layer("s", "SECTION"),
      layer("stamp", "STAMP", { parent: "s" }),
      layer("one", "STICKY", { parent: "s" }),
      connector("c", "one", "stamp", { parent: "s" }),
    ];
    expect(read(...layers).lines[0]).toMatchObject({ from: "one", to: null, status: "rejected" });
  });

  test("on a cell of a table means the table, also where the cell is no layer of its own", () => {
    const table = layer("4:1", "TABLE", { text: "| a |" });
    const lines = [connector("c", "one", "T4:1;4:2;4:3")];
    expect(read(one!, table, ...lines).lines[0]).toMatchObject({ to: "4:1", status: "bound" });
  });
});
