import type { Point } from "#domain/layer";
import { cardPaddingPx, innerWidthPx } from "./card-measures.ts";
import type { TakeBack } from "./or-nothing.ts";
import { pieceOf, type Card } from "./parts.ts";
import { shapePiece } from "./shape-layer.ts";

/** Figma makes nothing of no height; whole pixels keep the card's own height whole. */
const leastPx = 1;

/**
 * The frame above a card's footer that is as high as the card's results. In Design it holds them
 * ("output"); in FigJam they lie upon it, on the section itself, where people can take hold of them,
 * so that it is a mere piece of the card ("room").
 */
export function findRoom(card: Card): FrameNode | null {
  return pieceOf(card, partIn(card), "FRAME");
}

/**
 * Draws the empty room of a card at the end of its column. It is there before the first result and
 * never hidden: whoever undoes that result must not take away those of others with it.
 */
export function drawRoom(column: FrameNode, part: "output" | "room"): FrameNode {
  const room = shapePiece(
    figma.createFrame(),
    { name: "Output", part },
    { fills: [], clipsContent: false },
  );
  room.resize(innerWidthPx, leastPx);
  column.appendChild(room);
  return room;
}

/** Draws the room again that people took out; null for a card without a column to put it in. */
export function restoreRoom(card: Card, takeBack: TakeBack): FrameNode | null {
  const column = card.parts.get("face") ?? card.root;
  if (column.type !== "FRAME") return null;
  const room = drawRoom(column, partIn(card));
  takeBack(() => {
    room.remove();
  });
  const footer = card.parts.get("footer");
  const at = footer ? column.children.findIndex(({ id }) => id === footer.id) : -1;
  if (at !== -1) column.insertChild(at, room);
  return room;
}

/** Where the first result of a card goes, in the space of what holds it. */
export function cornerIn({ root, parts }: Card, room: FrameNode | null): Point {
  if (root.type !== "SECTION") return { x: 0, y: 0 };
  const below = parts.get("face")?.height ?? cardPaddingPx;
  return { x: cardPaddingPx, y: room?.y ?? below };
}

/** Makes a room as high as what is in it. */
export function fitRoom(room: FrameNode, heightPx: number): void {
  const height = Math.max(leastPx, heightPx);
  if (Math.abs(room.height - height) > 0.01) room.resizeWithoutConstraints(innerWidthPx, height);
}

function partIn({ root }: Card): "output" | "room" {
  return root.type === "SECTION" ? "room" : "output";
}
