import { connectorEnds, type PlacedEnd } from "./connector-geometry.ts";
import type { FigmaDocument } from "./document.ts";
import type { Point } from "./geometry.ts";
import type { Layer } from "./layer.ts";

/** How far an elbowed connector runs straight out of a layer before it turns. */
const stubPx = 24;

const directions: Readonly<Record<string, Point>> = {
  LEFT: { x: -1, y: 0 },
  RIGHT: { x: 1, y: 0 },
  TOP: { x: 0, y: -1 },
  BOTTOM: { x: 0, y: 1 },
};

/** The corners that a connector is drawn through, both ends among them; our reading of Figma's look. */
export function connectorRoute(document: FigmaDocument, connector: Layer): Point[] {
  const { start, end } = connectorEnds(document, connector);
  if (connector.values["connectorLineType"] !== "ELBOWED") return [start.point, end.point];
  const [out, back] = [directionOf(start, end.point), directionOf(end, start.point)];
  const first = ahead(start.point, out);
  const last = ahead(end.point, back);
  const between = turns(start.point, end.point, first, last, out, back);
  return withoutRepeats([start.point, ...between, end.point]);
}

function directionOf({ point, side }: PlacedEnd, other: Point): Point {
  const known = directions[side ?? ""];
  if (known !== undefined) return known;
  const [dx, dy] = [other.x - point.x, other.y - point.y];
  return Math.abs(dx) >= Math.abs(dy)
    ? { x: Math.sign(dx) || 1, y: 0 }
    : { x: 0, y: Math.sign(dy) };
}

function ahead(point: Point, direction: Point): Point {
  return { x: point.x + direction.x * stubPx, y: point.y + direction.y * stubPx };
}

function turns(
  start: Point,
  end: Point,
  first: Point,
  last: Point,
  out: Point,
  back: Point,
): Point[] {
  const isSideways = out.x !== 0;
  if (isSideways === (back.x !== 0)) {
    const isFacing = isSideways
      ? out.x * (end.x - start.x) > 0 && out.x !== back.x
      : out.y * (end.y - start.y) > 0 && out.y !== back.y;
    const [middleX, middleY] = [(first.x + last.x) / 2, (first.y + last.y) / 2];
    if (isFacing)
      return isSideways
        ? [
            { x: middleX, y: start.y },
            { x: middleX, y: end.y },
          ]
        : [
            { x: start.x, y: middleY },
            { x: end.x, y: middleY },
          ];
    return isSideways
      ? [first, { x: first.x, y: middleY }, { x: last.x, y: middleY }, last]
      : [first, { x: middleX, y: first.y }, { x: middleX, y: last.y }, last];
  }
  const corner = isSideways ? { x: end.x, y: start.y } : { x: start.x, y: end.y };
  const isAhead = isSideways
    ? out.x * (corner.x - start.x) >= 0 && back.y * (corner.y - end.y) >= 0
    : out.y * (corner.y - start.y) >= 0 && back.x * (corner.x - end.x) >= 0;
  if (isAhead) return [corner];
  return [first, isSideways ? { x: first.x, y: last.y } : { x: last.x, y: first.y }, last];
}

function withoutRepeats(points: readonly Point[]): Point[] {
  return points.filter((point, index) => {
    const before = points[index - 1];
    return before?.x !== point.x || before.y !== point.y;
  });
}
