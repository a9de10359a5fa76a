import { indexBoard } from "#domain/board-index";
import type { LayerFacts, PageFacts } from "#domain/layer";
import { definitionOf, nodeTypes, type NodeType } from "#domain/nodes/index";
import { readText } from "#domain/read-text";
import { canBeUsed, suggestNode } from "#domain/suggest-node";
import type { NodeTabView } from "../panel-view.ts";

type Use = Extract<NodeTabView, { kind: "layers" }>["uses"][number];

/** Layers that hold others, in which results can lie. */
const holders = [
  "FRAME",
  "SECTION",
  "GROUP",
  "COMPONENT",
  "RECTANGLE",
  "ELLIPSE",
  "SHAPE_WITH_TEXT",
];

/** Every type of node, with the reason where the selected layers cannot be used as one. */
export function possibleUses(page: PageFacts, layers: readonly LayerFacts[]): Use[] {
  const index = indexBoard(page);
  const reasonFor = (type: NodeType) => {
    const reasons = layers.map((layer) => reasonAgainstUse(layer, type, readText(index, layer)));
    return reasons.find((reason) => reason !== null) ?? null;
  };
  const uses = nodeTypes.map((type) => {
    return { type, title: definitionOf(type).title, reason: reasonFor(type) };
  });
  // What a layer most likely is comes first, then what else it can be.
  const likely = new Set(layers.map((layer) => suggestNode(layer)?.type));
  const rankOf = ({ type, reason }: Use) => (reason !== null ? 2 : likely.has(type) ? 0 : 1);
  return uses.sort((one, other) => rankOf(one) - rankOf(other));
}

function reasonAgainstUse(layer: LayerFacts, type: NodeType, text: string | null): string | null {
  if (!canBeUsed(layer) || layer.id.includes(";")) return "This layer cannot be part of a flow.";
  if (type === "text") return text === null ? "There is no text in it." : null;
  if (type === "media") {
    return layer.type === "SECTION" ? "A section has no picture of its own." : null;
  }
  if (type === "upload") return "Add an Upload node, and choose the file there.";
  if (type === "list") {
    return layer.type === "SECTION" ? null : "Only a section can hold the items of a list.";
  }
  return holders.includes(layer.type) ? null : "Results cannot lie in it.";
}
