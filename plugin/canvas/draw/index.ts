import type { PluginHandlers } from "#domain/plugin-end";
import { drawConnector, tieConnector, turnConnector } from "./connectors.ts";
import { createNode } from "./create-node.ts";
import { drawCards } from "./draw-cards.ts";
import { drawLinks } from "./draw-links.ts";
import { duplicateLayer } from "./duplicate-layer.ts";
import { removeLayers } from "./remove-layers.ts";
import { writeDocumentRecord, writeRecords } from "./write-records.ts";
import { writeText } from "./write-text.ts";

/** Everything of the canvas that is drawn and remembered, but for results (place/index.ts). */
export const drawHandlers = {
  writeRecords,
  writeDocumentRecord,
  createNode,
  drawCards,
  writeText,
  drawConnector,
  drawLinks,
  turnConnector,
  tieConnector,
  removeLayers,
  duplicateLayer,
} satisfies Partial<PluginHandlers>;
