import * as z from "zod";
import { mediaTypeSchema } from "#domain/asset";

/** Longest sides in pixels that a thumbnail can have. */
export const thumbnailSides = [256, 512, 1024] as const;

/** Schema of {@link PictureRecipe}. */
export const pictureRecipeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("figma") }),
  z.object({ kind: z.literal("thumbnail"), sidePx: z.literal(thumbnailSides) }),
  z.object({
    kind: z.literal("model"),
    mediaTypes: z.array(z.enum(["image/png", "image/jpeg", "image/webp"])).min(1),
    sidePx: z.int().positive(),
    maxBytes: z.int().positive(),
  }),
  z.object({
    kind: z.literal("mask"),
    form: z.enum(["white", "black", "transparent"]),
    widthPx: z.int().positive().max(16_384),
    heightPx: z.int().positive().max(16_384),
  }),
]);
/**
 * What to make of a picture, upright, in sRGB and without metadata:
 * - `figma`: as large as Figma takes it, in a format that it takes;
 * - `thumbnail`: still, at most so many pixels a side, in a format that Figma takes;
 * - `mask`: grey, of exactly that size, where `form` is what says "change here" (white is how it comes); a
 *   PNG, which for "transparent" holds nothing but its alpha;
 * - `model`: still, within what a model takes, in the first of its formats that keeps what is in it.
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
    /** Whether an SVG drawing is taken, rebuilt. */
    takesDrawings: z.boolean(),
  }),
  z.object({
    kind: z.literal("derive"),
    file: z.string(),
    mediaType: mediaTypeSchema,
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
    kind: z.literal("redrawn"),
    svg: z.string(),
    widthPx: z.int(),
    heightPx: z.int(),
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
/**
 * What the inspecting process answers, one reply for each request; "redrawn" is a drawing, of which
 * nothing but this text is to be kept.
 */
export type InspectionReply = Readonly<z.infer<typeof inspectionReplySchema>>;

/** What the process says first, when its decoder is loaded. */
export const readyMessage = "ready";
