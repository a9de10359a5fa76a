import * as z from "zod";
import { draftStyles } from "./draft-picture.ts";
import { pictureFactsSchema } from "./picture-facts.ts";
import { upscaleFlavours, upscaleScales } from "./upscale-picture.ts";

const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** Schema of {@link MediaOperation}. */
export const mediaOperationSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("draft"),
    prompt: z.string(),
    seed: z.int(),
    widthPx: z.number(),
    heightPx: z.number(),
    references: z.array(bytesSchema).readonly(),
    style: z.enum(draftStyles),
  }),
  z.object({
    kind: z.literal("upscale"),
    image: bytesSchema,
    scale: z.literal(upscaleScales),
    flavour: z.enum(upscaleFlavours),
    sharpen: z.number().min(0).max(100),
    grain: z.number().min(0).max(100),
  }),
  z.object({
    kind: z.literal("camera"),
    image: bytesSchema,
    horizontalDegrees: z.number(),
    verticalDegrees: z.number(),
    zoom: z.number(),
  }),
  z.object({ kind: z.literal("describe"), image: bytesSchema }),
]);
/** Picture work to do: a draft, an enlargement, a camera view or a description. */
export type MediaOperation = z.infer<typeof mediaOperationSchema>;

/** Checks a {@link MediaResult}. */
const mediaResultSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("picture"),
    bytes: bytesSchema,
    mediaType: z.enum(["image/png", "image/jpeg"]),
    widthPx: z.int(),
    heightPx: z.int(),
    notes: z.array(z.string()).readonly(),
  }),
  z.object({ kind: z.literal("facts"), facts: pictureFactsSchema }),
]);
/** What picture work made: "facts" for a description, "picture" for everything else. */
export type MediaResult = z.infer<typeof mediaResultSchema>;

/** Schema of what the pool sends to a worker. */
export const workerRequestSchema = z.object({ id: z.int(), operation: mediaOperationSchema });
/** What the pool sends to a worker. */
export type WorkerRequest = z.infer<typeof workerRequestSchema>;

/** Schema of what a worker sends back; `id` is that of the request. */
export const workerReplySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("progress"), id: z.int(), done: z.number() }),
  z.object({ kind: z.literal("done"), id: z.int(), result: mediaResultSchema }),
  z.object({
    kind: z.literal("failure"),
    id: z.int(),
    code: z.enum(["input-invalid", "cancelled", "internal"]),
    message: z.string(),
  }),
]);
/** What a worker sends back. */
export type WorkerReply = z.infer<typeof workerReplySchema>;
