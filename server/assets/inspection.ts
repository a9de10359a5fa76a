import * as z from "zod";
import { mediaTypeSchema } from "#domain/asset";

/** Longest sides in pixels that a thumbnail can have. */
export const thumbnailSides = [256, 512, 1024] as const;

/** Schema of {@link PictureRecipe}. */
export const pictureRecipeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("figma") }),
  z.object({ kind: z.literal("thumbnail"), sidePx: z.literal(thumbnailSides) }),
]);
/**
 * What to make of a picture, upright, in sRGB, without metadata and in a format that Figma takes:
 * - `figma`: as large as Figma takes it;
 * - `thumbnail`: still, at most so many pixels a side.
 */
export type PictureRecipe = z.infer<typeof pictureRecipeSchema>;

const mostBytesSchema = z.object({
  image: z.number(),
  video: z.number(),
  audio: z.number(),
  text: z.number(),
});
/** The most bytes of each kind of asset. */
export type MostBytes = Readonly<z.infer<typeof mostBytesSchema>>;

/** Schema of {@link InspectionRequest}. */
export const inspectionRequestSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("inspect"),
    file: z.string(),
    bytes: z.int(),
    mostBytes: mostBytesSchema,
  }),
  z.object({
    kind: z.literal("derive"),
    file: z.string(),
    /** A file that does not exist yet. */
    output: z.string(),
    recipe: pictureRecipeSchema,
  }),
]);
/** What the inspecting process is asked: to look at a file, or to make a picture of one. */
export type InspectionRequest = z.infer<typeof inspectionRequestSchema>;

/** Why a file is not taken. */
export const inspectionRefusals = [
  "empty",
  "too-large",
  "type-unsupported",
  "unreadable",
  "too-many-pixels",
  "too-heavy",
] as const;

const refusedSchema = z.object({
  kind: z.literal("refused"),
  code: z.enum(inspectionRefusals),
  sentence: z.string(),
});
/** A file is not taken: an answer like any other, with a sentence for a designer. */
export type InspectionRefusal = Readonly<z.infer<typeof refusedSchema>>;

/** Schema of {@link InspectionReply}. */
export const inspectionReplySchema = z.discriminatedUnion("kind", [
  refusedSchema,
  z.object({
    kind: z.literal("accepted"),
    mediaType: mediaTypeSchema,
    widthPx: z.int().nullable(),
    heightPx: z.int().nullable(),
  }),
  z.object({
    kind: z.literal("derived"),
    mediaType: mediaTypeSchema,
    widthPx: z.int(),
    heightPx: z.int(),
  }),
  /** Not the file's fault. */
  z.object({ kind: z.literal("broken"), reason: z.enum(["storage-full", "internal"]) }),
]);
/** What the inspecting process answers, one reply for each request. */
export type InspectionReply = Readonly<z.infer<typeof inspectionReplySchema>>;

/** What the process says first, when its decoder is loaded. */
export const readyMessage = "ready";
