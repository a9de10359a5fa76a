import * as z from "zod";

/** The nine parts of a picture, by rows from the upper left. */
export const pictureParts = [
  "top left",
  "top centre",
  "top right",
  "middle left",
  "centre",
  "middle right",
  "bottom left",
  "bottom centre",
  "bottom right",
] as const;
/** A ninth of a picture. */
export type PicturePart = (typeof pictureParts)[number];

const partSchema = z.enum(pictureParts);

/**
 * What can be measured of a picture; nothing of it is a guess at what the picture shows.
 * - `brightness` and `contrast` 0 to 1, `colourfulness` about 0 to 100 (Hasler and Süsstrunk),
 *   `focus` the strength of the finest edges, about 0 to 10.
 * - `colours` from the largest share down, shares 0 to 1.
 * - `detail` the two busiest parts, `quiet` the calmest: room for text.
 */
export const pictureFactsSchema = z.object({
  widthPx: z.int().positive(),
  heightPx: z.int().positive(),
  hasAlpha: z.boolean(),
  brightness: z.number(),
  contrast: z.number(),
  colourfulness: z.number(),
  focus: z.number(),
  tone: z.enum(["very dark", "dark", "mid-tone", "bright", "very bright"]),
  contrastWord: z.enum(["low", "medium", "high"]),
  colourWord: z.enum(["nearly monochrome", "muted", "moderately colourful", "vivid"]),
  temperature: z.enum(["warm", "neutral", "cool"]),
  focusWord: z.enum(["soft", "moderately sharp", "sharp"]),
  symmetry: z.enum(["asymmetric", "partly symmetric", "nearly mirror-symmetric"]),
  colours: z.array(z.object({ name: z.string(), hex: z.string(), share: z.number() })).max(6),
  detail: z.tuple([partSchema, partSchema]),
  quiet: partSchema,
});
/** What can be measured of a picture. */
export type PictureFacts = z.infer<typeof pictureFactsSchema>;
