import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRestFile } from "../../../server/figma/read-rest-file.ts";

const text = (value: unknown) => JSON.stringify(value);
const shape = (id: string, more: object = {}) => ({
  id,
  type: "SHAPE_WITH_TEXT",
  name: id,
  ...more,
});
const file = (...children: unknown[]) => ({
  document: {
    id: "0:0",
    type: "DOCUMENT",
    children: [{ id: "0:1", type: "CANVAS", name: "Page 1", children }],
  },
});
const layersOf = (value: unknown) => {
  const read = readRestFile(text(value));
  return read.kind === "pages" ? read.pages[0]!.layers : expect.unreachable(read.sentence);
};

describe("what is no Figma file", () => {
  test.each([
    ["nothing", "", "empty"],
    ["a word", "hello", "not JSON"],
    ["null", "null", "no Figma file"],
    ["a number", "3", "no Figma file"],
    ["a list", "[]", "no Figma file"],
    ["some object", "{}", "no Figma file"],
    ["layers that were not found", '{"nodes":{"1:2":null}}', "none of the layers"],
    ["Figma's refusal", '{"status":403,"err":"Invalid token"}', '403, "Invalid token"'],
    ["a fault in the middle", '{"a":1,\n "b" 2}', "line 2, column 6"],
    ["a web page", "<!doctype html>", "not JSON"],
    ["a truncated file", text(file(shape("1"))).slice(0, 60), "breaks off after 60 characters"],
  ])("is refused in a sentence: %s", (_what, content, words) => {
    const read = readRestFile(content);
    expect(read).toMatchObject({ kind: "refused" });
    expect(read.kind === "refused" && read.sentence).toContain(words);
  });
});

describe("the forms of REST JSON", () => {
  const page = file(shape("1:2")).document.children[0]!;
  test.each([
    ["a file", file(shape("1:2"))],
    ["a document", file(shape("1:2")).document],
    ["a page", page],
    ["a nodes answer", { nodes: { "1:2": { document: shape("1:2") } } }],
  ])("are all read: %s", (_what, value) => {
    expect(layersOf(value).map((layer) => layer.id)).toEqual(["1:2"]);
  });
});

describe("an answer with several layers", () => {
  test("is one page, so that lines between them are read", () => {
    const nodes = { "1:2": { document: shape("1:2") }, "1:3": { document: shape("1:3") } };
    const read = readRestFile(text({ name: "Board", nodes }));
    expect(read).toMatchObject({ kind: "pages", pages: [{ name: "Board" }] });
    expect(read.kind === "pages" && read.pages[0]?.layers.map(({ id }) => id)).toEqual([
      "1:2",
      "1:3",
    ]);
  });

  test("keeps pages apart", () => {
    const pageOf = (id: string) => ({ document: { id, type: "CANVAS", name: id } });
    const read = readRestFile(text({ nodes: { "0:1": pageOf("0:1"), "0:2": pageOf("0:2") } }));
    expect(read.kind === "pages" && read.pages.map(({ name }) => name)).toEqual(["0:1", "0:2"]);
  });
});

describe("what layers remember", () => {
  test("is the shared plugin data of Spaces, as stored", () => {
    const sharedPluginData = { spaces: { node: "{", edge: "e", other: "x" }, tokens: { a: "b" } };
    expect(layersOf(file(shape("1", { sharedPluginData })))[0]?.records).toEqual({
      node: "{",
      edge: "e",
    });
  });
});

describe("REST's names", () => {
  test("become the plugin API's", () => {
    const end = { endpointNodeId: "1", magnet: "AUTO" };
    const [polygon, line] = layersOf(
      file(
        { id: "1", type: "REGULAR_POLYGON" },
        {
          id: "2",
          type: "CONNECTOR",
          characters: "yes",
          connectorStart: end,
          connectorEnd: { position: { x: 1, y: 2 } },
          connectorEndStrokeCap: "LINE_ARROW",
          connectorStartStrokeCap: "CIRCLE_FILLED",
        },
      ),
    );
    expect(polygon?.type).toBe("POLYGON");
    expect(line).toMatchObject({
      text: "yes",
      connector: {
        start: { layer: "1", position: null },
        end: { layer: null, position: { x: 1, y: 2 } },
        direction: "forward",
      },
    });
  });

  test("the topmost visible fill decides what a layer shows", () => {
    const fills = [
      { type: "IMAGE", imageRef: "a" },
      { type: "VIDEO", visible: false },
    ];
    expect(layersOf(file(shape("1", { fills })))[0]?.picture).toEqual({ kind: "image", hash: "a" });
  });

  test("a table is its cells as Markdown, in rows and columns", () => {
    const cell = (id: string, characters: string, x: number, y: number) => ({
      id,
      type: "TABLE_CELL",
      characters,
      absoluteBoundingBox: { x, y, width: 1, height: 1 },
    });
    const children = [
      cell("d", "2|3", 1, 1),
      cell("a", "A", 0, 0),
      cell("b", "B", 1, 0),
      cell("c", "1", 0, 1),
    ];
    expect(layersOf(file({ id: "t", type: "TABLE", children }))[0]?.text).toBe(
      "| A | B |\n| --- | --- |\n| 1 | 2\\|3 |",
    );
  });
});

describe("odd files", () => {
  test("missing boxes, old files and wrong kinds of value cost no layer", () => {
    const odd = shape("1", {
      absoluteBoundingBox: null,
      fills: "none",
      visible: "yes",
      strokeWeight: null,
    });
    expect(layersOf(file(odd, { nothing: true }, null, 7)).map((layer) => layer.id)).toEqual(["1"]);
  });

  test("10,000 levels and 10,000 layers are read", () => {
    const open = Array.from(
      { length: 10_000 },
      (_, at) => `{"id":"${at}","type":"FRAME","children":[`,
    );
    const deep = `{"type":"CANVAS","id":"p","children":[${open.join("")}${"]}".repeat(10_000)}]}`;
    const read = readRestFile(`\ufeff${deep}`);
    expect(read.kind === "pages" && read.pages[0]?.layers).toHaveLength(10_000);
    const wide = Array.from({ length: 10_000 }, (_, at) => shape(`w${at}`));
    expect(layersOf(file(...wide))).toHaveLength(10_000);
  });

  test("NUL and lone surrogates are taken out of texts", () => {
    expect(layersOf(file(shape("1", { characters: "a\u0000b\ud800c" })))[0]?.text).toBe("abc");
  });

  test("any JSON gives pages or one sentence", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (content) => {
        const read = readRestFile(content);
        expect(read.kind === "pages" || read.sentence.endsWith(".")).toBe(true);
      }),
    );
  });
});
