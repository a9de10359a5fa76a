import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cap, Point } from "#domain/layer";
import { pathOfNetwork } from "#domain/vector-path";

type Vertex = readonly [number, number, (Cap | null)?];
const network = (
  points: readonly Vertex[],
  joins: readonly (readonly [number, number])[],
  hasRegions = false,
) => ({
  vertices: points.map(([x, y, cap = null]) => ({ x, y, cap })),
  segments: joins.map(([start, end]) => ({ start, end })),
  hasRegions,
});
const place = { toPage: (point: Point) => ({ x: point.x + 100, y: point.y }), cap: null };
const read = (value: ReturnType<typeof network>, cap: Cap | null = null) =>
  pathOfNetwork(value, { ...place, cap, strokeWeight: 2 });

describe("one open line", () => {
  test("is read from end to end, in whatever order it was drawn, in the page's space", () => {
    const found = read(
      network(
        [
          [50, 0],
          [0, 0],
          [100, 0],
        ],
        [
          [0, 2],
          [1, 0],
        ],
      ),
    );
    expect(found?.points.map(({ x }) => x)).toEqual([200, 150, 100].toReversed());
  });

  test.each([
    ["none", "arrow", null, { start: "none", end: "arrow" }],
    [undefined, "arrow", "none", { start: "none", end: "arrow" }],
    [undefined, undefined, "arrow", { start: "arrow", end: "arrow" }],
    [undefined, undefined, null, null],
  ] as const)("has caps of its points %s, %s or else its layer %s", (start, end, layer, caps) => {
    const line = network(
      [
        [0, 0, start ?? null],
        [100, 0, end ?? null],
      ],
      [[0, 1]],
    );
    expect(read(line, layer)?.caps).toEqual(caps);
  });
});

describe("an arrowhead drawn as barbs", () => {
  const shaft: Vertex[] = [
    [0, 0],
    [50, 10],
    [100, 0],
  ];
  const along = [
    [0, 1],
    [1, 2],
  ] as const;

  test("is taken off and makes the head of its end", () => {
    const barbs = network([...shaft, [92, 5], [92, -5]], [...along, [2, 3], [2, 4]]);
    const found = read(barbs, "none");
    expect(found?.points).toHaveLength(3);
    expect(found?.caps).toEqual({ start: "none", end: "arrow" });
  });

  test("at both ends makes both heads", () => {
    const barbs = network(
      [...shaft, [92, 5], [92, -5], [8, 5], [8, -5]],
      [...along, [2, 3], [2, 4], [0, 5], [0, 6]],
    );
    expect(read(barbs)?.caps).toEqual({ start: "arrow", end: "arrow" });
  });

  test("with barbs too long to be any is no arrow", () => {
    const fork = network([...shaft, [60, 40], [60, -40]], [...along, [2, 3], [2, 4]]);
    expect(read(fork)).toBeNull();
  });
});

describe("what is no open line", () => {
  const square: Vertex[] = [
    [0, 0],
    [9, 0],
    [9, 9],
    [0, 9],
  ];
  const around = [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 0],
  ] as const;

  test.each([
    ["a closed shape", network(square, around)],
    ["a filled area", network(square, around.slice(0, 3), true)],
    [
      "two strokes in one",
      network(square, [
        [0, 1],
        [2, 3],
      ]),
    ],
    [
      "a cross",
      network(
        [...square, [4, 4]],
        [
          [0, 4],
          [1, 4],
          [2, 4],
          [3, 4],
        ],
      ),
    ],
    ["a line beside a circle", network([...square, [20, 20], [30, 30]], [...around, [4, 5]])],
    ["a lone point", network([[0, 0]], [])],
    ["points that are not joined", network(square, [])],
    ["a segment to a point that is not there", network(square, [[0, 9]])],
    [
      "a drawing of more than 400 points",
      network(
        Array.from({ length: 401 }, (_, at) => [at, 0] as const),
        Array.from({ length: 400 }, (_, at) => [at, at + 1] as const),
      ),
    ],
  ])("%s is refused", (_what, value) => {
    expect(read(value)).toBeNull();
  });
});

describe("any network", () => {
  const index = fc.integer({ min: -1, max: 12 });
  const any = fc.record({
    points: fc.array(fc.tuple(fc.integer(), fc.integer()), { maxLength: 12 }),
    joins: fc.array(fc.tuple(index, index), { maxLength: 16 }),
  });

  test("is read or refused, and a path visits each of its points once", () => {
    fc.assert(
      fc.property(any, ({ points, joins }) => {
        const found = read(network(points, joins));
        if (!found) return;
        expect(found.points.length).toBeGreaterThanOrEqual(2);
        expect(found.points.length).toBeLessThanOrEqual(points.length);
      }),
      { numRuns: 500 },
    );
  });
});
