import { describe, expect, test } from "vitest";
import { readBoard } from "#domain/read-board";
import { connector, layer, nodeRecord, page, sticky } from "../helpers/build-board.ts";
import { readLayers as read, readFirstLine as line } from "../helpers/read-layers.ts";

const far = { x: 1_000, y: 0 };
const two = [sticky("a", "one"), sticky("b", "two", far)];

describe("the ends of a connector", () => {
  test("join two different layers", () => {
    expect(line([...two, connector("c", "a", "b")])).toMatchObject({
      from: "a",
      to: "b",
      status: "bound",
      direction: "forward",
    });
  });

  test.each([
    ["the page", "page"],
    ["a layer that is gone", "9:9"],
  ])("are free when they name %s", (_what, id) => {
    expect(line([...two, connector("c", "a", id)])).toMatchObject({ to: null, status: "floating" });
  });

  test("are free when they name the section around the connector, with a position in it", () => {
    const box = { x: 500, y: 500, width: 900, height: 900 };
    const section = layer("s", "SECTION", { box });
    const inside = { ...sticky("b", "two", { x: 700, y: 700 }), parent: "s" };
    const end = { layer: "s", position: { x: 210, y: 210 } };
    const found = line([
      section,
      sticky("a", "one"),
      inside,
      connector("c", "a", end, { parent: "s" }),
    ]);
    expect(found).toMatchObject({ from: "a", to: "b", status: "floating" });
  });

  test("are bound to the section around the connector where no position is told", () => {
    const section = layer("s", "SECTION");
    const line = connector("c", "a", "s", { parent: "s" });
    expect(read([section, ...two, line]).lines[0]).toMatchObject({ to: "s", status: "bound" });
  });

  test("are bound to a section that does not hold the connector", () => {
    const section = layer("s", "SECTION");
    const end = { layer: "s", position: { x: 5, y: 5 } };
    expect(line([section, ...two, connector("c", "a", end)])).toMatchObject({
      to: "s",
      status: "bound",
    });
  });

  test("inside an instance stand for the outermost instance", () => {
    const instance = layer("i", "INSTANCE");
    const inner = layer("I1;2", "INSTANCE", { parent: "i" });
    const deep = layer("I1;2;3", "RECTANGLE", { parent: "I1;2" });
    expect(line([instance, inner, deep, sticky("a", ""), connector("c", "a", "I1;2;3")])?.to).toBe(
      "i",
    );
  });

  test("on a layer inside a node's card mean the card", () => {
    const card = layer("card", "FRAME", {
      records: { node: nodeRecord("card", "image-generator") },
    });
    const title = layer("title", "TEXT", { parent: "card" });
    expect(line([card, title, sticky("a", "x"), connector("c", "a", "title")])?.to).toBe("card");
  });

  test("on the same layer make no connection", () => {
    expect(line([...two, connector("c", "a", "a")])?.status).toBe("self");
  });

  test("on another page are told so", () => {
    const options = { uses: new Map(), isElsewhere: (id: string) => id === "other" };
    const board = readBoard(page(...two, connector("c", "a", "other")), options);
    expect(board.lines[0]?.status).toBe("crossing-pages");
  });

  test("that float near a layer name it softly", () => {
    const found = line([...two, connector("c", "a", { x: 990, y: 50 })]);
    expect(found).toMatchObject({ to: "b", status: "floating" });
  });
});

describe("the direction of a connector", () => {
  test.each([
    ["none", "arrow", "a", "b", "forward"],
    ["none", "none", "a", "b", "forward"],
    ["arrow", "none", "b", "a", "backward"],
    ["arrow", "arrow", "a", "b", "two-way"],
  ] as const)("with caps %s and %s runs from %s to %s", (startCap, endCap, from, to, direction) => {
    const found = line([...two, connector("c", "a", "b", { startCap, endCap })]);
    expect(found).toMatchObject({ from, to, direction });
  });
});
