import { lengthOf } from "./geometry.ts";
import type { Cap, LayerFacts, PathFacts, Point } from "./layer.ts";
import { definitionOf, type NodeType } from "./nodes/index.ts";
import { accepts } from "./port.ts";
import { holds, type Line, type LineContext } from "./read-line.ts";
import { readChosenPort, type ArrowRecord } from "./read-records.ts";

/** A drawn line shorter than this is a speck. */
const shortestPx = 8;

/** A drawn arrow that was confirmed: what it remembers is the truth (figma-platform.md 11.3). */
export function readStampedArrow(
  layer: LayerFacts,
  record: ArrowRecord,
  context: LineContext,
): Line {
  const from = context.standInOf(record.src.id);
  const to = context.standInOf(record.dst.id);
  const isWhole = from !== null && to !== null;
  return {
    layer: layer.id,
    kind: "arrow",
    from,
    to,
    status: isWhole ? (from === to ? "self" : "bound") : "floating",
    label: null,
    port: record.port ?? null,
    direction: record.flip === true ? "backward" : "forward",
    isInferred: false,
    reason: isWhole ? null : "A layer that it joined is gone.",
  };
}

/**
 * A drawn line that nobody confirmed yet, recognised by its ends (figma-platform.md 1.5). One head
 * tells its direction; without, what the two layers can give each other does, else people's reading
 * order: to the right, then downwards.
 */
export function readDrawnLine(layer: LayerFacts, path: PathFacts, context: LineContext): Line {
  const start = path.points[0];
  const end = path.points[path.points.length - 1];
  const base = {
    layer: layer.id,
    kind: "arrow",
    from: null,
    to: null,
    label: null,
    port: readChosenPort(layer),
    direction: path.caps ? directionOf(path.caps.start, path.caps.end) : "unknown",
    isInferred: true,
  } as const;
  if (!start || !end || lengthOf(path.points) < shortestPx) {
    return { ...base, status: "rejected", reason: "It is too short to be a connection." };
  }
  const isOut = holds(layer, context);
  const first = context.hitTest(start, path.strokeWeight, isOut);
  const last = context.hitTest(end, path.strokeWeight, isOut);
  const ends = [first, last].map((hit) => (hit.kind === "hit" ? hit.target.id : null));
  const [one = null, other = null] = ends;
  const isTurned =
    base.direction === "backward" ||
    (base.direction === "unknown" && flowsBackward(one, other, [start, end], context));
  const [from, to] = isTurned ? [other, one] : [one, other];
  const isAmbiguous = first.kind === "ambiguous" || last.kind === "ambiguous";
  return { ...base, from, to, ...judge(one, other, isAmbiguous) };
}

function judge(
  one: string | null,
  other: string | null,
  isAmbiguous: boolean,
): Pick<Line, "status" | "reason"> {
  if (isAmbiguous) {
    return { status: "ambiguous", reason: "An end is near several layers; move it onto one." };
  }
  if (one === null && other === null) {
    return { status: "rejected", reason: "Its ends touch nothing that can be used." };
  }
  if (one === other) return { status: "rejected", reason: "Both ends are at the same layer." };
  if (one === null || other === null) {
    return { status: "floating", reason: "One end touches nothing." };
  }
  return { status: "bound", reason: null };
}

/** Two heads tell no more than none. */
function directionOf(start: Cap, end: Cap): Line["direction"] {
  if ((start === "arrow") === (end === "arrow")) return "unknown";
  return start === "arrow" ? "backward" : "forward";
}

function flowsBackward(
  one: string | null,
  other: string | null,
  [start, end]: readonly [Point, Point],
  context: LineContext,
): boolean {
  if (one !== null && other !== null) {
    const [first, last] = [context.typeOf(one), context.typeOf(other)];
    const isBackward = canFeed(last, first);
    if (isBackward !== canFeed(first, last)) return isBackward;
  }
  return Math.abs(end.x - start.x) >= 1 ? end.x < start.x : end.y < start.y;
}

/** Whether what one gives can enter the other; a plain shape gives nothing and takes pictures. */
function canFeed(one: NodeType | null, other: NodeType | null): boolean {
  if (one === null) return false;
  const { types } = definitionOf(one).output;
  if (other === null) return types.includes("image") || types.includes("video");
  return Object.values(definitionOf(other).inputs).some((input) => accepts(input, types));
}
