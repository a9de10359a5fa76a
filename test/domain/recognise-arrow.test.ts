import { describe, expect, test } from "vitest";
import type { Cap, LayerFacts, PathFacts, Point } from "#domain/layer";
import type { NodeType } from "#domain/nodes/index";
import { readBoard } from "#domain/read-board";
import { arrow, arrowRecord, layer, nodeRecord, page, sticky } from "../helpers/build-board.ts";

const read = (layers: readonly LayerFacts[], uses: Record<string, NodeType> = {}) =>
  readBoard(page(...layers), { uses: new Map(Object.entries(uses)) });
const far = { x: 1_000, y: 0 };
const across = [
  { x: 105, y: 50 },
  { x: 995, y: 50 },
];
const capped = (caps: PathFacts["caps"], points: readonly Point[] = across) =>
  arrow("l", points, { path: { points, caps, strokeWeight: 2 } });
const frame = (id: string, at: Point, more: Partial<LayerFacts> = {}) =>
  layer(id, "FRAME", { box: { ...at, width: 100, height: 100 }, ...more });

describe("the direction of a drawn line", () => {
  const two = [sticky("a", "one"), sticky("b", "two", far)];

  test.each([
    ["none", "arrow", "a", "b", "forward"],
    ["dot", "arrow", "a", "b", "forward"],
    ["arrow", "none", "b", "a", "backward"],
    ["arrow", "arrow", "a", "b", "unknown"],
    ["none", "none", "a", "b", "unknown"],
    ["dot", "none", "a", "b", "unknown"],
  ] as const)("with caps %s and %s runs from %s to %s, %s", (start, end, from, to, direction) => {
    const [line] = read([...two, capped({ start, end } satisfies Record<string, Cap>)]).lines;
    expect(line).toMatchObject({ from, to, direction, status: "bound", isInferred: true });
  });

  test("without a head follows what the two can give each other, against the reading order", () => {
    const uses = { a: "image-generator", b: "text" } as const;
    expect(read([...two, capped(null)], uses).lines[0]).toMatchObject({ from: "b", to: "a" });
  });

  test("without a head leads from a generator to the shape that takes the picture", () => {
    const generator = frame("g", far, { records: { node: nodeRecord("g", "image-generator") } });
    const slot = layer("slot", "RECTANGLE");
    const board = read([slot, generator, capped(null)]);
    expect(board.lines[0]).toMatchObject({ from: "g", to: "slot", status: "bound" });
  });

  test.each([
    ["to the right", across.toReversed(), "a", "b"],
    [
      "downwards where it stands upright",
      [
        { x: 50, y: 995 },
        { x: 50.4, y: 105 },
      ],
      "a",
      "below",
    ],
  ])("without a head and equal layers runs %s", (_what, points, from, to) => {
    const layers = [...two, sticky("below", "", { x: 0, y: 1_000 })];
    expect(read([...layers, capped(null, points)]).lines[0]).toMatchObject({ from, to });
  });
});

describe("what the end of a drawn line means", () => {
  const ending = (x: number, y: number, strokeWeight = 2) => {
    const points = [across[0]!, { x, y }];
    return arrow("l", points, {
      path: { points, caps: { start: "none", end: "arrow" }, strokeWeight },
    });
  };
  const to = (layers: readonly LayerFacts[], line: LayerFacts) =>
    read([sticky("a", "one"), ...layers, line]).lines[0]?.to;

  test.each([
    ["12 px before a small layer", 988, 2, "b"],
    ["13 px before it", 987, 2, null],
    ["30 px before it with a stroke of 10", 970, 10, "b"],
    ["48 px before it with a stroke of 100", 952, 100, "b"],
    ["49 px before it, however thick", 951, 100, null],
  ])("%s", (_what, x, strokeWeight, expected) => {
    expect(to([sticky("b", "two", far)], ending(x, 50, strokeWeight))).toBe(expected);
  });

  test("a large layer reaches farther: 8 % of its shorter side", () => {
    const large = layer("b", "FRAME", { box: { x: 1_000, y: 0, width: 500, height: 500 } });
    expect([to([large], ending(960, 50)), to([large], ending(959, 50))]).toEqual(["b", null]);
  });

  test("the smallest layer that holds the point wins", () => {
    const outer = layer("outer", "FRAME", { box: { x: 900, y: 0, width: 900, height: 900 } });
    const inner = sticky("inner", "", far);
    expect(to([outer, { ...inner, parent: "outer" }], ending(1_050, 50))).toBe("inner");
  });

  test("a layer and what lies in it are no rivals", () => {
    const outer = frame("outer", far);
    const text = layer("text", "TEXT", {
      parent: "outer",
      box: { x: 1_003, y: 3, width: 90, height: 90 },
    });
    expect(to([outer, text], ending(995, 50))).toBe("outer");
  });

  test("layers of a node's card stand for the node", () => {
    const card = frame("card", far, { records: { node: nodeRecord("card", "image-generator") } });
    const title = layer("title", "TEXT", {
      parent: "card",
      box: { x: 1_000, y: 40, width: 50, height: 20 },
    });
    expect(to([card, title], ending(1_010, 50))).toBe("card");
  });

  test("hidden layers, also by what holds them, mean nothing", () => {
    const group = frame("group", { x: 5_000, y: 0 }, { isVisible: false });
    expect(to([group, { ...sticky("b", "", far), parent: "group" }], ending(995, 50))).toBeNull();
  });

  test("the section around the line is ground", () => {
    const section = layer("s", "SECTION", { box: { x: -50, y: -50, width: 3_000, height: 900 } });
    const line = { ...ending(600, 400), parent: "s" };
    expect(to([section], line)).toBeNull();
  });
});

describe("a drawn line", () => {
  const two = [sticky("a", "one"), sticky("b", "two", far)];

  test.each([
    [
      "touches nothing",
      [
        { x: 300, y: 900 },
        { x: 500, y: 900 },
      ],
      "rejected",
    ],
    [
      "is a speck",
      [
        { x: 105, y: 50 },
        { x: 108, y: 50 },
      ],
      "rejected",
    ],
    [
      "has both ends at one layer",
      [
        { x: 10, y: 10 },
        { x: 90, y: 90 },
      ],
      "rejected",
    ],
    [
      "has one end in the open",
      [
        { x: 105, y: 50 },
        { x: 500, y: 900 },
      ],
      "floating",
    ],
  ] as const)("that %s: %#", (_what, points, status) => {
    expect(read([...two, arrow("l", points)]).lines[0]?.status).toBe(status);
  });

  test("between two layers that are as near is unclear", () => {
    const layers = [sticky("a", ""), sticky("b", "", far), sticky("d", "", { x: 1_000, y: 110 })];
    const points = [across[0]!, { x: 995, y: 105 }];
    expect(read([...layers, arrow("l", points)]).lines[0]?.status).toBe("ambiguous");
  });
});

describe("lines that are artwork have no entry", () => {
  const two = [sticky("a", "one"), sticky("b", "two", far)];

  test.each(["COMPONENT", "COMPONENT_SET", "INSTANCE", "BOOLEAN_OPERATION"])("in a %s", (type) => {
    const holder = layer("k", type, { box: null });
    const group = layer("g", "GROUP", { parent: "k", box: null });
    const line = { ...capped(null), parent: "g" };
    expect(read([holder, group, ...two, line]).lines).toEqual([]);
  });

  test("on a node's card", () => {
    const card = frame(
      "card",
      { x: 5_000, y: 0 },
      { records: { node: nodeRecord("card", "text") } },
    );
    const group = layer("g", "GROUP", { parent: "card", box: null });
    expect(read([card, group, ...two, { ...capped(null), parent: "g" }]).lines).toEqual([]);
  });

  test("when they or what holds them is hidden", () => {
    const group = layer("g", "GROUP", { isVisible: false });
    const hidden = { ...capped(null), id: "h", isVisible: false };
    expect(read([group, ...two, { ...capped(null), parent: "g" }, hidden]).lines).toEqual([]);
  });
});

describe("an arrow that was confirmed", () => {
  const two = [sticky("a", "one"), sticky("b", "two", far)];
  const uses = { a: "text", b: "video-generator" } as const;
  const stamped = (record: string) => ({
    ...arrow("l", [
      { x: 4_000, y: 4_000 },
      { x: 5_000, y: 5_000 },
    ]),
    records: { edge: record },
  });

  test("joins what it remembers, wherever it lies", () => {
    const { lines, graph } = read([...two, stamped(arrowRecord("l", "a", "b"))], uses);
    expect(lines[0]).toMatchObject({ from: "a", to: "b", status: "bound", isInferred: false });
    expect(graph.connections.map(({ via }) => via)).toEqual(["l"]);
  });

  test("has a free end where its layer is gone", () => {
    const { lines } = read([...two, stamped(arrowRecord("l", "a", "9:9"))], uses);
    expect(lines[0]).toMatchObject({ from: "a", to: null, status: "floating" });
  });

  test("means the card where it remembers a layer on it", () => {
    const card = frame("card", far, { records: { node: nodeRecord("card", "image-generator") } });
    const port = layer("port", "ELLIPSE", { parent: "card" });
    const line = stamped(arrowRecord("l", "a", "port"));
    expect(read([two[0]!, card, port, line]).lines[0]).toMatchObject({ to: "card" });
  });
});

describe("taking suggestions without asking", () => {
  const read = (uses: Record<string, NodeType>) =>
    readBoard(page(sticky("a", "one"), frame("b", far), capped(null)), {
      uses: new Map(Object.entries(uses)),
      isAutoAdopt: true,
    }).graph;

  test("joins a drawn line to a node and makes a source of what feeds it", () => {
    const graph = read({ b: "image-generator" });
    expect(graph.nodes.map(({ id, type }) => [id, type])).toEqual([
      ["a", "text"],
      ["b", "image-generator"],
    ]);
    expect(graph.connections.map(({ via }) => via)).toEqual(["l"]);
  });

  test("makes nothing where no node is fed", () => {
    expect(read({})).toEqual({ nodes: [], connections: [] });
  });
});
