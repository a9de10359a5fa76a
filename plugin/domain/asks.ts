import * as z from "zod/mini";
import { cardContentSchema, newCardSchema } from "./card.ts";
import { pointSchema } from "./layer-schema.ts";
import { nothingSchema, sizeSchema, sliceSchema, transferSchema } from "./message-parts.ts";
import { nodeTypeSchema } from "./nodes/index.ts";
import { placeContentSchema } from "./place-content.ts";
import { idSchema, textSchema } from "./well-formed.ts";

/**
 * Writes one record of a layer; "" takes it away. `value` is checked for its size only: records are
 * parsed when they are read. `name` and `relaunch` go with a node's record.
 */
export const recordWriteSchema = z.object({
  layer: idSchema,
  key: z.enum(["node", "in", "edge", "out", "res"]),
  value: z.string().check(z.maxLength(16_384)),
});

/**
 * A link as it should be drawn in Design: where it runs (points on the page, two or more), whose
 * colour it has, and what it remembers. `layer` null draws a new one.
 */
export const linkDrawingSchema = z.object({
  layer: z.nullable(idSchema),
  points: z.array(pointSchema).check(z.minLength(2)),
  type: nodeTypeSchema,
  /** The `edge` record; the main thread puts the layer's own id in as `self`. */
  record: z.string(),
  from: idSchema,
  to: idSchema,
});

/**
 * Everything that the panel asks of the main thread, which alone checks it; the answers are in
 * messages.ts. They are apart so that the panel holds no schema that only the main thread needs.
 */
export const pluginAsks = {
  hello: nothingSchema,
  /** The current page's facts from place `from` on, parents before children; a new read starts at 0. */
  readPage: z.object({ from: z.int().check(z.minimum(0)) }),
  /** Writes records in one go; `isUndoStep` makes it a step of its own for Undo. */
  writeRecords: z.object({
    writes: z.array(recordWriteSchema).check(z.maxLength(2_000)),
    isUndoStep: z.boolean(),
  }),
  writeDocumentRecord: z.object({ value: z.string().check(z.maxLength(8_192)) }),
  /**
   * Draws a new node's card and writes its record (the main thread puts `self` in). It stands right of
   * `after` where given, else in the middle of the screen. In FigJam a Text node is a shape with text.
   */
  createNode: z.object({
    content: newCardSchema,
    record: z.string(),
    after: z.nullable(idSchema),
  }),
  /** Brings cards up to date; a layer that has no card of ours is left as it is. Not an undo step. */
  drawCards: z.object({ cards: z.array(cardContentSchema).check(z.maxLength(500)) }),
  /** Changes the visible text of a Text node's layer; missing fonts and locks are told. */
  writeText: z.object({ layer: idSchema, text: textSchema(32_000) }),
  /** FigJam: draws a connector with its record and label. `layer` null with the reason elsewhere. */
  drawConnector: z.object({
    from: idSchema,
    to: idSchema,
    label: z.nullable(textSchema(40)),
    record: z.string(),
  }),
  /** Design: draws new links and re-routes known ones, a user's adopted arrow included. */
  drawLinks: z.object({ links: z.array(linkDrawingSchema).check(z.maxLength(500)) }),
  /** Exchanges start and end of a connector, heads and all. */
  turnConnector: z.object({ layer: idSchema }),
  /** Ties a floating end of a connector to the layer that it was read as. */
  tieConnector: z.object({ layer: idSchema, from: idSchema, to: idSchema }),
  removeLayers: z.object({
    layers: z.array(idSchema).check(z.maxLength(500)),
    isUndoStep: z.boolean(),
  }),
  /** Duplicates a node's layer beside it, its results included; records travel as in any copy. */
  duplicateLayer: z.object({ layer: idSchema }),
  /**
   * Reads the picture of a layer: the bytes of its image as they were put in, or the layer as it is
   * drawn, at most `longestPx` a side. The bytes wait under `transfer` until they are dropped.
   */
  readPicture: z.object({
    layer: idSchema,
    how: z.enum(["original", "drawn"]),
    longestPx: z.int(),
  }),
  readSlice: z.object({ transfer: transferSchema, from: z.int().check(z.minimum(0)) }),
  /** Hands bytes over; the first slice (from 0) tells the size of all. At most 100 MB. */
  sendSlice: z.object({
    transfer: transferSchema,
    from: z.int(),
    size: z.int(),
    bytes: sliceSchema,
  }),
  dropTransfer: z.object({ transfer: transferSchema }),
  place: placeContentSchema,
  /** Every layer of the loaded pages with a result record; raw, for the panel to parse. */
  findResults: nothingSchema,
  /** Where layers are now, for links; those that are gone are left out. */
  readBoxes: z.object({ layers: z.array(idSchema).check(z.maxLength(2_000)) }),
  /** Selects layers and brings them into view, on their own page. */
  show: z.object({ layers: z.array(idSchema) }),
  notify: z.object({ message: textSchema(300), isError: z.boolean() }),
  /** clientStorage: the pairing, a pairing offer of the playground, the panel's size. */
  recall: z.object({ key: z.enum(["pairing", "pairing-offer"]) }),
  remember: z.object({
    key: z.enum(["pairing", "pairing-offer"]),
    value: z.nullable(z.string().check(z.maxLength(4_096))),
  }),
  /** Makes the panel this large, within 300-520 by 320-1200, and remembers it. */
  resizePanel: sizeSchema,
  openLink: z.object({ url: z.string() }),
} as const;

/** The name of a request to the main thread. */
export type PluginRequest = keyof typeof pluginAsks;
