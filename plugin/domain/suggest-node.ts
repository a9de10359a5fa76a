import type { LayerFacts } from "./layer.ts";
import type { NodeType } from "./nodes/index.ts";

/** Layers whose text makes them a Text node. */
const textual = ["STICKY", "SHAPE_WITH_TEXT", "TEXT", "CODE_BLOCK", "TABLE"];
/** Layers that can be exported as a picture. */
const rendered = ["FRAME", "COMPONENT", "COMPONENT_SET", "INSTANCE", "GROUP"];
/** Plain shapes: no content of their own, but a result can fill them (figma-platform.md 11.6, slot). */
const fillable = ["RECTANGLE", "ELLIPSE", "POLYGON", "STAR"];
/** What a line attached to one of these means is the thing below it, never the layer itself. */
const neverUsed = [
  "STAMP",
  "HIGHLIGHT",
  "WASHI_TAPE",
  "WIDGET",
  "SLICE",
  "CONNECTOR",
  "LINE",
  "TABLE_CELL",
];

/** What a layer could be used as, and why, in a sentence. */
export interface NodeSuggestion {
  readonly type: NodeType;
  readonly reason: string;
}

/** What a layer could be used as; null for what is never a node by itself (figma-platform.md 11.2). */
export function suggestNode(layer: LayerFacts): NodeSuggestion | null {
  if (!canBeUsed(layer)) return null;
  if (layer.picture?.kind === "video") return { type: "media", reason: "It shows a video." };
  if (layer.picture) return { type: "media", reason: "It shows a picture." };
  if (textual.includes(layer.type)) return { type: "text", reason: "It holds a text." };
  if (layer.type === "MEDIA") return { type: "media", reason: "It shows a moving picture." };
  if (layer.link !== null) return { type: "media", reason: "It shows what a link leads to." };
  if (rendered.includes(layer.type)) {
    return { type: "media", reason: "It can be exported as a picture." };
  }
  if (layer.type === "SECTION") {
    return { type: "list", reason: "What lies in the section can be used one by one." };
  }
  return null;
}

/** Whether a line can mean this layer at all. */
export function canBeUsed(layer: LayerFacts): boolean {
  return !neverUsed.includes(layer.type);
}

/** Whether a drawn line can mean this layer: what could be a node, and shapes that take a result. */
export function isLineTarget(layer: LayerFacts): boolean {
  if (layer.type === "SECTION") return false;
  return fillable.includes(layer.type) || suggestNode(layer) !== null;
}
