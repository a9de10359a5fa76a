import type { Box, Cap, PathFacts, Point } from "#domain/layer";
import { pathOfNetwork, type VectorNetworkFacts } from "#domain/vector-path";

/** What REST tells of a line: its box on the page, its stroke, and what it is turned by. */
export interface RestStroke {
  readonly isLine: boolean;
  readonly box: Box;
  readonly strokeWeight: number;
  readonly cap: Cap;
  /** How far the layer is turned on the page, in radians, clockwise. */
  readonly turn: number;
  /** Its own width and height before turning; told only with `geometry=paths`. */
  readonly size: Point | null;
  readonly network: VectorNetworkFacts | null;
}

/** A side shorter than this, in canvas pixels, is none. */
const flatPx = 0.5;

/**
 * The path of a LINE or VECTOR on the page, or null where REST does not tell enough. A line's ends
 * follow from its box and turn. A vector is one when it is as flat as a line, or when the answer has
 * its network: answers with `geometry=paths` do since 2026, though figma/rest-api-spec 0.43.0 does not
 * name it. One cap stands for both ends, so the end with the head is not known.
 */
export function pathOfStroke(stroke: RestStroke): PathFacts | null {
  const size = stroke.size ?? sizeOf(stroke);
  if (!size) return null;
  const toPage = placing(stroke, size);
  const { strokeWeight } = stroke;
  if (stroke.network) {
    const network = fit(stroke.network, size);
    return pathOfNetwork(network, { toPage, cap: null, strokeWeight });
  }
  if (Math.min(size.x, size.y) > flatPx) return null;
  const corner = size.x >= size.y ? { x: size.x, y: 0 } : { x: 0, y: size.y };
  const isPlain = stroke.isLine && stroke.cap === "none";
  const caps = isPlain ? ({ start: "none", end: "none" } as const) : null;
  return { points: [toPage({ x: 0, y: 0 }), toPage(corner)], caps, strokeWeight };
}

/** The layer's own width and height from the box around it; null where they cannot be told. */
function sizeOf({ box, turn, isLine }: RestStroke): Point | null {
  const [cos, sin] = [Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn))];
  const { width, height } = box;
  if (isLine) {
    const length = cos > sin ? width / cos : height / sin;
    const isSo =
      Math.abs(length * cos - width) < 2 * flatPx && Math.abs(length * sin - height) < 2 * flatPx;
    return isSo ? { x: length, y: 0 } : null;
  }
  const determinant = cos * cos - sin * sin;
  // Near 45 degrees every size has the same box.
  if (Math.abs(determinant) < 0.05) return null;
  return {
    x: Math.max(0, (width * cos - height * sin) / determinant),
    y: Math.max(0, (height * cos - width * sin) / determinant),
  };
}

/** Turns points of the layer's own space and moves them into its box. */
function placing({ box, turn }: RestStroke, size: Point): (point: Point) => Point {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const turned = ({ x, y }: Point) => ({ x: x * cos - y * sin, y: x * sin + y * cos });
  const corners = [
    { x: 0, y: 0 },
    { x: size.x, y: 0 },
    { x: 0, y: size.y },
    { x: size.x, y: size.y },
  ].map(turned);
  const left = Math.min(...corners.map(({ x }) => x));
  const top = Math.min(...corners.map(({ y }) => y));
  return (point) => {
    const { x, y } = turned(point);
    return { x: box.x + x - left, y: box.y + y - top };
  };
}

/**
 * The network's own units are not pixels: measured, its points span the layer's size. Exact for straight
 * lines; a curve that swings out beyond its points is off by as much.
 */
function fit(network: VectorNetworkFacts, size: Point): VectorNetworkFacts {
  const xs = network.vertices.map(({ x }) => x);
  const ys = network.vertices.map(({ y }) => y);
  const scaleX = spanning(xs, size.x);
  const scaleY = spanning(ys, size.y);
  const vertices = network.vertices.map((vertex) => {
    return { ...vertex, x: scaleX(vertex.x), y: scaleY(vertex.y) };
  });
  return { ...network, vertices };
}

function spanning(places: readonly number[], length: number): (place: number) => number {
  const least = places.reduce((one, other) => Math.min(one, other), Infinity);
  const most = places.reduce((one, other) => Math.max(one, other), -Infinity);
  return (place) => (most > least ? ((place - least) * length) / (most - least) : 0);
}
