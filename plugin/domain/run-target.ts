import * as z from "zod/mini";
import { idSchema } from "./well-formed.ts";

/** What a person asked to run (product.md A4). */
export const runTargetSchema = z.discriminatedUnion("mode", [
  z.object({ mode: z.literal("this-node"), node: idSchema }),
  z.object({ mode: z.literal("from-here"), node: idSchema }),
  z.object({ mode: z.literal("up-to-here"), node: idSchema }),
  z.object({ mode: z.literal("connected"), node: idSchema }),
  z.object({
    mode: z.literal("selected"),
    nodes: z.array(idSchema).check(z.minLength(1), z.maxLength(2_000)),
  }),
  z.object({ mode: z.literal("all") }),
]);
/** What a person asked to run. */
export type RunTarget = z.infer<typeof runTargetSchema>;

/** Every mode of a {@link RunTarget}, in the order in which they are offered. */
export const runModes = runTargetSchema.def.options.flatMap(({ shape }) => shape.mode.def.values);
