import type { BoardIndex } from "./board-index.ts";
import { readingOrder } from "./geometry.ts";
import type { LayerFacts } from "./layer.ts";

/** People draw with components and groups of their own: their words are the texts inside. */
const holders = ["FRAME", "GROUP", "INSTANCE", "COMPONENT"];

/**
 * What people read in a layer: its own text, else the texts shown inside it in reading order, a line
 * each; null where there is none. A section's texts are things of their own and no part of it.
 */
export function readText(index: BoardIndex, layer: LayerFacts): string | null {
  if (layer.text !== null || !holders.includes(layer.type)) return layer.text;
  const texts: LayerFacts[] = [];
  const seen = new Set([layer.id]);
  const open = [...index.childrenOf(layer.id)];
  for (let next = open.pop(); next; next = open.pop()) {
    if (seen.has(next.id) || !next.isVisible || next.connector) continue;
    seen.add(next.id);
    if (next.text !== null && next.text.trim() !== "") texts.push(next);
    open.push(...index.childrenOf(next.id));
  }
  const lines = readingOrder(texts).map((each) => each.text?.trim() ?? "");
  return lines.length === 0 ? null : lines.join("\n");
}
