import { distanceToBox } from "./geometry.ts";
import type { Box, Point } from "./layer.ts";

/** Something that an end of a line may be meant for. */
export interface HitTarget {
  readonly id: string;
  readonly box: Box;
}

/** What a point hits: one target, several that are as near, or nothing. */
export type Hit =
  | { readonly kind: "hit"; readonly target: HitTarget }
  | { readonly kind: "ambiguous"; readonly targets: readonly HitTarget[] }
  | { readonly kind: "miss" };

/** Looks up what a point hits; `isOut` leaves targets aside. */
export type HitTest = (point: Point, strokeWeight: number, isOut: (id: string) => boolean) => Hit;

const nearestPx = 12;
const farthestPx = 48;
/** Two targets whose distances differ by less are both meant. */
const tellApartPx = 8;
/** Figma's canvas ends near 65,000 px; boxes far beyond are broken numbers. */
const farthestCornerPx = 1e9;
/** The cells of the finest grid are two to this power wide; each coarser grid doubles them. */
const finestGrid = 8;

/** A target with its place among all: later ones are drawn on top. */
interface PlacedTarget {
  readonly target: HitTarget;
  readonly place: number;
}

/** Targets by cell, in one grid for each size of target, so that each lies in at most four cells. */
type Grids = Map<number, Map<string, PlacedTarget[]>>;

/**
 * A test over many targets (figma-platform.md 1.5): the smallest box that holds the point, else the
 * nearest within a tolerance that grows with the target, else nothing; of equals the one on top. Grids
 * keep it quick. Targets of which one lies in the other are no rivals. `targets` from bottom to top.
 */
export function createHitTest(
  targets: readonly HitTarget[],
  isInside: (id: string, holder: string) => boolean,
): HitTest {
  const grids: Grids = new Map();
  for (const [place, target] of targets.entries()) add(grids, { target, place });
  const areRelated = (one: string, other: string) => isInside(one, other) || isInside(other, one);
  return (point, strokeWeight, isOut) => {
    const near: NearTarget[] = [];
    let best: NearTarget | null = null;
    for (const { target, place } of candidatesAt(grids, point)) {
      const away = distanceToBox(target.box, point);
      if (away > tolerance(target.box, strokeWeight)) continue;
      const each = { target, place, away };
      // What holds the point needs no list of rivals, and asking who is out costs most.
      if (away === 0 && best && !isBetter(each, best)) continue;
      if (isOut(target.id)) continue;
      if (away > 0) near.push(each);
      if (!best || isBetter(each, best)) best = each;
    }
    return best ? judge(best, near, areRelated) : { kind: "miss" };
  };
}

interface NearTarget extends PlacedTarget {
  readonly away: number;
}

function judge(
  best: NearTarget,
  near: readonly NearTarget[],
  areRelated: (one: string, other: string) => boolean,
): Hit {
  if (best.away === 0) return { kind: "hit", target: best.target };
  const rivals = near.filter(({ target, away }) => {
    return away - best.away < tellApartPx && !areRelated(target.id, best.target.id);
  });
  return rivals.length === 1
    ? { kind: "hit", target: best.target }
    : { kind: "ambiguous", targets: rivals.map(({ target }) => target) };
}

function isBetter(one: NearTarget, other: NearTarget): boolean {
  if (one.away !== other.away) return one.away < other.away;
  const difference = areaOf(one.target) - areaOf(other.target);
  return difference === 0 ? one.place > other.place : difference < 0;
}

/** How far from a box a line may end and still mean it, in canvas pixels. */
export function tolerance(box: Box, strokeWeight: number): number {
  const wanted = Math.max(nearestPx, 3 * strokeWeight, 0.08 * Math.min(box.width, box.height));
  return Math.min(wanted, farthestPx);
}

function areaOf({ box }: HitTarget): number {
  return box.width * box.height;
}

function add(grids: Grids, placed: PlacedTarget): void {
  const { x, y, width, height } = placed.target.box;
  const isSane = Math.max(Math.abs(x), Math.abs(y), width, height) < farthestCornerPx;
  if (!isSane) return;
  const size = Math.max(width, height, 0) + 2 * farthestPx;
  const power = Math.max(finestGrid, Math.ceil(Math.log2(size)));
  const cells = grids.get(power) ?? new Map<string, PlacedTarget[]>();
  grids.set(power, cells);
  const left = cellAt(x - farthestPx, power);
  const right = cellAt(x + width + farthestPx, power);
  const top = cellAt(y - farthestPx, power);
  const bottom = cellAt(y + height + farthestPx, power);
  for (let column = left; column <= right; column += 1) {
    for (let row = top; row <= bottom; row += 1) {
      const list = cells.get(keyOf(column, row));
      if (list) list.push(placed);
      else cells.set(keyOf(column, row), [placed]);
    }
  }
}

/** The targets near a point, in each grid from the top to the bottom. */
function* candidatesAt(grids: Grids, point: Point): Generator<PlacedTarget> {
  for (const [power, cells] of grids) {
    const list = cells.get(keyOf(cellAt(point.x, power), cellAt(point.y, power))) ?? [];
    for (let at = list.length - 1; at >= 0; at -= 1) {
      const placed = list[at];
      if (placed) yield placed;
    }
  }
}

function cellAt(place: number, power: number): number {
  return Math.floor(place / 2 ** power);
}

function keyOf(column: number, row: number): string {
  return `${column}|${row}`;
}
