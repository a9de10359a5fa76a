import type { PlaceContent } from "#domain/place-content";
import { placeBeside, placeInRow, sizeOnCanvas, type Size } from "#domain/placement";
import { innerWidthPx } from "../draw/card-measures.ts";
import { boxesIn, childOf, holdersOf, putInto } from "../draw/containers.ts";
import { putInMiddle } from "../draw/create-node.ts";
import type { TakeBack } from "../draw/or-nothing.ts";
import { findCard, type Card } from "../draw/parts.ts";
import { addToCard, canHold } from "./arrange-card.ts";
import { resultsOf } from "./find-results.ts";

/** The width of a text that stands by itself (figma-platform.md 11.6). */
const freeWidthPx = 400;
/** A row is no longer than this, whatever is told. */
const mostInRow = 200;

/** Where a result goes: into the node's card, beside the node, or where the person looks. */
export type Home =
  | { readonly kind: "card"; readonly card: Card }
  | { readonly kind: "beside"; readonly node: SceneNode }
  | { readonly kind: "screen"; readonly page: PageNode };

/** Where the results of a node go, and what its person should know about that, in a sentence. */
export function homeOf(node: SceneNode | PageNode): { home: Home; note: string | null } {
  if (node.type === "PAGE") return { home: { kind: "screen", page: node }, note: null };
  const beside: Home = { kind: "beside", node };
  const card = findCard(node);
  if (!card || !canHold(card)) return { home: beside, note: null };
  const holders = [...holdersOf(node)];
  if ([node, ...holders].some((layer) => "locked" in layer && layer.locked)) {
    return { home: beside, note: `"${node.name}" is locked, so its result stands beside it.` };
  }
  if (holders.some(({ type }) => type === "INSTANCE")) {
    return {
      home: beside,
      note: `"${node.name}" is part of an instance, so its result stands beside it.`,
    };
  }
  const isHidden = [node, ...holders].some((layer) => "visible" in layer && !layer.visible);
  const note = isHidden
    ? `"${node.name}" is hidden, and its result with it. Show it to see both.`
    : null;
  return { home: { kind: "card", card }, note };
}

/** How wide what flows is made there. */
export function widthAt(home: Home): number {
  return home.kind === "card" ? innerWidthPx : freeWidthPx;
}

/** Puts a new result, with its record written, where it belongs. */
export function putResult(
  layer: SceneNode,
  home: Home,
  content: PlaceContent,
  takeBack: TakeBack,
): void {
  if (home.kind === "screen") {
    putInMiddle(home.page, layer);
    return;
  }
  if (home.kind === "beside") {
    putInRow(layer, home.node, content);
    return;
  }
  addToCard(home.card, layer, content.record.runId, takeBack);
}

/** Beside the node, in the row of the version's other results as far as they are there. */
function putInRow(layer: SceneNode, node: SceneNode, content: PlaceContent): void {
  const { record, count } = content;
  const board = boardFor(node);
  const anchor = board && childOf(board, node).absoluteBoundingBox;
  if (!board || !anchor) return;
  const row = resultsOf(node).filter((other) => {
    const isOfVersion = other.record.runId === record.runId && other.record.port === record.port;
    return isOfVersion && other.layer.id !== layer.id && other.layer.parent?.id === board.id;
  });
  const own: Size = { width: layer.width, height: layer.height };
  const length = Math.min(Math.max(count, record.idx + 1), mostInRow);
  const sizes = Array.from({ length }, (_, idx): Size => {
    const other = row.find((each) => each.record.idx === idx)?.record;
    return other?.w && other.h ? sizeOnCanvas({ width: other.w, height: other.h }) : own;
  });
  const isScaled = count > 1 && "resize" in layer && record.w !== null;
  const boxes = isScaled ? placeInRow({ x: 0, y: 0 }, sizes) : placeApart(own, length);
  const box = boxes[record.idx] ?? { x: 0, y: 0, ...own };
  const [first] = row;
  const firstBox = first?.layer.absoluteBoundingBox;
  const firstPlace = first && boxes[first.record.idx];
  // The row is one thing: where its first result went, the others follow.
  const whole = boxes[boxes.length - 1] ?? box;
  const wholeSize = { width: whole.x + whole.width, height: whole.height };
  const corner =
    firstBox && firstPlace
      ? { x: firstBox.x - firstPlace.x, y: firstBox.y }
      : placeBeside(anchor, wholeSize, boxesIn(board, layer));
  if (isScaled) layer.resize(box.width, box.height);
  putInto(board, layer, { x: corner.x + box.x, y: corner.y });
}

/** Places of things that keep their size, side by side. */
function placeApart(size: Size, count: number) {
  return Array.from({ length: count }, (_, at) => ({ x: at * (size.width + 16), y: 0, ...size }));
}

/** The nearest section around a node that is not locked, else its page. */
function boardFor(node: SceneNode): PageNode | SectionNode | null {
  for (const holder of holdersOf(node)) {
    if (holder.type === "PAGE" || (holder.type === "SECTION" && !holder.locked)) return holder;
  }
  return null;
}
