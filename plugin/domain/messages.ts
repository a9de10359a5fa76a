import * as z from "zod/mini";
import type { PluginRequest } from "./asks.ts";
import { boxSchema, layerFactsSchema } from "./layer-schema.ts";
import { nothingSchema, sizeSchema, sliceSchema, transferSchema } from "./message-parts.ts";
import { nodeTypeSchema } from "./nodes/index.ts";
import { placeOutcomeSchema } from "./place-outcome.ts";
import { idSchema } from "./well-formed.ts";

/** The most layers that one answer carries; more are asked for piece by piece. */
export const layersPerPiece = 200;

/** What the canvas answers to every write of a person who may only look. */
export const readOnlySentence =
  "You can view this file but not edit it. Ask its owner for edit rights.";

const pageSchema = z.object({ id: idSchema, name: z.string() });
/** Why it was not done, in a sentence; null where it was. */
const problem = { message: z.nullable(z.string()) };
const doneSchema = z.object(problem);
const drawnSchema = z.object({ ...problem, layer: z.nullable(idSchema) });
/** What could not be done to which layers, in sentences. */
const refusals = { refused: z.array(z.object({ layer: idSchema, message: z.string() })) };
const refusalsSchema = z.object(refusals);

/** What a plugin knows when it starts. `command`: what a relaunch button or quick action asked for. */
export const helloSchema = z.object({
  editor: z.enum(["figma", "figjam"]),
  page: pageSchema,
  selection: z.array(idSchema),
  user: z.object({ id: z.nullable(z.string()), name: z.string() }),
  document: z.object({
    name: z.string(),
    fileKey: z.nullable(z.string()),
    /** The raw `doc` record of the root; "" where there is none. */
    record: z.string(),
  }),
  command: z.nullable(
    z.object({
      name: z.enum(["open-node", "add-node", "use-as", "run-from-here", "run-selection"]),
      type: z.nullable(nodeTypeSchema),
      prompt: z.nullable(z.string()),
    }),
  ),
  panel: sizeSchema,
});

/** What the main thread answers to each request of the panel (asks.ts). */
export const pluginAnswers = {
  hello: helloSchema,
  readPage: z.object({
    page: pageSchema,
    layers: z.array(layerFactsSchema),
    next: z.nullable(z.int()),
  }),
  writeRecords: refusalsSchema,
  writeDocumentRecord: z.object({ isWritten: z.boolean() }),
  createNode: drawnSchema,
  drawCards: refusalsSchema,
  writeText: doneSchema,
  drawConnector: drawnSchema,
  drawLinks: z.object({
    ...refusals,
    layers: z.array(z.nullable(idSchema)),
  }),
  turnConnector: doneSchema,
  tieConnector: doneSchema,
  removeLayers: refusalsSchema,
  duplicateLayer: drawnSchema,
  readPicture: z.union([
    z.object({ transfer: transferSchema, size: z.int() }),
    z.object({ message: z.string() }),
  ]),
  readSlice: z.object({ bytes: sliceSchema }),
  sendSlice: nothingSchema,
  dropTransfer: nothingSchema,
  place: placeOutcomeSchema,
  findResults: z.object({
    results: z.array(z.object({ layer: idSchema, page: idSchema, record: z.string() })),
  }),
  readBoxes: z.object({ boxes: z.array(z.object({ layer: idSchema, box: boxSchema })) }),
  show: nothingSchema,
  notify: nothingSchema,
  recall: z.object({ value: z.nullable(z.string()) }),
  remember: nothingSchema,
  resizePanel: nothingSchema,
  openLink: nothingSchema,
} as const satisfies Record<PluginRequest, z.ZodMiniType>;

/** How long the main thread may take to answer, or it counts as gone: work with media takes longer. */
export function answerTimeoutMs(name: PluginRequest): number {
  const isLong = name === "place" || name === "readPicture" || name === "duplicateLayer";
  return isLong ? 60_000 : 10_000;
}

/** Everything that the main thread tells unasked. */
export const pluginNews = {
  selection: z.object({ layers: z.array(idSchema) }),
  /** Another page is shown; its facts are to be read anew. */
  page: pageSchema,
  /**
   * Layers of the current page that changed. `created` are among `changed`; `isLocal` says that this
   * person made the change, through the plugin or by hand.
   */
  layers: z.object({
    page: idSchema,
    changed: z.array(layerFactsSchema),
    removed: z.array(idSchema),
    created: z.array(idSchema),
    isLocal: z.boolean(),
  }),
  /** The root's `doc` record changed, by this person or another. */
  document: z.object({ record: z.string() }),
  /** The canvas refused something in the background; one sentence for a person. */
  trouble: z.object({ message: z.string() }),
} as const;

/** The name of something that the main thread tells unasked. */
export type PluginNews = keyof typeof pluginNews;
