import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { endsOf, stampArrow } from "#domain/arrow-record";
import { followLinks, type SeenLinks } from "#domain/follow-links";
import type { Box, LayerFacts, PageFacts, Point } from "#domain/layer";
import { linkDrawing } from "#domain/link-drawing";
import { inputPlace, outputPlace } from "#domain/port-place";
import { readBoard } from "#domain/read-board";
import { arrow, layer, nodeRecord, page } from "../helpers/build-board.ts";

const card = (id: string, x: number, y: number): LayerFacts => {
  const box = { x, y, width: 280, height: 200 };
  return layer(id, "FRAME", { box, records: { node: nodeRecord(id, "image-generator") } });
};
const boxOf = (board: PageFacts, id: string): Box =>
  board.layers.find((each) => each.id === id)!.box!;
const pathOf = (board: PageFacts, id: string) =>
  board.layers.find((each) => each.id === id)!.path!.points;
const change = ({ layers, ...rest }: PageFacts, id: string, to: Partial<LayerFacts>): PageFacts => {
  return { ...rest, layers: layers.map((each) => (each.id === id ? { ...each, ...to } : each)) };
};
const move = (board: PageFacts, id: string, by: Point): PageFacts => {
  const box = boxOf(board, id);
  return change(board, id, { box: { ...box, x: box.x + by.x, y: box.y + by.y } });
};
const drag = (board: PageFacts, id: string, points: readonly Point[]): PageFacts =>
  change(board, id, { path: { ...board.layers.find((each) => each.id === id)!.path!, points } });
const follow = (board: PageFacts, seen: SeenLinks = new Map()) =>
  followLinks(board, readBoard(board, { uses: new Map() }), seen);
/** The page once the canvas did what was asked of it. */
const settle = (board: PageFacts, steps: ReturnType<typeof follow>): PageFacts => {
  let now = board;
  for (const { layer: id, points } of steps.drawings) now = drag(now, id!, points);
  for (const { layer: id, value } of steps.writes)
    now = change(now, id, { records: { edge: value } });
  return now;
};

/** Two cards, a third one aside, and a link of ours from the first to the second. */
function linkedBoard(): PageFacts {
  const cards = [card("a", 0, 0), card("b", 600, 100), card("c", 600, 900)];
  const [a, b] = cards.map(({ id, box }) => ({ id, box: box!, type: "image-generator" as const }));
  const { points, record } = linkDrawing(a!, b!, "references");
  const edge = record.replace('"self":""', '"self":"l"');
  return page(...cards, arrow("l", points, { records: { edge } }));
}

/** The same with an arrow drawn by hand: three points, taken as a connection. */
function drawnBoard(): PageFacts {
  const cards = [card("a", 0, 0), card("b", 600, 100), card("c", 600, 900)];
  const [from, to] = cards.map(({ id, box }) => ({ id, box: box! }));
  const points = [
    { x: 284, y: 50 },
    { x: 450, y: 20 },
    { x: 590, y: 180 },
  ];
  const record = stampArrow({ self: "l", from: from!, to: to!, made: "user", port: null }, points);
  return page(...cards, arrow("l", points, { records: { edge: JSON.stringify(record) } }));
}
const moves = fc.record({
  x: fc.integer({ min: -2_000, max: 2_000 }),
  y: fc.integer({ min: -2_000, max: 2_000 }),
});
const near = (point: Point) => ({
  x: expect.closeTo(point.x, 1) as number,
  y: expect.closeTo(point.y, 1) as number,
});

describe("a new link", () => {
  test("runs from the output to its input and is read as the connection that it was drawn for", () => {
    const board = linkedBoard();
    const { connections } = readBoard(board, { uses: new Map() }).graph;
    expect(connections).toMatchObject([
      { from: { node: "a" }, to: { node: "b", port: "references" }, via: "l" },
    ]);
    const [start, end] = endsOf(pathOf(board, "l"));
    expect(start).toEqual(outputPlace(boxOf(board, "a")));
    expect(end).toEqual(inputPlace(boxOf(board, "b"), 1, 3));
    expect(follow(board)).toMatchObject({ drawings: [], writes: [] });
  });
});

describe("a link of ours", () => {
  test("follows its cards wherever they go, and then rests", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), moves), { maxLength: 4 }),
        (all) => {
          let board = linkedBoard();
          let { seen } = follow(board);
          for (const [id, by] of all) board = move(board, id, by);
          const steps = follow(board, seen);
          expect(steps.writes).toEqual([]);
          board = settle(board, steps);
          seen = steps.seen;
          const [start, end] = endsOf(pathOf(board, "l"));
          expect(start).toEqual(outputPlace(boxOf(board, "a")));
          expect(end).toEqual(inputPlace(boxOf(board, "b"), 1, 3));
          const rest = follow(board, seen);
          expect(rest).toMatchObject({ drawings: [], writes: [] });
          expect(follow(board, rest.seen)).toMatchObject({ drawings: [], writes: [] });
        },
      ),
    );
  });

  test("takes the same path in the session of everybody, also of those who saw nothing before", () => {
    fc.assert(
      fc.property(moves, (by) => {
        const { seen } = follow(linkedBoard());
        const board = move(linkedBoard(), "b", by);
        const isFar = Math.max(Math.abs(by.x), Math.abs(by.y)) > 1;
        if (isFar) expect(follow(board, seen).drawings).toEqual(follow(board).drawings);
      }),
    );
  });

  test("is not taken for dragged away while the canvas has not drawn it yet", () => {
    const before = follow(linkedBoard());
    const board = move(linkedBoard(), "b", { x: 900, y: 900 });
    const first = follow(board, before.seen);
    const second = follow(board, first.seen);
    expect(second.writes).toEqual([]);
    expect(second.drawings).toEqual(first.drawings);
  });

  test("is not taken for dragged away when its card is back before the canvas has drawn it", () => {
    const board = linkedBoard();
    const away = move(board, "b", { x: 0, y: 900 });
    const asked = follow(away, follow(board).seen);
    const late = settle(board, asked);
    const unseen = follow(late, asked.seen);
    expect(unseen.writes).toEqual([]);
    expect(pathOf(settle(late, unseen), "l")).toEqual(pathOf(board, "l"));
    // The same where the page was looked at in between.
    const between = follow(board, asked.seen);
    expect(between).toMatchObject({ drawings: [], writes: [] });
    const then = follow(late, between.seen);
    expect(then.writes).toEqual([]);
    expect(pathOf(settle(late, then), "l")).toEqual(pathOf(board, "l"));
  });

  test("comes back when it is moved as a whole, and joins another card when its end is dragged there", () => {
    const board = linkedBoard();
    const { seen } = follow(board);
    const points = pathOf(board, "l");
    const aside = drag(
      board,
      "l",
      points.map(({ x, y }) => ({ x, y: y + 500 })),
    );
    expect(follow(aside, seen).drawings[0]?.points).toEqual(points);
    const onCard = drag(board, "l", [...points.slice(0, -1), { x: 610, y: 1_000 }]);
    const [write] = follow(onCard, seen).writes;
    expect(JSON.parse(write!.value)).toMatchObject({
      src: { id: "a" },
      dst: { id: "c" },
      made: "plugin",
    });
    const rejoined = settle(onCard, follow(onCard, seen));
    expect(readBoard(rejoined, { uses: new Map() }).graph.connections).toMatchObject([
      { from: { node: "a" }, to: { node: "c" } },
    ]);
  });

  test("is a plain line once its end is dragged to where nothing is", () => {
    const board = linkedBoard();
    const { seen } = follow(board);
    const away = drag(board, "l", [...pathOf(board, "l").slice(0, -1), { x: 400, y: 4_000 }]);
    expect(follow(away, seen).writes).toEqual([{ layer: "l", key: "edge", value: "" }]);
  });

  test("stays as it is where a card is gone, and never comes back once it was deleted", () => {
    const board = linkedBoard();
    const { seen } = follow(board);
    for (const gone of ["b", "l"]) {
      const { layers } = board;
      const without = { ...board, layers: layers.filter(({ id }) => id !== gone) };
      expect(follow(without, seen)).toMatchObject({ drawings: [], writes: [] });
      expect(readBoard(without, { uses: new Map() }).graph.connections).toEqual([]);
    }
  });
});

describe("an arrow drawn by hand", () => {
  test("keeps its ends in their places and its look: only turned and stretched", () => {
    fc.assert(
      fc.property(moves, moves, (one, other) => {
        const board = drawnBoard();
        const { seen } = follow(board);
        const moved = move(move(board, "a", one), "b", other);
        const steps = follow(moved, seen);
        const points = pathOf(settle(moved, steps), "l");
        const [start, end] = endsOf(points);
        expect(start).toEqual(near({ x: 284 + one.x, y: 50 + one.y }));
        expect(end).toEqual(near({ x: 590 + other.x, y: 180 + other.y }));
        if (steps.drawings.length === 0) return;
        const ratio = (path: readonly Point[]) => {
          const lengths = path
            .slice(1)
            .map((point, at) => Math.hypot(point.x - path[at]!.x, point.y - path[at]!.y));
          return lengths[0]! / lengths[1]!;
        };
        fc.pre(Math.hypot(end.x - start.x, end.y - start.y) > 1);
        expect(ratio(points)).toBeCloseTo(ratio(pathOf(board, "l")), 3);
      }),
    );
  });

  test("that flows against its path does so while it follows", () => {
    const cards = [card("a", 0, 0), card("b", 600, 100)];
    const [a, b] = cards.map(({ id, box }) => ({ id, box: box! }));
    const points = [
      { x: 590, y: 180 },
      { x: 290, y: 50 },
    ];
    const record = stampArrow({ self: "l", from: a!, to: b!, made: "user", port: null }, points);
    expect(record.flip).toBe(true);
    const board = page(...cards, arrow("l", points, { records: { edge: JSON.stringify(record) } }));
    const { seen } = follow(board);
    const [drawing] = follow(move(board, "a", { x: 0, y: 100 }), seen).drawings;
    expect(drawing?.points).toEqual(
      [
        { x: 590, y: 180 },
        { x: 290, y: 150 },
      ].map(near),
    );
  });
});
