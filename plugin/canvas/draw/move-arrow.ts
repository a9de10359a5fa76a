import type { Point } from "#domain/layer";
import { readPath } from "../read/read-line.ts";
import { pointIn, type Container } from "./containers.ts";

type Matrix = readonly [readonly [number, number, number], readonly [number, number, number]];
type MapPoint = (point: Point) => Point;

/**
 * Moves an arrow that a person drew so that its path begins and ends where the way does. It keeps its
 * looks: the path is turned and scaled as a whole (figma-platform.md 1.6). What is no arrow stays.
 */
export async function moveArrow(line: SceneNode, way: readonly Point[]): Promise<void> {
  if (line.type !== "LINE" && line.type !== "VECTOR") return;
  const known = readPath(line)?.points;
  const container = holderOf(line);
  const [begin, end] = known ? [known[0], known[known.length - 1]] : [];
  const [newBegin, newEnd] = [way[0], way[way.length - 1]];
  if (!container || !begin || !end || !newBegin || !newEnd) return;
  if (distance(begin, newBegin) < 0.01 && distance(end, newEnd) < 0.01) return;
  if (line.type === "LINE") {
    moveLine(line, pointIn(container, newBegin), pointIn(container, newEnd));
    return;
  }
  const turn = similarity(begin, end, newBegin, newEnd);
  if (turn) await moveVector(line, (point) => pointIn(container, turn(point)));
}

/** What a layer's x and y count from: groups have no space of their own. */
function holderOf(line: SceneNode): Container | null {
  let at = line.parent;
  while (at?.type === "GROUP") at = at.parent;
  return at?.type === "PAGE" || at?.type === "SECTION" || at?.type === "FRAME" ? at : null;
}

function moveLine(line: LineNode, begin: Point, end: Point): void {
  const length = Math.max(distance(begin, end), 0.01);
  const [cos, sin] = [(end.x - begin.x) / length, (end.y - begin.y) / length];
  line.resize(length, 0);
  line.relativeTransform = [
    [cos, -sin, begin.x],
    [sin, cos, begin.y],
  ];
}

/** `toHolder` brings points of the page to where they shall be, in the space of what holds the arrow. */
async function moveVector(line: VectorNode, toHolder: MapPoint): Promise<void> {
  const { vectorNetwork, absoluteTransform } = line;
  const move: MapPoint = (point) => toHolder(apply(absoluteTransform, point));
  const origin = move({ x: 0, y: 0 });
  const moved = vectorNetwork.vertices.map(move);
  const x = Math.min(...moved.map((point) => point.x));
  const y = Math.min(...moved.map((point) => point.y));
  const turnTangent = (tangent: Point): Point => {
    const tip = move(tangent);
    return { x: tip.x - origin.x, y: tip.y - origin.y };
  };
  await line.setVectorNetworkAsync({
    ...vectorNetwork,
    vertices: vectorNetwork.vertices.map((vertex, at) => {
      const point = moved[at] ?? vertex;
      return { ...vertex, x: point.x - x, y: point.y - y };
    }),
    segments: vectorNetwork.segments.map((segment) => ({
      ...segment,
      ...(segment.tangentStart && { tangentStart: turnTangent(segment.tangentStart) }),
      ...(segment.tangentEnd && { tangentEnd: turnTangent(segment.tangentEnd) }),
    })),
  });
  if (line.removed) return;
  // The points have taken the layer's own turn over, so it stands straight from now on.
  line.relativeTransform = [
    [1, 0, x],
    [0, 1, y],
  ];
}

function apply([[a, c, x], [b, d, y]]: Matrix, point: Point): Point {
  return { x: a * point.x + c * point.y + x, y: b * point.x + d * point.y + y };
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

/** The turn and scale that brings two points to two others; null where the first two are one. */
function similarity(begin: Point, end: Point, newBegin: Point, newEnd: Point): MapPoint | null {
  const [dx, dy] = [end.x - begin.x, end.y - begin.y];
  const square = dx * dx + dy * dy;
  if (square < 1e-9) return null;
  const [ex, ey] = [newEnd.x - newBegin.x, newEnd.y - newBegin.y];
  const [cos, sin] = [(dx * ex + dy * ey) / square, (dx * ey - dy * ex) / square];
  return ({ x, y }) => {
    const [fromX, fromY] = [x - begin.x, y - begin.y];
    return { x: newBegin.x + cos * fromX - sin * fromY, y: newBegin.y + sin * fromX + cos * fromY };
  };
}
