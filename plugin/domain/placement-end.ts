import * as z from "zod/mini";
import { idSchema } from "./well-formed.ts";

/** What a session tells about a placement: it is on the canvas, cannot be, was given up, was taken away. */
export const placementOutcomeSchema = z.enum(["placed", "orphaned", "released", "removed"]);

/** A session's word on a placement; `layer` is the one that holds it or held it, null if none does. */
export const placementEndSchema = z
  .object({ session: idSchema, outcome: placementOutcomeSchema, layer: z.nullable(idSchema) })
  .check(
    z.refine(({ outcome, layer }) => outcome !== "placed" || layer !== null, {
      path: ["layer"],
      error: "must name the layer that holds the result",
    }),
  );
/** A session's word on a placement. */
export type PlacementEnd = z.infer<typeof placementEndSchema>;
