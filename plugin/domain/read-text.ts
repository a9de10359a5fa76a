import type { BoardIndex } from "./board-index.ts";
import { readingOrder } from "./geometry.ts";
import type { Box, LayerFacts } from "./layer.ts";

/** People draw with components and groups of their own: their words are the texts inside. */
const holders = ["FRAME", "GROUP", "INSTANCE", "COMPONENT"];

/** A text and where it stands. */
export interface PlacedText {
  readonly text: string;
  readonly box: Box | null;
}

/**
 * What people read in a layer: its own text, else the texts shown inside it in reading order, a line
 * each; null where there is none. What an instance says stands together, wherever its parts are. A
 * section's texts are things of their own and no part of it.
 */
export function readText(index: BoardIndex, layer: LayerFacts): string | null {
  if (layer.text !== null || !holders.includes(layer.type)) return layer.text;
  const texts: PlacedText[] = [];
  const seen = new Set([layer.id]);
  const open = [...index.childrenOf(layer.id)];
  for (let next = open.pop(); next; next = open.pop()) {
    if (seen.has(next.id) || !next.isVisible || next.connector) continue;
    seen.add(next.id);
    const isWhole = index.instanceOf(next.id) === next.id;
    if (!isWhole) open.push(...index.childrenOf(next.id));
    const text = isWhole ? readText(index, next) : next.text;
    if (text?.trim()) texts.push({ text, box: next.box });
  }
  return joinTexts(texts);
}

/** Texts that say something in reading order, a line each; null where there is none. */
export function joinTexts(texts: readonly PlacedText[]): string | null {
  const lines = readingOrder(texts).map(({ text }) => text.trim());
  return lines.join("\n") || null;
}

/** The text that a layer has itself: an instance's is that of its parts. */
export function ownTextOf({ type, text }: LayerFacts): string | null {
  return type === "INSTANCE" ? null : text;
}
