import { lengthOf } from "./geometry.ts";
import type { Cap, PathFacts, Point } from "./layer.ts";

/**
 * A vector network as the canvas tells it: points of the layer's own space, which of them are joined,
 * and whether it encloses an area. `cap` null: not told for this point.
 */
export interface VectorNetworkFacts {
  readonly vertices: readonly (Point & { readonly cap: Cap | null })[];
  readonly segments: readonly { readonly start: number; readonly end: number }[];
  readonly hasRegions: boolean;
}

/** What the points of a network become on the page, and what its whole layer says of its stroke. */
export interface VectorPlace {
  readonly toPage: (point: Point) => Point;
  /** The cap of points that say nothing themselves; null where the canvas does not tell. */
  readonly cap: Cap | null;
  readonly strokeWeight: number;
}

/** Larger networks are drawings; reading them often has crashed Figma's sandbox (figma-platform.md 1.5). */
const mostVertices = 400;
/** Branches shorter than this part of the longest path are the barbs of an arrowhead. */
const barbPart = 0.15;

/**
 * The path of a vector that is one open line, with or without an arrowhead drawn as barbs; null for
 * everything else: closed shapes, icons, several strokes in one (figma-platform.md 1.5).
 */
export function pathOfNetwork(network: VectorNetworkFacts, place: VectorPlace): PathFacts | null {
  const { vertices, segments, hasRegions } = network;
  const isSized = vertices.length >= 2 && vertices.length <= mostVertices;
  if (!isSized || hasRegions || segments.some(({ start, end }) => !isKnown(vertices, start, end))) {
    return null;
  }
  const neighbours = joinVertices(vertices.length, segments);
  if (neighbours.some((each) => each.length === 0)) return null;
  const heads = removeBarbs(neighbours, vertices);
  const order = walk(neighbours);
  if (!order) return null;
  const capAt = (at: number | undefined): Cap | null => {
    if (at === undefined) return null;
    return heads.has(at) ? "arrow" : (vertices[at]?.cap ?? place.cap);
  };
  const [start, end] = [capAt(order[0]), capAt(order[order.length - 1])];
  const isTold = start !== null || end !== null;
  const points = order.flatMap((at) => vertices[at] ?? []).map(place.toPage);
  const caps = isTold ? { start: start ?? "none", end: end ?? "none" } : null;
  return { points, caps, strokeWeight: place.strokeWeight };
}

type Neighbours = number[][];

function isKnown(vertices: readonly unknown[], ...ats: readonly number[]): boolean {
  return ats.every((at) => vertices[at] !== undefined);
}

function joinVertices(count: number, segments: VectorNetworkFacts["segments"]): Neighbours {
  const neighbours: Neighbours = Array.from({ length: count }, () => []);
  for (const { start, end } of segments) {
    if (start === end) continue;
    neighbours[start]?.push(end);
    neighbours[end]?.push(start);
  }
  return neighbours;
}

/** Takes the barbs off a network in place; answers the points at which they met the line. */
function removeBarbs(
  neighbours: Neighbours,
  vertices: VectorNetworkFacts["vertices"],
): ReadonlySet<number> {
  const branches = neighbours.flatMap((each, leaf) => {
    const branch = each.length === 1 ? climb(neighbours, leaf) : null;
    return branch ? [branch] : [];
  });
  if (branches.length === 0) return new Set();
  const longest = longestPath(neighbours, vertices);
  const barbs = branches.filter((branch) => lengthAlong(vertices, branch) < barbPart * longest);
  const met = new Set<number>();
  for (const branch of barbs) {
    const junction = branch[branch.length - 1] ?? 0;
    const last = branch[branch.length - 2] ?? 0;
    met.add(junction);
    for (const at of branch.slice(0, -1)) neighbours[at] = [];
    neighbours[junction] = (neighbours[junction] ?? []).filter((at) => at !== last);
  }
  return met;
}

/** The way from a loose end to the point where three or more lines meet; null where none do. */
function climb(neighbours: Neighbours, leaf: number): number[] | null {
  const way = [leaf];
  let before = -1;
  let at = leaf;
  while (way.length <= neighbours.length) {
    const next = neighbours[at]?.find((each) => each !== before);
    if (next === undefined) return null;
    way.push(next);
    if ((neighbours[next]?.length ?? 0) > 2) return way;
    before = at;
    at = next;
  }
  return null;
}

/** The length of the longest way through a network without circles: twice to the farthest point. */
function longestPath(neighbours: Neighbours, vertices: readonly Point[]): number {
  const from = farthest(neighbours, vertices, 0);
  return farthest(neighbours, vertices, from.at).away;
}

function farthest(
  neighbours: Neighbours,
  vertices: readonly Point[],
  from: number,
): { readonly at: number; readonly away: number } {
  const aways = new Map([[from, 0]]);
  let best = { at: from, away: 0 };
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const away = aways.get(at) ?? 0;
    if (away > best.away) best = { at, away };
    for (const next of neighbours[at] ?? []) {
      if (aways.has(next)) continue;
      aways.set(next, away + lengthAlong(vertices, [at, next]));
      open.push(next);
    }
  }
  return best;
}

function lengthAlong(vertices: readonly Point[], way: readonly number[]): number {
  return lengthOf(way.flatMap((at) => vertices[at] ?? []));
}

/** The points from one end to the other when all that are left form one open line. */
function walk(neighbours: Neighbours): number[] | null {
  const left = neighbours.flatMap((each, at) => (each.length > 0 ? [at] : []));
  const ends = left.filter((at) => neighbours[at]?.length === 1);
  const [first, last] = ends;
  const isBranched = left.some((at) => (neighbours[at]?.length ?? 0) > 2);
  if (first === undefined || last === undefined || ends.length !== 2 || isBranched) return null;
  const order = [first];
  let before = -1;
  for (let at = first; at !== last && order.length <= left.length;) {
    const next = neighbours[at]?.find((each) => each !== before);
    if (next === undefined) return null;
    order.push(next);
    before = at;
    at = next;
  }
  return order.length === left.length ? order : null;
}
