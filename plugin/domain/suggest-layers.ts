import type { BoardIndex } from "./board-index.ts";
import type { Node } from "./graph.ts";
import { definitionOf, type NodeType } from "./nodes/index.ts";
import type { Line } from "./read-line.ts";
import { batchMembers } from "./read-nodes.ts";
import { suggestNode } from "./suggest-node.ts";

/**
 * Something recognised that nobody has confirmed: a layer as a node, or a drawn line as a connection.
 * `members`: the layers of a section that would fill its list, in reading order.
 */
export interface Suggestion {
  readonly layer: string;
  readonly type: NodeType | "connection";
  readonly reason: string;
  readonly members?: readonly string[];
}

/**
 * What lines touch that is no node yet, and drawn lines that look like connections. Where a line
 * leads from a node to a layer that takes nothing as a node, the layer is to receive the result.
 */
export function suggestLayers(
  index: BoardIndex,
  nodes: ReadonlyMap<string, Node>,
  lines: readonly Line[],
): Suggestion[] {
  const suggestions = new Map<string, Suggestion>();
  const suggest = (id: string, isReceiver: boolean) => {
    const layer = nodes.has(id) ? undefined : index.layers.get(id);
    const could = layer && suggestNode(layer);
    if (!layer || !could) return;
    if (isReceiver && Object.keys(definitionOf(could.type).inputs).length === 0) return;
    const members = could.type === "list" ? batchMembers(index, layer).map(({ id: at }) => at) : [];
    const found = { layer: layer.id, ...could, ...(members.length > 0 && { members }) };
    suggestions.set(layer.id, found);
  };
  for (const line of lines) {
    const isWhole = line.status === "bound" || line.status === "floating";
    if (!isWhole || line.from === null || line.to === null) continue;
    suggest(line.from, false);
    suggest(line.to, nodes.has(line.from));
    if (line.kind === "arrow" && line.isInferred && line.status === "bound") {
      const reason = "It looks like a connection.";
      suggestions.set(line.layer, { layer: line.layer, type: "connection", reason });
    }
  }
  return [...suggestions.values()];
}
