import { arrangeResults } from "#domain/arrange-results";
import type { Box } from "#domain/layer";
import { sizeOnCanvas, type Size } from "#domain/placement";
import { innerWidthPx } from "../draw/card-measures.ts";
import { settlePorts } from "../draw/card-ports.ts";
import { cornerIn, findRoom, fitRoom, restoreRoom } from "../draw/card-room.ts";
import { fitSection, isTight } from "../draw/fit-section.ts";
import type { TakeBack } from "../draw/or-nothing.ts";
import { pieceOf, type Card } from "../draw/parts.ts";
import { change } from "../draw/shape-layer.ts";
import { readResult, type PlacedResult } from "./find-results.ts";

/** What holds the results of a card: its Output frame in Design, the section itself in FigJam. */
export type ResultHolder = FrameNode | SectionNode;

/** What holds the results of a card already; null where there is nothing of the kind. */
export function findHolder(card: Card): ResultHolder | null {
  return card.root.type === "SECTION" ? card.root : findRoom(card);
}

/**
 * The results that are shown in a card, the newest first, those of one run in their order. Hidden ones
 * are left aside: they were put away before, and there may be very many.
 */
export function resultsIn(holder: ResultHolder, newestRun: string | null): PlacedResult[] {
  const results = holder.children.flatMap((layer) => {
    const record = layer.visible ? readResult(layer) : null;
    return record ? [{ layer, record }] : [];
  });
  const runs = [...new Set(results.map(({ record }) => record.runId).reverse())];
  const order = newestRun === null ? runs : [newestRun, ...runs.filter((run) => run !== newestRun)];
  return results.sort((one, other) => {
    const byRun = order.indexOf(one.record.runId) - order.indexOf(other.record.runId);
    return byRun || one.record.idx - other.record.idx;
  });
}

/** Whether a card has a place for results in it: a shape with text has none. */
export function canHold({ root }: Card): boolean {
  return root.type === "FRAME" || root.type === "SECTION";
}

/** Puts a new result into a card and arranges it there. */
export function addToCard(
  card: Card,
  layer: SceneNode,
  newestRun: string,
  takeBack: TakeBack,
): void {
  const wasTight = isTight(card.root);
  takePortsBack(card, takeBack);
  const room = findRoom(card) ?? restoreRoom(card, takeBack);
  const holder = card.root.type === "SECTION" ? card.root : room;
  if (!holder) return;
  holder.appendChild(layer);
  if (holdsText(holder)) hideWords(card, takeBack);
  arrange({ card, holder, room, newestRun, wasTight, takeBack });
}

/** Arranges the results of a card: the newest large, a few of the others small, the rest hidden. */
export function arrangeCard(card: Card, newestRun: string, takeBack: TakeBack): void {
  const holder = findHolder(card);
  const wasTight = isTight(card.root);
  takePortsBack(card, takeBack);
  if (!holder) return;
  arrange({ card, holder, room: findRoom(card), newestRun, wasTight, takeBack });
}

/** Whether a result in a card is a text: then its words stand there already. */
export function showsText(card: Card): boolean {
  const holder = findHolder(card);
  return holder !== null && holdsText(holder);
}

function holdsText(holder: ResultHolder): boolean {
  return resultsIn(holder, null).some(({ record }) => record.media.startsWith("text/"));
}

/** Takes the words of a result out of the card's own body, where they stood before it was placed. */
function hideWords(card: Card, takeBack: TakeBack): void {
  const body = pieceOf(card, "body", "FRAME");
  if (!body || !pieceOf(card, "text", "TEXT")) return;
  const { visible } = body;
  takeBack(() => {
    change(body, { visible });
  });
  change(body, { visible: false });
}

/** The ports follow the height of a card: they come back when that has. */
function takePortsBack({ root }: Card, takeBack: TakeBack): void {
  takeBack(() => {
    if (root.type === "FRAME") settlePorts(root);
  });
}

interface Arrangement {
  readonly card: Card;
  readonly holder: ResultHolder;
  readonly room: FrameNode | null;
  readonly newestRun: string;
  readonly wasTight: boolean;
  readonly takeBack: TakeBack;
}

function arrange({ card, holder, room, newestRun, wasTight, takeBack }: Arrangement): void {
  const results = resultsIn(holder, newestRun);
  const current = results[0]?.record.runId;
  takeSizeBack(holder, takeBack);
  if (room) takeSizeBack(room, takeBack);
  const corner = cornerIn(card, room);
  const boxes = arrangeResults(
    results.map((result) => ({
      ...ownSizeOf(result),
      isPicture: isPicture(result),
      isCurrent: result.record.runId === current,
    })),
    corner,
    innerWidthPx,
  );
  for (const [at, result] of results.entries()) {
    takePlaceBack(result.layer, takeBack);
    putAt(result, boxes[at] ?? null);
  }
  if (room) fitRoom(room, bottomOf(boxes, corner.y) - corner.y);
  if (holder.type === "SECTION") fitSection(holder, wasTight);
  if (card.root.type === "FRAME") settlePorts(card.root);
}

function bottomOf(boxes: readonly (Box | null)[], top: number): number {
  return Math.max(top, ...boxes.map((box) => (box ? box.y + box.height : top)));
}

function takeSizeBack(holder: ResultHolder, takeBack: TakeBack): void {
  const { width, height } = holder;
  takeBack(() => {
    holder.resizeWithoutConstraints(width, height);
  });
}

function takePlaceBack(layer: SceneNode, takeBack: TakeBack): void {
  const { x, y, width, height, visible } = layer;
  takeBack(() => {
    const isSame = layer.width === width && layer.height === height;
    if (!isSame && "resize" in layer) layer.resize(width, height);
    change(layer, { x, y, visible });
  });
}

function putAt({ layer, record }: PlacedResult, box: Box | null): void {
  change(layer, { visible: box !== null });
  if (!box || !("x" in layer)) return;
  if (isPicture({ layer, record }) && "resize" in layer) {
    const isSame =
      Math.abs(layer.width - box.width) < 0.01 && Math.abs(layer.height - box.height) < 0.01;
    if (!isSame) layer.resize(box.width, box.height);
  }
  Object.assign(layer, { x: box.x, y: box.y });
}

function isPicture({ layer, record }: PlacedResult): boolean {
  return "resize" in layer && /^(image|video)\//.test(record.media);
}

function ownSizeOf(result: PlacedResult): Size {
  const { w, h } = result.record;
  const isKnown = isPicture(result) && w !== null && h !== null && w > 0 && h > 0;
  const { width, height } = result.layer;
  return isKnown ? sizeOnCanvas({ width: w, height: h }) : { width, height };
}
