import { byId } from "./by-id.ts";
import { endsOf, pointOf } from "./arrow-record.ts";
import { distanceToBox } from "./geometry.ts";
import type { Node } from "./graph.ts";
import { tolerance } from "./hit-test.ts";
import type { Box, LayerFacts, PageFacts, Point } from "./layer.ts";
import { linkPath, type LinkDrawing } from "./link-drawing.ts";
import type { Board } from "./read-board.ts";
import type { Line } from "./read-line.ts";
import { readArrowRecord, type ArrowRecord } from "./read-records.ts";
import { readTouching, rejoinArrow } from "./rejoin-arrow.ts";
import type { RecordWrite } from "./repair-copies.ts";

/** How each link was last seen, by its layer. */
export type SeenLinks = ReadonlyMap<string, SeenLink>;

/**
 * Where the two layers of a link were when it last met them. `isBehind`: it was asked to follow and has
 * not yet; its layers count as moved until it has, even back where they were. `asked`: the last way it
 * was asked to go, which it may take when its layers are elsewhere again.
 */
interface SeenLink {
  readonly from: Box;
  readonly to: Box;
  readonly isBehind: boolean;
  readonly asked: readonly Point[] | null;
}

/** What keeps the links of a page attached, and what to remember until the next time. */
export interface LinkSteps {
  readonly drawings: readonly LinkDrawing[];
  readonly writes: readonly RecordWrite[];
  readonly seen: SeenLinks;
}

/** Two points nearer than this are one: what the canvas gives back is not exact. */
const samePx = 1;

/**
 * What to do so that links and confirmed arrows stay attached (figma-platform.md 1.6). A layer that
 * moved takes its ends along. Where no layer moved, a person moved the line: an end that was dragged
 * away joins what it lies on now, or the line is a plain one; a line moved as a whole, or a little,
 * comes back. A line whose layer is gone stays as it is.
 */
export function followLinks(page: PageFacts, board: Board, seen: SeenLinks): LinkSteps {
  const layers = byId(page.layers);
  const nodes = byId(board.graph.nodes);
  const cards = board.graph.nodes.flatMap(({ id }) => layers.get(id)?.box ?? []);
  const links = board.lines.flatMap((line) => readLink(line, layers, nodes) ?? []);
  const dragged = links.filter((link) => isDraggedAway(link, seen));
  const touching = readTouching(page, new Set(dragged.map(({ layer }) => layer.id)));
  const writes = dragged.map(({ layer, record }): RecordWrite => {
    const rejoined = rejoinArrow(layer, record, touching(layer.id));
    return { layer: layer.id, key: "edge", value: rejoined ? JSON.stringify(rejoined) : "" };
  });
  const drawings: LinkDrawing[] = [];
  const nowSeen = new Map<string, SeenLink>();
  for (const link of links) {
    const { id } = link.layer;
    const wanted = link.record.made === "plugin" ? ownPath(link, cards) : carriedPath(link);
    const isAttached = endsMeet(wanted, link.points);
    const isRight =
      isAttached && (hasMoved(link, seen) !== true || isSamePath(wanted, link.points));
    const isBehind = !isRight && !dragged.includes(link);
    if (isBehind) drawings.push(drawingOf(link, wanted));
    const before = seen.get(id);
    const met = isAttached ? { from: link.from.box, to: link.to.box } : before;
    const asked = isBehind ? wanted : (before?.asked ?? null);
    if (met) {
      nowSeen.set(id, { from: met.from, to: met.to, isBehind: isBehind && !isAttached, asked });
    }
  }
  return { drawings, writes, seen: nowSeen };
}

/** A confirmed arrow or link of ours with all that it joins. */
interface Link {
  readonly layer: LayerFacts;
  readonly points: readonly Point[];
  readonly strokeWeight: number;
  readonly record: ArrowRecord;
  readonly port: string | null;
  readonly from: { readonly id: string; readonly box: Box; readonly node: Node | undefined };
  readonly to: { readonly id: string; readonly box: Box; readonly node: Node | undefined };
}

function readLink(
  line: Line,
  layers: ReadonlyMap<string, LayerFacts>,
  nodes: ReadonlyMap<string, Node>,
): Link | null {
  if (line.kind !== "arrow" || line.isInferred || line.status !== "bound") return null;
  const layer = layers.get(line.layer);
  const record = layer ? readArrowRecord(layer).value : null;
  const [from, to] = [line.from ?? "", line.to ?? ""];
  const [fromBox, toBox] = [layers.get(from)?.box, layers.get(to)?.box];
  if (!layer?.path || layer.path.points.length < 2 || !record || !fromBox || !toBox) return null;
  return {
    layer,
    points: layer.path.points,
    strokeWeight: layer.path.strokeWeight,
    record,
    port: line.port,
    from: { id: from, box: fromBox, node: nodes.get(from) },
    to: { id: to, box: toBox, node: nodes.get(to) },
  };
}

/** Whether exactly one end lies far from its layer although neither layer moved, nor we the line. */
function isDraggedAway(link: Link, seen: SeenLinks): boolean {
  if (hasMoved(link, seen) !== false) return false;
  const asked = seen.get(link.layer.id)?.asked;
  if (asked && isSamePath(asked, link.points)) return false;
  const [start, end] = flowingEnds(link);
  const isFar = (box: Box, point: Point) =>
    distanceToBox(box, point) > 2 * tolerance(box, link.strokeWeight);
  return isFar(link.from.box, start) !== isFar(link.to.box, end);
}

/** Whether a joined layer moved since the link was last seen; null when it was not seen before. */
function hasMoved(link: Link, seen: SeenLinks): boolean | null {
  const before = seen.get(link.layer.id);
  if (!before) return null;
  return (
    before.isBehind || !isSameBox(before.from, link.from.box) || !isSameBox(before.to, link.to.box)
  );
}

function drawingOf({ layer, record, from, to }: Link, points: Point[]): LinkDrawing {
  return {
    layer: layer.id,
    points,
    type: from.node?.type ?? "media",
    record: JSON.stringify(record),
    from: from.id,
    to: to.id,
  };
}

/** A link of ours is built anew, around the cards that it does not join. */
function ownPath({ record, port, from, to }: Link, cards: readonly Box[]): Point[] {
  const others = cards.filter((card) => !overlaps(card, from.box) && !overlaps(card, to.box));
  const type = to.node?.type ?? null;
  const path = linkPath(from.box, { box: to.box, type }, port, others);
  return record.flip === true ? path.reverse() : path;
}

/** An arrow drawn by hand keeps its look: it is turned and stretched from its old ends to the new. */
function carriedPath({ record, points, from, to }: Link): Point[] {
  const [source, target] = [pointOf(record.src, from.box), pointOf(record.dst, to.box)];
  const [start, end] = record.flip === true ? [target, source] : [source, target];
  const [oldStart, oldEnd] = endsOf(points);
  const old = { x: oldEnd.x - oldStart.x, y: oldEnd.y - oldStart.y };
  const now = { x: end.x - start.x, y: end.y - start.y };
  const length = old.x * old.x + old.y * old.y;
  if (length < samePx) return [start, end];
  const turn = (now.x * old.x + now.y * old.y) / length;
  const cross = (now.y * old.x - now.x * old.y) / length;
  return points.map((point) => {
    const [x, y] = [point.x - oldStart.x, point.y - oldStart.y];
    return { x: start.x + turn * x - cross * y, y: start.y + cross * x + turn * y };
  });
}

/** The ends of the drawn path: where the flow comes from, and where it goes. */
function flowingEnds({ points, record }: Link): readonly [Point, Point] {
  const [start, end] = endsOf(points);
  return record.flip === true ? [end, start] : [start, end];
}

function endsMeet(one: readonly Point[], other: readonly Point[]): boolean {
  const [start, end] = endsOf(one);
  const [otherStart, otherEnd] = endsOf(other);
  return isSamePoint(start, otherStart) && isSamePoint(end, otherEnd);
}

function isSamePoint(one: Point, other: Point): boolean {
  return Math.hypot(one.x - other.x, one.y - other.y) <= samePx;
}

function isSamePath(one: readonly Point[], other: readonly Point[]): boolean {
  return (
    one.length === other.length && one.every((point, at) => isSamePoint(point, other[at] ?? point))
  );
}

function isSameBox(one: Box, other: Box): boolean {
  return (
    isSamePoint(one, other) &&
    Math.abs(one.width - other.width) <= samePx &&
    Math.abs(one.height - other.height) <= samePx
  );
}

function overlaps(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}
