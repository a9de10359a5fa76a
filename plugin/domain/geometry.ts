import type { Box, Point } from "./layer.ts";

/** The distance from a point to a box in canvas pixels; 0 inside it. */
export function distanceToBox(box: Box, point: Point): number {
  const x = Math.max(box.x - point.x, 0, point.x - box.x - box.width);
  const y = Math.max(box.y - point.y, 0, point.y - box.y - box.height);
  return Math.hypot(x, y);
}

/** The length of a path from point to point, in canvas pixels. */
export function lengthOf(points: readonly Point[]): number {
  let length = 0;
  for (const [at, point] of points.entries()) {
    const before = points[at - 1];
    if (before) length += Math.hypot(point.x - before.x, point.y - before.y);
  }
  return length;
}

/**
 * Boxes in the order in which people read: rows from top to bottom, each from left to right. Boxes
 * are in one row when the middle of the one lies beside the other; things without a box come last.
 */
export function readingOrder<Thing extends { readonly box: Box | null }>(
  things: readonly Thing[],
): Thing[] {
  const placed = things.flatMap((thing) => (thing.box ? [{ thing, box: thing.box }] : []));
  placed.sort((one, other) => one.box.y - other.box.y);
  const rows: { bottom: number; readonly members: typeof placed }[] = [];
  for (const each of placed) {
    const row = rows[rows.length - 1];
    const middle = each.box.y + each.box.height / 2;
    if (row && middle < row.bottom) row.members.push(each);
    else rows.push({ bottom: each.box.y + each.box.height, members: [each] });
  }
  const ordered = rows.flatMap(({ members }) =>
    members.sort((one, other) => one.box.x - other.box.x).map(({ thing }) => thing),
  );
  return [...ordered, ...things.filter(({ box }) => box === null)];
}
