import * as z from "zod/mini";
import { assetSchema } from "./asset.ts";
import { portTypeSchema } from "./port.ts";
import { itemSchema } from "./item.ts";
import { textSchema } from "./well-formed.ts";

const base = {
  label: z.string(),
  /** One sentence under the control. */
  hint: z.optional(z.string()),
  /** Shown, checked and counted only while another setting has this value. */
  when: z.optional(z.object({ setting: z.string(), is: z.union([z.string(), z.boolean()]) })),
};

/** An entry of a list that a person typed or uploaded; only ticked ones are used. */
export const listEntrySchema = z.object({ isTicked: z.boolean(), item: itemSchema });

/** A setting declared as data, so that a relay can send the params of a model it learnt yesterday. */
export const paramSchema = z.discriminatedUnion("control", [
  z.object({
    control: z.literal("text"),
    ...base,
    maxCharacters: z.int().check(z.minimum(1)),
    placeholder: z.optional(z.string()),
    default: z.string(),
  }),
  z.object({
    control: z.literal("number"),
    ...base,
    min: z.number(),
    max: z.number(),
    /** The distance between two allowed values, counted from `min`. */
    step: z.number().check(z.positive()),
    unit: z.optional(z.string()),
    default: z.number(),
  }),
  z.object({
    control: z.literal("choice"),
    ...base,
    options: z.array(z.object({ value: z.string(), label: z.string() })).check(z.minLength(1)),
    default: z.string(),
  }),
  z.object({ control: z.literal("switch"), ...base, default: z.boolean() }),
  /** A number that fixes chance; null asks for a new one at each fresh try. */
  z.object({ control: z.literal("seed"), ...base, default: z.null() }),
  /** One file that the node itself holds. */
  z.object({
    control: z.literal("asset"),
    ...base,
    accepts: z.array(portTypeSchema).check(z.minLength(1)),
    default: z.null(),
  }),
  /** Ordered entries that can be ticked, typed or uploaded by hand. */
  z.object({
    control: z.literal("items"),
    ...base,
    maxItems: z.int().check(z.minimum(1)),
    default: z.array(listEntrySchema).check(z.maxLength(0)),
  }),
]);
/** A setting declared as data. */
export type Param = z.infer<typeof paramSchema>;
/** Params by the name of their setting. */
export type Params = Readonly<Record<string, Param>>;

/** The largest seed: what every provider of providers.md takes, 2^31 - 1. */
export const largestSeed = 2_147_483_647;

/** The schema of the value of one setting. Numbers must lie on a step. */
export function valueSchema(param: Param) {
  switch (param.control) {
    case "text":
      return textSchema(param.maxCharacters);
    case "number":
      return z.number().check(
        z.minimum(param.min),
        z.maximum(param.max),
        z.refine((value) => isOnStep(value, param), `is not on a step of ${param.step}`),
      );
    case "choice":
      return z.enum(param.options.map((option) => option.value));
    case "switch":
      return z.boolean();
    case "seed":
      return z.nullable(z.int().check(z.minimum(0), z.maximum(largestSeed)));
    case "asset":
      return z.nullable(assetSchema);
    case "items":
      return z.array(listEntrySchema).check(z.maxLength(param.maxItems));
  }
}

function isOnStep(value: number, param: { min: number; step: number }): boolean {
  const steps = (value - param.min) / param.step;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
}
