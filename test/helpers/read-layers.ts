import type { LayerFacts } from "#domain/layer";
import type { NodeType } from "#domain/nodes/index";
import { readBoard } from "#domain/read-board";
import { page } from "./build-board.ts";

/** What a page of these layers says, with layers used as nodes of a type. */
export function readLayers(layers: readonly LayerFacts[], uses: Record<string, NodeType> = {}) {
  return readBoard(page(...layers), { uses: new Map(Object.entries(uses)) });
}

/** The first line of that page. */
export function readFirstLine(layers: readonly LayerFacts[], uses: Record<string, NodeType> = {}) {
  return readLayers(layers, uses).lines[0];
}
