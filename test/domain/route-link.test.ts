import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Box, Point } from "#domain/layer";
import { inputPlace, outputPlace } from "#domain/port-place";
import { crosses, routeLink, type LinkCourse } from "#domain/route-link";

const boxes = fc.record({
  x: fc.integer({ min: -800, max: 800 }),
  y: fc.integer({ min: -800, max: 800 }),
  width: fc.integer({ min: 20, max: 400 }),
  height: fc.integer({ min: 20, max: 400 }),
});
const courses = fc.tuple(boxes, boxes, fc.nat({ max: 2 })).map(([from, to, at]): LinkCourse => {
  return { from, to, start: outputPlace(from), end: inputPlace(to, at, 3) };
});
const areApart = (one: Box, other: Box) =>
  one.x > other.x + other.width ||
  other.x > one.x + one.width ||
  one.y > other.y + other.height ||
  other.y > one.y + one.height;
const stretches = (path: readonly Point[]) =>
  path.slice(1).map((point, at) => [path[at]!, point] as const);
const crossingsOf = (path: readonly Point[], box: Box) =>
  stretches(path).filter(([one, other]) => crosses(one, other, box)).length;

describe("the ports of a card", () => {
  test("are at its right near the top and at its left near the bottom", () => {
    const card = { x: 100, y: 50, width: 280, height: 300 };
    expect(outputPlace(card)).toEqual({ x: 380, y: 68 });
    expect(inputPlace(card, 0, 1)).toEqual({ x: 100, y: 336 });
    expect([0, 1, 2].map((at) => inputPlace(card, at, 3).y)).toEqual([296, 316, 336]);
  });

  test("stay on the border of the smallest layer", () => {
    fc.assert(
      fc.property(boxes, fc.nat({ max: 20 }), (box, at) => {
        for (const { y } of [outputPlace(box), inputPlace(box, at, 21)]) {
          expect(y).toBeGreaterThanOrEqual(box.y);
          expect(y).toBeLessThanOrEqual(box.y + box.height);
        }
      }),
    );
  });
});

describe("the path of a link", () => {
  const card = (x: number, y: number): Box => ({ x, y, width: 280, height: 200 });
  const between = (from: Box, to: Box): LinkCourse => {
    return { from, to, start: outputPlace(from), end: inputPlace(to, 0, 1) };
  };

  test("to the right turns twice, in the middle", () => {
    expect(routeLink(between(card(0, 0), card(480, 0)))).toEqual([
      { x: 280, y: 18 },
      { x: 380, y: 18 },
      { x: 380, y: 186 },
      { x: 480, y: 186 },
    ]);
  });

  test("is one stretch where both ends are level", () => {
    expect(routeLink(between(card(0, 0), card(480, -168)))).toHaveLength(2);
  });

  test("back to the left goes between the cards", () => {
    const path = routeLink(between(card(0, 0), card(-200, 400)));
    expect(path.map(({ x, y }) => [x, y])).toEqual([
      [280, 18],
      [304, 18],
      [304, 300],
      [-224, 300],
      [-224, 586],
      [-200, 586],
    ]);
  });

  test("goes around a card in its way", () => {
    const course = between(card(0, 0), card(1_000, 300));
    const obstacle = { x: 600, y: 100, width: 80, height: 300 };
    expect(crossingsOf(routeLink(course), obstacle)).toBe(1);
    expect(crossingsOf(routeLink(course, [obstacle]), obstacle)).toBe(0);
  });

  test("starts and ends at its ports, level, with square corners and none too many", () => {
    fc.assert(
      fc.property(courses, fc.array(boxes, { maxLength: 8 }), (course, obstacles) => {
        const path = routeLink(course, obstacles);
        expect(path[0]).toEqual(course.start);
        expect(path[path.length - 1]).toEqual(course.end);
        expect(path.length).toBeGreaterThanOrEqual(2);
        expect(path.length).toBeLessThanOrEqual(6);
        const isLevel = stretches(path).map(([one, other]) => one.y === other.y);
        expect(
          stretches(path).every(([one, other]) => one.x === other.x || one.y === other.y),
        ).toBe(true);
        expect(isLevel.every((level, at) => at === 0 || level !== isLevel[at - 1])).toBe(true);
        const [first, second] = path;
        const [before, last] = path.slice(-2);
        if (course.start.x !== course.end.x) {
          expect(second!.x).toBeGreaterThan(first!.x);
          expect(last!.x).toBeGreaterThan(before!.x);
        }
      }),
    );
  });

  test("runs through neither of the cards that it joins while they stand apart", () => {
    fc.assert(
      fc.property(courses, (course) => {
        fc.pre(areApart(course.from, course.to));
        const path = routeLink(course);
        expect(crossingsOf(path, course.from) + crossingsOf(path, course.to)).toBe(0);
      }),
    );
  });

  test("is the same whatever the order of the obstacles, and moves with the board", () => {
    const moved = <Thing extends Point>(thing: Thing): Thing => {
      return { ...thing, x: thing.x + 1_000, y: thing.y - 300 };
    };
    fc.assert(
      fc.property(courses, fc.array(boxes, { maxLength: 8 }), (course, obstacles) => {
        const path = routeLink(course, obstacles);
        expect(routeLink(course, [...obstacles].reverse())).toEqual(path);
        const { from, to, start, end } = course;
        const there = { from: moved(from), to: moved(to), start: moved(start), end: moved(end) };
        expect(routeLink(there, obstacles.map(moved))).toEqual(path.map(moved));
      }),
    );
  });
});
