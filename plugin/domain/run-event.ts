import * as z from "zod/mini";
import { costShape, priceBasisSchema } from "./cost.ts";
import { countSchema } from "./count.ts";
import { failureSchema } from "./failure.ts";
import { planSchema } from "./plan.ts";
import { versionSchema } from "./version.ts";
import { idSchema } from "./well-formed.ts";

/** How a run can end: every step was done or reused; at least one failed; or it was stopped. */
export const runEndSchema = z.enum(["done", "failed", "cancelled"]);

/**
 * Everything that a run tells, in order. Events are numbered from 1 without a gap within a run, kept,
 * and replayed from any number on; applying one twice changes nothing (I7).
 */
export const runEventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("run-start"), plan: planSchema }),
  z.object({ type: z.literal("node-start"), node: idSchema, calls: z.int().check(z.minimum(1)) }),
  /** `done` from 0 to 1 over all calls of the node; null where the provider does not tell. */
  z.object({
    type: z.literal("node-progress"),
    node: idSchema,
    done: z.nullable(z.number().check(z.minimum(0), z.maximum(1))),
  }),
  /** Waits for a place at its provider, the next one at 1; 0 once it waits no more. */
  z.object({ type: z.literal("node-queued"), node: idSchema, position: countSchema }),
  /** What it made waits in memory until the relay's storage takes it; false once it waits no more. */
  z.object({ type: z.literal("node-no-room"), node: idSchema, isWaiting: z.boolean() }),
  z.object({ type: z.literal("node-end"), node: idSchema, version: versionSchema }),
  z.object({ type: z.literal("node-reused"), node: idSchema, version: versionSchema }),
  /** `version` holds what succeeded before the failure, which is kept and was paid; else null. The cost is of everything. */
  z.object({
    type: z.literal("node-failure"),
    node: idSchema,
    failure: failureSchema,
    ...costShape,
    priceBasis: priceBasisSchema,
    version: z.nullable(versionSchema),
  }),
  /** Did not run because `because` failed or was stopped. */
  z.object({ type: z.literal("node-skipped"), node: idSchema, because: z.nullable(idSchema) }),
  z.object({ type: z.literal("run-cancel") }),
  z.object({
    type: z.literal("run-end"),
    state: runEndSchema,
    ...costShape,
  }),
]);
/** Something that a run tells. */
export type RunEvent = z.infer<typeof runEventSchema>;

/** An event with its number in its run and its time in milliseconds since 1970. */
export const numberedEventSchema = z.object({
  number: z.int().check(z.minimum(1)),
  atMs: countSchema,
  event: runEventSchema,
});
/** An event with its number in its run. */
export type NumberedEvent = z.infer<typeof numberedEventSchema>;
