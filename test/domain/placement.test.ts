import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Asset, MediaType } from "#domain/asset";
import type { Item } from "#domain/item";
import type { Box } from "#domain/layer";
import {
  ladderFor,
  placeBeside,
  placeInRow,
  redundantLayers,
  resultRecordSchema,
  sizeOnCanvas,
} from "#domain/placement";
import { reasonAgainstSlot, replacePaint, slotFillIndex, type SlotFacts } from "#domain/slot-layer";
import { assetItem, assetNamed, hashText, textItem } from "../helpers/build-graph.ts";

const boxes = fc.record({
  x: fc.integer({ min: -500, max: 900 }),
  y: fc.integer({ min: -500, max: 900 }),
  width: fc.integer({ min: 1, max: 400 }),
  height: fc.integer({ min: 1, max: 400 }),
});
const overlaps = (one: Box, other: Box) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

describe("the place of a result beside its node", () => {
  const node = { x: 100, y: 50, width: 200, height: 100 };

  test("is to the right at a gap of 80, level with the node", () => {
    expect(placeBeside(node, { width: 10, height: 10 }, [node])).toEqual({ x: 380, y: 50 });
  });

  test("is below what is there already", () => {
    const earlier = { x: 380, y: 50, width: 512, height: 512 };
    expect(placeBeside(node, { width: 512, height: 288 }, [earlier])).toEqual({ x: 380, y: 578 });
  });

  test("is in a gap only if it fits", () => {
    const others = [
      { x: 380, y: 40, width: 10, height: 20 },
      { x: 380, y: 126, width: 10, height: 20 },
    ];
    expect(placeBeside(node, { width: 10, height: 50 }, others).y).toBe(76);
    expect(placeBeside(node, { width: 10, height: 51 }, others).y).toBe(162);
  });

  test("overlaps nothing, never goes up, and does not move when nothing is in the way", () => {
    fc.assert(
      fc.property(fc.array(boxes, { maxLength: 30 }), boxes, (others, size) => {
        const point = placeBeside(node, size, others);
        const placed = { ...point, width: size.width, height: size.height };
        expect(others.some((other) => overlaps(other, placed))).toBe(false);
        expect(point.x).toBe(380);
        expect(point.y).toBeGreaterThanOrEqual(50);
        const first = { ...placed, y: 50 };
        if (!others.some((other) => overlaps(other, first))) expect(point.y).toBe(50);
      }),
    );
  });
});

describe("the size of a result", () => {
  test.each([
    [
      { width: 1024, height: 1024 },
      { width: 512, height: 512 },
    ],
    [
      { width: 8192, height: 4096 },
      { width: 512, height: 256 },
    ],
    [
      { width: 300, height: 200 },
      { width: 300, height: 200 },
    ],
    [
      { width: 10_000, height: 3 },
      { width: 512, height: 1 },
    ],
  ])("%o becomes %o", (picture, size) => {
    expect(sizeOnCanvas(picture)).toEqual(size);
  });

  test("in a row of variants is one height, in their order, without overlap", () => {
    const row = placeInRow({ x: 10, y: 20 }, [
      { width: 1024, height: 1024 },
      { width: 1600, height: 900 },
      { width: 900, height: 1600 },
    ]);
    expect(row).toEqual([
      { x: 10, y: 20, width: 288, height: 288 },
      { x: 314, y: 20, width: 512, height: 288 },
      { x: 842, y: 20, width: 162, height: 288 },
    ]);
    expect(placeInRow({ x: 0, y: 0 }, [])).toEqual([]);
  });
});

describe("the ladder of a result", () => {
  const kinds = (item: Item, editor: "figma" | "figjam") =>
    ladderFor(item, editor).map((rung) => rung.kind);
  const image = (mediaType: MediaType, widthPx: number | null): Item => {
    const asset: Asset = { ...assetNamed("a", mediaType), widthPx };
    return { kind: "asset", asset };
  };

  test.each([
    ["video/mp4", "figma", ["video-fill", "poster-with-link"]],
    ["video/mp4", "figjam", ["video-fill", "link-preview", "poster-with-link"]],
    ["audio/mpeg", "figma", ["sound-card"]],
    ["audio/mpeg", "figjam", ["link-preview", "sound-card"]],
    ["image/png", "figma", ["image-fill"]],
    ["image/png", "figjam", ["image-fill"]],
    ["text/plain", "figjam", ["text-layer"]],
  ] as const)("for %s in %s is %j", (mediaType, editor, expected) => {
    expect(kinds(assetItem("a", mediaType), editor)).toEqual(expected);
  });

  test.each([
    ["image/png", 4096, false],
    ["image/jpeg", 100, false],
    ["image/gif", 100, false],
    ["image/png", 4097, true],
    ["image/webp", 100, true],
    ["image/avif", 100, true],
    ["image/png", null, true],
  ] as const)("takes %s of %s px as a derived image: %s", (mediaType, widthPx, isDerived) => {
    expect(ladderFor(image(mediaType, widthPx), "figma")).toEqual([
      { kind: "image-fill", isDerived },
    ]);
  });

  test.each([
    ["Warm light.", ["sticky", "text-layer"]],
    ["x".repeat(281), ["text-layer"]],
    ["# A heading", ["text-layer"]],
    ["- one\n- two", ["text-layer"]],
    ["a\nb\nc", ["text-layer"]],
    ["```js\nlet a = 1\n```", ["code-block", "text-layer"]],
    ["see ```a``` and ```b```", ["sticky", "text-layer"]],
  ])("puts the text %j in FigJam on %j, in Figma on a text layer", (text, expected) => {
    expect(kinds(textItem(text), "figjam")).toEqual(expected);
    expect(kinds(textItem(text), "figma")).toEqual(["text-layer"]);
  });
});

describe("a result in a design layer", () => {
  const text: SlotFacts = { kind: "text", isLocked: false, hasMissingFont: false, isBound: false };
  const shape: SlotFacts = { ...text, kind: "shape" };

  test.each([
    [shape, assetItem("a"), null],
    [shape, assetItem("a", "video/mp4"), null],
    [text, textItem("a"), null],
    [shape, textItem("a"), "The layer is no text layer. Place the text beside the node?"],
    [text, assetItem("a"), "The layer has no fill for an image. Place it beside the node?"],
    [
      shape,
      assetItem("a", "audio/wav"),
      "A sound cannot be shown in a layer. Place it beside the node?",
    ],
    [{ ...shape, isLocked: true }, assetItem("a"), "The layer is locked. Unlock it?"],
    [
      { ...text, hasMissingFont: true },
      textItem("a"),
      "The font of the layer is missing. Use another font?",
    ],
    [
      { ...shape, isBound: true },
      assetItem("a"),
      "The layer follows a variable. Replace the variable with the result?",
    ],
  ])("in %o: %o gives %s", (slot, item, reason) => {
    expect(reasonAgainstSlot(slot, item)).toBe(reason);
  });

  test("takes the place of the topmost image, video or colour, else goes on top", () => {
    const fills = ["SOLID", "IMAGE", "GRADIENT_LINEAR"].map((type) => ({ type }));
    expect(slotFillIndex(fills)).toBe(1);
    expect(slotFillIndex([{ type: "GRADIENT_LINEAR" }])).toBe(1);
    expect(slotFillIndex([])).toBe(0);
  });

  test("that is replaced keeps five earlier fills, hidden, the newest of them", () => {
    const old = Array.from({ length: 7 }, (_, at) => ({
      type: "IMAGE",
      hash: `${at}`,
      visible: true,
    }));
    const fills = replacePaint(old, { type: "IMAGE", hash: "new", visible: true });
    expect(fills.map((fill) => fill.hash)).toEqual(["2", "3", "4", "5", "6", "new"]);
    expect(fills.map((fill) => fill.visible)).toEqual([false, false, false, false, false, true]);
    expect(old.every((fill) => fill.visible)).toBe(true);
  });
});

describe("the record of a placement", () => {
  const record = {
    v: 1,
    self: "1:2",
    pid: "p",
    runId: "r",
    src: "1:1",
    port: "image",
    idx: 0,
    asset: hashText("a"),
    media: "image/png",
    w: 512,
    h: 512,
  };

  test("passes as JSON and is refused when a field is not what it should be", () => {
    expect(resultRecordSchema.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
    expect(resultRecordSchema.safeParse({ ...record, v: 2 }).success).toBe(false);
    expect(resultRecordSchema.safeParse({ ...record, asset: "x" }).success).toBe(false);
  });

  test("that two layers hold stays on the smaller id by plain comparison", () => {
    const layer = (id: string, pid: string, self = id) => ({ id, record: { self, pid } });
    expect(redundantLayers([layer("9:1", "p"), layer("10:1", "p"), layer("8:1", "q")])).toEqual([
      "9:1",
    ]);
  });

  test("on a copy does not count as placed", () => {
    const copy = { id: "1:1", record: { self: "5:5", pid: "p" } };
    expect(redundantLayers([copy, { id: "5:5", record: { self: "5:5", pid: "p" } }])).toEqual([]);
  });

  test("leaves one layer for each placement, whoever looks and in whatever order", () => {
    const layers = fc.array(fc.tuple(fc.nat({ max: 20 }), fc.constantFrom("p", "q")), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(layers, (pairs) => {
        const all = pairs.map(([at, pid], place) => {
          const id = `${at}:${place}`;
          return { id, record: { self: id, pid } };
        });
        const gone = new Set(redundantLayers(all));
        expect(new Set(redundantLayers([...all].reverse()))).toEqual(gone);
        const left = all.filter((layer) => !gone.has(layer.id)).map((layer) => layer.record.pid);
        expect(left.sort()).toEqual([...new Set(pairs.map(([, pid]) => pid))].sort());
      }),
    );
  });
});
