import { describe, expect, test } from "vitest";
import { readRestFile } from "../../../server/figma/read-rest-file.ts";

const box = (width: number, height: number) => ({ x: 100, y: 200, width, height });
const stroke = { type: "SOLID", color: { r: 0, g: 0, b: 0, a: 1 } };
const line = (more: object) => ({
  id: "1:1",
  type: "LINE",
  strokes: [stroke],
  strokeWeight: 2,
  ...more,
});
const pathOf = (...layers: readonly object[]) => {
  const read = readRestFile(JSON.stringify({ id: "0:1", type: "CANVAS", children: layers }));
  if (read.kind === "refused") return expect.unreachable(read.sentence);
  return read.pages[0]!.layers.find((layer) => layer.id === "1:1")!.path;
};
const endsOf = (layer: object) =>
  pathOf(layer)?.points.map(({ x, y }) => [Math.round(x), Math.round(y)]);

describe("the ends of a LINE", () => {
  const slanted = Math.atan2(40, 30);
  test.each([
    [
      "level",
      { absoluteBoundingBox: box(50, 0) },
      [
        [100, 200],
        [150, 200],
      ],
    ],
    [
      "upright",
      { absoluteBoundingBox: box(0, 50), rotation: Math.PI / 2 },
      [
        [100, 200],
        [100, 250],
      ],
    ],
    [
      "upright, drawn upwards",
      { absoluteBoundingBox: box(0, 50), rotation: -Math.PI / 2 },
      [
        [100, 250],
        [100, 200],
      ],
    ],
    [
      "falling to the right",
      { absoluteBoundingBox: box(30, 40), rotation: slanted },
      [
        [100, 200],
        [130, 240],
      ],
    ],
    [
      "rising to the right",
      { absoluteBoundingBox: box(30, 40), rotation: -slanted },
      [
        [100, 240],
        [130, 200],
      ],
    ],
    [
      "rising to the left",
      { absoluteBoundingBox: box(30, 40), rotation: slanted - Math.PI },
      [
        [130, 240],
        [100, 200],
      ],
    ],
    [
      "falling, told by its transform",
      {
        absoluteBoundingBox: box(30, 40),
        size: { x: 50, y: 0 },
        relativeTransform: [
          [0.6, -0.8, 0],
          [0.8, 0.6, 0],
        ],
      },
      [
        [100, 200],
        [130, 240],
      ],
    ],
  ])("follow from its box and turn: %s", (_what, more, ends) => {
    expect(endsOf(line(more))).toEqual(ends);
  });

  test("count the turn of the frames around it, not that of groups", () => {
    const inside = line({ absoluteBoundingBox: box(30, 40), rotation: slanted - 0.5 });
    const frame = { id: "2", type: "FRAME", rotation: 0.5, children: [inside] };
    const group = { id: "2", type: "GROUP", rotation: 0.5, children: [inside] };
    expect(endsOf(frame)).toEqual([
      [100, 200],
      [130, 240],
    ]);
    expect(pathOf(group)).toBeNull();
  });

  test.each([
    ["it slants and no turn is told", { absoluteBoundingBox: box(30, 40) }],
    ["its turn does not fit its box", { absoluteBoundingBox: box(30, 40), rotation: 0.1 }],
    ["it has no box", { absoluteBoundingBox: null }],
    ["it has no stroke", { absoluteBoundingBox: box(50, 0), strokes: [] }],
    [
      "its stroke is hidden",
      { absoluteBoundingBox: box(50, 0), strokes: [{ ...stroke, visible: false }] },
    ],
    [
      "its stroke is clear",
      { absoluteBoundingBox: box(50, 0), strokes: [{ ...stroke, opacity: 0 }] },
    ],
  ])("are not known when %s", (_what, more) => {
    expect(pathOf(line(more))).toBeNull();
  });
});

describe("the caps of a LINE", () => {
  test.each([
    ["NONE", { start: "none", end: "none" }],
    ["LINE_ARROW", null],
    ["TRIANGLE_ARROW", null],
    ["CIRCLE_FILLED", null],
  ])("stand for both ends at once: %s", (strokeCap, caps) => {
    expect(pathOf(line({ absoluteBoundingBox: box(50, 0), strokeCap }))?.caps).toEqual(caps);
  });
});

describe("the path of a VECTOR", () => {
  const vector = (more: object) => line({ type: "VECTOR", ...more });
  const square = { absoluteBoundingBox: box(40, 40) };

  test("is known without points when it is as flat as a line", () => {
    const flat = vector({ absoluteBoundingBox: box(30, 40), rotation: Math.atan2(40, 30) });
    expect(endsOf(flat)).toEqual([
      [100, 200],
      [130, 240],
    ]);
    expect(endsOf(vector({ absoluteBoundingBox: box(0, 40) }))).toEqual([
      [100, 200],
      [100, 240],
    ]);
  });

  test.each([
    ["it has an area", square],
    [
      "it is turned by 45 degrees, where every size has the same box",
      { ...square, rotation: Math.PI / 4 },
    ],
  ])("is not known when %s", (_what, more) => {
    expect(pathOf(vector(more))).toBeNull();
  });

  const networkOf = (
    segments: readonly (readonly [number, number])[],
    regions: unknown[] = [],
  ) => ({
    vertices: [
      [0, 0],
      [5, 2],
      [10, 0],
    ].map(([x, y]) => ({ position: { x, y }, meta: 0 })),
    segments: segments.map(([start, end]) => ({ start, end, meta: 0 })),
    regions,
  });

  test("is its network, fitted into its size, where the answer has one", () => {
    const vectorNetwork = networkOf([
      [0, 1],
      [1, 2],
    ]);
    const open = vector({
      absoluteBoundingBox: box(100, 50),
      size: { x: 100, y: 50 },
      vectorNetwork,
    });
    expect(endsOf(open)).toEqual([
      [100, 200],
      [150, 250],
      [200, 200],
    ]);
    expect(pathOf(open)?.caps).toBeNull();
  });

  test.each([
    [
      "closed",
      networkOf([
        [0, 1],
        [1, 2],
        [2, 0],
      ]),
    ],
    [
      "filled",
      networkOf(
        [
          [0, 1],
          [1, 2],
        ],
        [{ loops: [[0, 1, 2]] }],
      ),
    ],
  ])("is none when its network is %s", (_what, vectorNetwork) => {
    expect(pathOf(vector({ absoluteBoundingBox: box(100, 50), vectorNetwork }))).toBeNull();
  });
});
