import * as z from "zod/mini";
import { countSchema } from "./count.ts";
import { paramSchema } from "./param.ts";
import { priceBasisSchema } from "./cost.ts";
import { inCredits, priceSchema } from "./price.ts";

/** What a model can be asked to do; a node type names the one it needs. */
export const tasks = ["text", "image", "video", "audio", "upscale", "camera"] as const;
/** Schema of {@link Task}. */
export const taskSchema = z.enum(tasks);
/** What a model can be asked to do. */
export type Task = z.infer<typeof taskSchema>;

/**
 * How far results can be trusted to be the real thing: "exact" measured work, "heuristic" a guess
 * by rules, "draft" a stand-in that says so on its face, "generated" made by an AI model.
 */
export const fidelitySchema = z.enum(["exact", "heuristic", "draft", "generated"]);

/** What a result may be that is its picture times the number of a setting. */
const grownRangeSchema = z.object({
  setting: z.string(),
  mostSidePx: z.optional(countSchema),
  mostMegapixels: z.optional(z.number()),
  /** A switch by which the model takes a smaller copy of a picture that would grow too large. */
  fitBy: z.optional(z.string()),
});
/** What a result may be that is its picture times the number of a setting. */
export type GrownRange = z.infer<typeof grownRangeSchema>;

/**
 * What a picture has to be: its shorter side in pixels, and its width over its height; and, where its
 * result is larger by a setting, what that may be.
 */
export const pictureRangeSchema = z.object({
  leastSidePx: countSchema,
  leastRatio: z.number(),
  mostRatio: z.number(),
  grown: z.optional(grownRangeSchema),
});
/** What a picture has to be. */
export type PictureRange = z.infer<typeof pictureRangeSchema>;

/**
 * A model as the relay serves it: everything that form, check, quote and call need.
 * - `inputs`: how many items it takes at each input of its node type in one call; an input that is
 *   not named here takes none.
 * - `needs`: the inputs or settings that it cannot do without, beside those of its node type.
 * - `ways`: where not every input goes with every other, the inputs that go together, each true where the
 *   others cannot do without it: one of these ways has to hold all that is given.
 * - `limits`: what a picture at an input has to be, by the input's name. What is too large or of another
 *   format is no matter: the relay makes it fit.
 * - `outputsPerCall`: the most results that it makes in one call; more are asked for in several.
 * - `params`: its own settings, beside those of the node type.
 * - `version`: part of the fingerprint; changes when the same request would give another result.
 * - `priceBasis`: whether the price is the vendor's own, worked out by somebody, or not known at all; then
 *   `price` is what is known of it, if anything is.
 * - `unavailable`: null when it can run now, else a sentence that says what is missing.
 * - `isRetired`: its vendor shut it down: it is known, so that a node that names it can be told what to
 *   take instead (in `unavailable`), and is offered no more.
 * - `source`: where its facts come from: a page, or a package with its version; and when it was read.
 */
export const modelSchema = z.object({
  id: z.string().check(z.regex(/^[a-z0-9-]+:[A-Za-z0-9._/:@+-]+$/)),
  provider: z.string(),
  title: z.string(),
  description: z.string(),
  task: taskSchema,
  fidelity: fidelitySchema,
  version: z.string(),
  inputs: z.record(z.string(), countSchema),
  needs: z.optional(z.readonly(z.array(z.string()))),
  ways: z.optional(z.readonly(z.array(z.record(z.string(), z.boolean())))),
  limits: z.record(z.string(), pictureRangeSchema),
  outputsPerCall: z.int().check(z.minimum(1)),
  maxPromptCharacters: countSchema,
  params: z.record(z.string(), paramSchema),
  price: priceSchema,
  priceBasis: priceBasisSchema,
  expectedMs: countSchema,
  unavailable: z.nullable(z.string()),
  isRetired: z.boolean(),
  source: z.string(),
});
/** A model as the relay serves it. */
export type Model = z.infer<typeof modelSchema>;

/**
 * A model as it is sold for credits: what is money in its price is so many credits a dollar. What it
 * costs the team is then certain; where nobody knows the price it cannot be sold.
 */
export function sellForCredits(model: Model, creditsPerDollar: number): Model {
  const unsold = `What ${model.title} costs is not known, so it is not sold for credits.`;
  return {
    ...model,
    price: inCredits(model.price, creditsPerDollar),
    priceBasis: "list",
    unavailable: model.unavailable ?? (model.priceBasis === "unknown" ? unsold : null),
  };
}
