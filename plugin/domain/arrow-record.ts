import type { Box, Point } from "./layer.ts";
import type { ArrowRecord } from "./read-records.ts";

/** An end of an arrow within the box it belongs to: from 0 to 1, a little more where it ends outside. */
type Anchor = ArrowRecord["src"];

/** A layer that an arrow joins. */
export interface JoinedLayer {
  readonly id: string;
  readonly box: Box;
}

/** What an arrow joins, in the direction of its flow, and what was chosen for it by hand. */
export interface Stamp {
  readonly self: string;
  readonly from: JoinedLayer;
  readonly to: JoinedLayer;
  readonly made: ArrowRecord["made"];
  readonly port: string | null;
}

/** The place of a point within a box, the same digits on every machine. */
export function anchorAt({ id, box }: JoinedLayer, point: Point): Anchor {
  return {
    id,
    u: share(point.x - box.x, box.width),
    v: share(point.y - box.y, box.height),
  };
}

/** Where an anchor is while its layer has this box. */
export function pointOf({ u, v }: Pick<Anchor, "u" | "v">, box: Box): Point {
  return { x: box.x + u * box.width, y: box.y + v * box.height };
}

/** The record of an arrow as it is drawn: it remembers where its two ends lie in what they join. */
export function stampArrow(stamp: Stamp, points: readonly Point[]): ArrowRecord {
  const { self, from, to, made, port } = stamp;
  const isFlipped = startsAt(points, to, from);
  const [start, end] = endsOf(points);
  return {
    v: 1,
    self,
    src: anchorAt(from, isFlipped ? end : start),
    dst: anchorAt(to, isFlipped ? start : end),
    ...(port === null ? {} : { port }),
    made,
    ...(isFlipped ? { flip: true } : {}),
  };
}

/** The first and the last point of a path. */
export function endsOf(points: readonly Point[]): readonly [Point, Point] {
  const start = points[0] ?? { x: 0, y: 0 };
  return [start, points[points.length - 1] ?? start];
}

/** Whether a path that joins two layers is drawn from the one to the other, rather than back. */
export function startsAt(points: readonly Point[], one: JoinedLayer, other: JoinedLayer): boolean {
  const [start, end] = endsOf(points);
  const there = awayFrom(one.box, start) + awayFrom(other.box, end);
  const back = awayFrom(other.box, start) + awayFrom(one.box, end);
  return there < back;
}

/** Distance to the middle, so that boxes which both hold the point can be told apart. */
function awayFrom(box: Box, point: Point): number {
  const x = (point.x - box.x - box.width / 2) / Math.max(box.width, 1);
  const y = (point.y - box.y - box.height / 2) / Math.max(box.height, 1);
  return Math.hypot(x, y);
}

function share(distance: number, whole: number): number {
  if (whole <= 0) return 0.5;
  // A tiny layer that grows must not throw the end far away.
  const bounded = Math.min(2, Math.max(-1, distance / whole));
  return Math.round(bounded * 1e6) / 1e6;
}
