import * as z from "zod/mini";
import { transferSchema } from "./message-parts.ts";
import { newResultSchema } from "./placement.ts";
import { idSchema, textSchema } from "./well-formed.ts";

const pictureSchema = z.object({
  transfer: transferSchema,
  widthPx: z.int().check(z.minimum(1)),
  heightPx: z.int().check(z.minimum(1)),
});

/**
 * What a placement shows, in the form of one rung of its ladder (placement.ts `ladderFor`). `link`
 * leads to the original where what is shown is not it. A waveform is the picture of a sound card.
 */
export const rungContentSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("image-fill"), picture: pictureSchema, link: z.nullable(z.string()) }),
  z.object({
    kind: z.literal("video-fill"),
    transfer: transferSchema,
    widthPx: z.int().check(z.minimum(1)),
    heightPx: z.int().check(z.minimum(1)),
  }),
  z.object({ kind: z.literal("link-preview"), link: z.string() }),
  z.object({
    kind: z.literal("poster-with-link"),
    picture: z.nullable(pictureSchema),
    link: z.string(),
  }),
  z.object({
    kind: z.literal("sound-card"),
    picture: z.nullable(pictureSchema),
    link: z.string(),
    durationMs: z.nullable(z.number()),
  }),
  z.object({ kind: z.literal("text-layer"), text: textSchema(32_000) }),
  z.object({ kind: z.literal("code-block"), text: textSchema(32_000) }),
  z.object({ kind: z.literal("sticky"), text: textSchema(32_000) }),
]);
/** What a placement shows, in the form of one rung of its ladder. */
export type RungContent = z.infer<typeof rungContentSchema>;

/**
 * A result to put on the canvas, once.
 * - `record`: what the layer will remember; the main thread adds `self`.
 * - `rungs`: ways to show it, best first; each is tried when the one before it fails.
 * - `mode`: "stack" adds a layer inside the node or beside it; "replace" gives the node's own layer
 *   (or its newest result) the new picture and keeps the old paints hidden below it.
 * - `count`: how many results the version has; several stand in a row, in the order of `record.idx`.
 * - `leaseEndsAtMs`: by this machine's clock; nothing is written to the document from then on.
 */
export const placeContentSchema = z.object({
  node: idSchema,
  title: textSchema(200),
  description: textSchema(1_000),
  record: newResultSchema,
  rungs: z.array(rungContentSchema).check(z.minLength(1)),
  mode: z.enum(["stack", "replace"]),
  count: z.int().check(z.minimum(1)),
  leaseEndsAtMs: z.number(),
});
/** A result to put on the canvas, once. */
export type PlaceContent = z.infer<typeof placeContentSchema>;
