import type { Box, Point } from "./layer.ts";

/** What a link runs between: the boxes that it joins, and where it leaves and enters them. */
export interface LinkCourse {
  readonly from: Box;
  readonly to: Box;
  readonly start: Point;
  readonly end: Point;
}

/** How far a link runs straight out of a card before it turns. */
const stubPx = 24;
/** How far a link keeps from what it goes around. */
const marginPx = 16;
/** The nearest obstacles that are looked at; a link runs behind the cards, so a miss is no harm. */
const mostObstacles = 24;
/** Crossing a box is worse than any way around it. */
const crossingCostPx = 1e6;

/**
 * The path of a link: level to the right out of its start, level from the left into its end, corners
 * square, around the boxes in between where it can. The same boxes give the same path to everybody.
 */
export function routeLink(course: LinkCourse, obstacles: readonly Box[] = []): Point[] {
  const { from, to } = course;
  const near = nearestTo(course, obstacles);
  const boxes = [from, to, ...near];
  const isForward = course.end.x >= course.start.x;
  const paths = isForward ? forwardPaths(course, near) : returningPaths(course, near);
  let best = paths[0] ?? [course.start, course.end];
  let lowest = Infinity;
  for (const path of paths) {
    const cost = costOf(path, boxes);
    // A clear difference, so that the last digit of a sum never decides.
    if (cost >= lowest - 0.01) continue;
    lowest = cost;
    best = path;
  }
  return dropStraight(best.map(({ x, y }) => ({ x: toCents(x), y: toCents(y) })));
}

/** Right, up or down, right: with one upright stretch somewhere in between. */
function forwardPaths({ start, end }: LinkCourse, obstacles: readonly Box[]): Point[][] {
  const stub = Math.min(stubPx, (end.x - start.x) / 2);
  const middle = (start.x + end.x) / 2;
  const places = [middle, ...obstacles.flatMap((box) => [box.x, box.x + box.width + marginPx])]
    .map((x, at) => (at % 2 === 1 ? x - marginPx : x))
    .filter((x) => x >= start.x + stub && x <= end.x - stub);
  return places.map((x) => [start, { x, y: start.y }, { x, y: end.y }, end]);
}

/** Out to the right, over or under everything, and back in from the left. */
function returningPaths(course: LinkCourse, obstacles: readonly Box[]): Point[][] {
  const { from, to, start, end } = course;
  const outs = [start.x + stubPx, Math.max(start.x, to.x + to.width) + stubPx];
  const ins = [end.x - stubPx, Math.min(end.x, from.x) - stubPx];
  const between = from.y < to.y ? from.y + from.height + to.y : to.y + to.height + from.y;
  const around = [from, to, ...obstacles];
  const levels = [
    between / 2,
    Math.min(from.y, to.y) - stubPx,
    Math.max(from.y + from.height, to.y + to.height) + stubPx,
    ...around.flatMap((box) => [box.y - marginPx, box.y + box.height + marginPx]),
  ];
  return outs.flatMap((out) =>
    ins.flatMap((into) =>
      levels.map((y) => [
        start,
        { x: out, y: start.y },
        { x: out, y },
        { x: into, y },
        { x: into, y: end.y },
        end,
      ]),
    ),
  );
}

function costOf(path: readonly Point[], boxes: readonly Box[]): number {
  let cost = 0;
  for (const [at, point] of path.entries()) {
    const before = path[at - 1];
    if (!before) continue;
    cost += Math.abs(point.x - before.x) + Math.abs(point.y - before.y);
    cost += crossingCostPx * boxes.filter((box) => crosses(before, point, box)).length;
  }
  return cost;
}

/** Whether a level or upright stretch runs through the inside of a box. */
export function crosses(one: Point, other: Point, box: Box): boolean {
  const hair = 0.01;
  return (
    Math.min(one.x, other.x) < box.x + box.width - hair &&
    Math.max(one.x, other.x) > box.x + hair &&
    Math.min(one.y, other.y) < box.y + box.height - hair &&
    Math.max(one.y, other.y) > box.y + hair
  );
}

function nearestTo({ start, end }: LinkCourse, boxes: readonly Box[]): Box[] {
  const left = Math.min(start.x, end.x) - 2 * stubPx;
  const right = Math.max(start.x, end.x) + 2 * stubPx;
  const top = Math.min(start.y, end.y) - 2 * stubPx;
  const bottom = Math.max(start.y, end.y) + 2 * stubPx;
  const near = boxes.filter(({ x, y, width, height }) => {
    return x < right && x + width > left && y < bottom && y + height > top;
  });
  const awayOf = (box: Box) => Math.abs(box.x - start.x) + Math.abs(box.y - start.y);
  // Sorted by place as well, so that the order of the layers never decides.
  near.sort((one, other) => awayOf(one) - awayOf(other) || one.x - other.x || one.y - other.y);
  return near.slice(0, mostObstacles);
}

/** Without points that lie on the way between their neighbours. */
function dropStraight(path: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of path) {
    const [before, last] = [kept[kept.length - 2], kept[kept.length - 1]];
    if (last?.x === point.x && last.y === point.y) continue;
    const isOnWay = before && last && isStraight(before, last, point);
    if (isOnWay) kept.pop();
    kept.push(point);
  }
  const [only] = kept;
  return kept.length === 1 && only ? [only, only] : kept;
}

function isStraight(one: Point, middle: Point, other: Point): boolean {
  const isUpright = one.x === middle.x && middle.x === other.x;
  return isUpright || (one.y === middle.y && middle.y === other.y);
}

function toCents(length: number): number {
  return Math.round(length * 100) / 100;
}
