import { afterEach, describe, expect, test } from "vitest";
import type { PlaceContent } from "#domain/place-content";
import { absoluteBox } from "../figma/model/geometry.ts";
import type { Layer } from "../figma/model/layer.ts";
import { buildPng } from "../helpers/build-png.ts";
import {
  charactersOf,
  closeBoards,
  openTestBoard,
  pictureOfPage,
  piecesOf,
  resultRecord,
  storedRecord,
  type Board,
} from "./board.ts";

afterEach(closeBoards);

const sizes = { widthPx: 800, heightPx: 400 };
const image: PlaceContent["rungs"][number] = {
  kind: "image-fill",
  picture: { transfer: "png", ...sizes },
  link: null,
};
const words = (text: string): PlaceContent["rungs"] => [{ kind: "text-layer", text }];

async function open(editor: "figma" | "figjam" = "figma"): Promise<Board> {
  const board = await openTestBoard({ editor });
  await board.send("png", buildPng(sizes));
  return board;
}

let last = 0;

async function put(
  board: Board,
  node: string,
  changes: Partial<PlaceContent> = {},
  record: Partial<PlaceContent["record"]> = {},
): Promise<Layer> {
  last += 1;
  const outcome = await board.place({
    node,
    rungs: [image],
    ...changes,
    record: resultRecord({ pid: `where-${last}`, src: node, w: 800, h: 400, ...record }),
  });
  if (outcome.kind !== "placed") throw new Error(JSON.stringify(outcome));
  return board.layer(outcome.layer);
}

const boxOf = (layer: Layer) => {
  const { x, y, width, height } = absoluteBox(layer);
  return { x, y, width, height };
};

describe.each(["figma", "figjam"] as const)("inside a card in %s", (editor) => {
  test("the newest is large, the others are small below it, the rest is hidden", async () => {
    const board = await open(editor);
    const node = await board.create("image-generator", { body: null });
    const layers: Layer[] = [];
    for (let idx = 0; idx < 6; idx += 1) {
      layers.push(await put(board, node, { count: 6 }, { idx, runId: "one" }));
    }
    expect(layers.slice(0, 5).map(({ values }) => values.width)).toEqual([248, 56, 56, 56, 56]);
    expect(layers.map(({ values }) => values.visible)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
    const newest = await put(board, node, {}, { runId: "two" });
    expect([newest.values.width, layers[0]?.values.width]).toEqual([248, 56]);
    expect(boxOf(newest).y).toBeLessThan(boxOf(layers[0]!).y);
    const card = boxOf(board.layer(node));
    const footer = boxOf(piecesOf(board.layer(node)).get("footer")!);
    for (const layer of [newest, ...layers].filter(({ values }) => values.visible)) {
      const box = boxOf(layer);
      expect(box.x).toBeGreaterThanOrEqual(card.x);
      expect(box.x + box.width).toBeLessThanOrEqual(card.x + card.width);
      expect(box.y + box.height).toBeLessThanOrEqual(footer.y);
    }
    expect(footer.y + footer.height).toBeLessThanOrEqual(card.y + card.height);
  });

  test("what was dragged out is left alone, and so is what people put in", async () => {
    const board = await open(editor);
    const node = await board.create("image-generator");
    const first = await put(board, node);
    const holder = first.parent!;
    board.standIn.user.putInto(first, board.standIn.document.pages[0]!);
    const note = board.standIn.user.draw("RECTANGLE", {}, { x: 3, y: 4 });
    board.standIn.user.putInto(note, holder);
    const before = [boxOf(first), boxOf(note)];
    await put(board, node);
    expect([boxOf(first), boxOf(note)]).toEqual(before);
  });

  test("a text stands in a card once: the result takes the place of the body's words", async () => {
    const board = await open(editor);
    const body = { kind: "text", text: "Words" } as const;
    const node = await board.create("assistant", { body });
    const result = await put(board, node, { rungs: words("Words") }, { media: "text/plain" });
    const shown = () => piecesOf(board.layer(node)).get("body")?.values.visible;
    expect(shown()).toBe(false);
    await board.draw(node, "assistant", { body });
    expect(shown()).toBe(false);
    board.standIn.user.delete(result);
    await board.draw(node, "assistant", { body });
    expect(shown()).toBe(true);
  });

  test("of a long text twelve lines are seen in a card, before it is placed and after", async () => {
    const board = await open(editor);
    const text = "Line\n".repeat(40);
    const node = await board.create("assistant", { body: { kind: "text", text } });
    const body = piecesOf(board.layer(node)).get("text")!;
    expect(body.values.height).toBe(12 * 17);
    const result = await put(board, node, { rungs: words(text) }, { media: "text/plain" });
    expect(result.values.height).toBe(12 * 15);
    expect(charactersOf(result).split("\n").length).toBeGreaterThanOrEqual(40);
  });

  test("replace gives the newest result the new picture and keeps the old ones hidden", async () => {
    const board = await open(editor);
    const node = await board.create("image-generator");
    const first = await put(board, node, { mode: "replace" });
    for (let more = 0; more < 7; more += 1) {
      expect(await put(board, node, { mode: "replace" })).toBe(first);
    }
    const fills = first.values["fills"] as { visible?: boolean }[];
    expect(fills.map(({ visible }) => visible !== false)).toEqual([
      ...Array<boolean>(5).fill(false),
      true,
    ]);
    expect(storedRecord(first, "res")).toMatchObject({ pid: `where-${last}`, self: first.id });
  });
});

describe("beside a node that is no card", () => {
  test("to the right at a gap of 80, at most 512 large, below what is there", async () => {
    const board = await open();
    const frame = board.standIn.user.draw("FRAME", { width: 300, height: 200 }, { x: 100, y: 50 });
    const first = await put(board, frame.id);
    expect(boxOf(first)).toEqual({ x: 480, y: 50, width: 512, height: 256 });
    const second = await put(board, frame.id, {}, { runId: "two" });
    expect(boxOf(second)).toMatchObject({ x: 480, y: 322 });
    const text = await put(board, frame.id, { rungs: words("Some words") }, { runId: "three" });
    expect(text.values.width).toBe(400);
  });

  test("several stand in one row in their order, whichever comes first", async () => {
    const board = await open();
    const frame = board.standIn.user.draw("FRAME", { width: 300, height: 200 }, { x: 0, y: 0 });
    const order = [2, 0, 3, 1];
    const layers = new Map<number, Layer>();
    for (const idx of order) layers.set(idx, await put(board, frame.id, { count: 4 }, { idx }));
    const boxes = [0, 1, 2, 3].map((idx) => boxOf(layers.get(idx)!));
    expect(boxes.map(({ x }) => x)).toEqual([380, 908, 1436, 1964]);
    expect(new Set(boxes.map(({ y, height }) => `${y} ${height}`)).size).toBe(1);
  });

  test("outside of an artboard, and inside a section that grows with it", async () => {
    const board = await open();
    const { user } = board.standIn;
    const artboard = user.draw("FRAME", { width: 600, height: 400 }, { x: 0, y: 0 });
    const inner = user.draw("RECTANGLE", {}, { x: 20, y: 20 });
    user.putInto(inner, artboard);
    const free = await put(board, inner.id);
    expect([free.parent?.type, boxOf(free).x]).toEqual(["PAGE", 680]);
    const section = user.draw("SECTION", { width: 400, height: 300 }, { x: 0, y: 2000 });
    const sticky = user.draw("RECTANGLE", {}, { x: 20, y: 2020 });
    user.putInto(sticky, section);
    const inside = await put(board, sticky.id);
    expect(inside.parent).toBe(section);
    expect(section.values.width).toBe(20 + 100 + 80 + 512 + 32);
    expect([section.values.height, section.values.transform[1][2]]).toEqual([308, 2000]);
  });
});

describe("in place of what a layer shows", () => {
  const target = { mode: "replace" } as const;

  test("a picture goes into the layer's own fill, at its size, and comes back by Undo", async () => {
    const board = await open();
    const red = { type: "SOLID", color: { r: 1, g: 0, b: 0 } };
    const values = { width: 90, height: 50, fills: [red] };
    const shape = board.standIn.user.draw("RECTANGLE", values);
    const before = pictureOfPage(board);
    expect(await put(board, shape.id, target)).toBe(shape);
    expect(boxOf(shape)).toMatchObject({ width: 90, height: 50 });
    expect(shape.values["fills"]).toMatchObject([
      { type: "SOLID", visible: false },
      { type: "IMAGE" },
    ]);
    expect(shape.values.name).toBe("Rectangle");
    board.standIn.user.undo();
    expect(pictureOfPage(board)).toBe(before);
  });

  test("words go into a text layer and look as its first ones did", async () => {
    const board = await open();
    const { document, user } = board.standIn;
    const text = user.draw("TEXT");
    user.type(text, "Title");
    expect(await put(board, text.id, { ...target, rungs: words("**New** title") })).toBe(text);
    expect(charactersOf(text)).toBe("New title");
    user.undo();
    expect([charactersOf(text), storedRecord(text, "res")]).toEqual(["Title", null]);
    expect(document.layer(text.id)).toBe(text);
  });

  test("a picked layer that cannot take it is asked about, not passed by", async () => {
    const board = await open();
    const { user } = board.standIn;
    const slot = (layer: Layer, rungs: PlaceContent["rungs"]) =>
      board.place({ node: layer.id, rungs, ...target, record: resultRecord({ src: "1:999" }) });
    const locked = user.draw("RECTANGLE", { locked: true });
    const text = user.draw("TEXT");
    user.type(text, "Old");
    const gone = { family: "Nowhere Sans", style: "Bold" };
    const content = text.values["textText"] as { runs: { style: object }[] };
    const runs = content.runs.map((run) => ({ ...run, style: { ...run.style, fontName: gone } }));
    user.set(text, "textText", { ...content, runs });
    const before = pictureOfPage(board);
    const outcomes = [
      await slot(locked, [image]),
      await slot(text, words("New")),
      await slot(text, [image]),
      await slot(locked, words("New")),
    ];
    expect(outcomes).toEqual([
      { kind: "failed", message: "The layer is locked. Unlock it?" },
      { kind: "failed", message: "The font of the layer is missing. Use another font?" },
      { kind: "failed", message: "The layer has no fill for an image. Place it beside the node?" },
      { kind: "failed", message: "The layer is no text layer. Place the text beside the node?" },
    ]);
    expect(pictureOfPage(board)).toBe(before);
  });

  test("a node that cannot take its own result gets it beside itself", async () => {
    const board = await open();
    const text = board.standIn.user.draw("TEXT");
    const layer = await put(board, text.id, target);
    expect(layer.type).toBe("RECTANGLE");
    expect(await put(board, text.id, target)).toBe(layer);
  });
});
