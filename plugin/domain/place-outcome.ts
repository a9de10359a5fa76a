import * as z from "zod/mini";
import { idSchema } from "./well-formed.ts";

/**
 * What became of a result that was to be put on the canvas. "found": a layer with this placement's marker was there already; "orphaned":
 * the node's layer is gone; "late": the lease ended before the commit; "read-only": this person may
 * not edit; "failed": no rung worked, with the reason in a sentence. Only "placed" wrote something.
 */
export const placeOutcomeSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("placed"),
    layer: idSchema,
    rung: z.string(),
    notes: z.array(z.string()),
  }),
  z.object({ kind: z.literal("found"), layer: idSchema }),
  z.object({ kind: z.literal("orphaned") }),
  z.object({ kind: z.literal("late") }),
  z.object({ kind: z.literal("read-only"), message: z.string() }),
  z.object({ kind: z.literal("failed"), message: z.string() }),
]);
/** What became of a placement. */
export type PlaceOutcome = z.infer<typeof placeOutcomeSchema>;
