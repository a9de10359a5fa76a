import * as z from "zod/mini";
import { costShape, noCost, priceBasisSchema, worstBasis, type PriceBasis } from "./cost.ts";
import { countSchema } from "./count.ts";
import { idSchema } from "./well-formed.ts";

/** Why a step runs or does not. */
export const stepReasonSchema = z.enum([
  "first-run",
  "changed",
  "upstream-runs",
  "asked-again",
  "up-to-date",
  "locked",
]);
/** Why a step runs or does not. */
export type StepReason = z.infer<typeof stepReasonSchema>;

/**
 * One node's turn in a run, decided beforehand.
 * - `needs`: the nodes of other steps that must end first.
 * - `calls`, `credits`, `microDollars`: the most calls it can make and the most they can cost together;
 *   `priceBasis` says how far that can be trusted.
 * - `fingerprint`: null while an input is not made yet; then the relay decides during the run, and a
 *   step whose inputs turn out the same as before is reused and costs nothing.
 */
export const stepSchema = z.object({
  node: idSchema,
  action: z.enum(["run", "reuse"]),
  reason: stepReasonSchema,
  model: idSchema,
  needs: z.array(idSchema),
  calls: countSchema,
  ...costShape,
  priceBasis: priceBasisSchema,
  expectedMs: countSchema,
  fingerprint: z.nullable(z.string()),
});
/** One node's turn in a run, decided beforehand. */
export type Step = z.infer<typeof stepSchema>;

/**
 * What a run will do, in an order that respects every connection. `credits` is the ceiling that is
 * held and never exceeded (I14), `microDollars` that of what providers are expected to bill; `expectedMs`
 * the longest chain of steps, not their sum.
 */
export const planSchema = z.object({
  steps: z.array(stepSchema),
  ...costShape,
  expectedMs: countSchema,
});
/** What a run will do. */
export type Plan = z.infer<typeof planSchema>;

/** A plan of nothing. */
export const noPlan: Plan = { steps: [], ...noCost, expectedMs: 0 };

/** How far the price of a plan can be trusted: as far as that of its least certain step. */
export function basisOf({ steps }: Pick<Plan, "steps">): PriceBasis {
  const running = steps.filter(({ action }) => action === "run");
  return worstBasis(running.map(({ priceBasis }) => priceBasis));
}

/** How many calls a plan makes at most. */
export function callsOf({ steps }: Plan): number {
  return steps.reduce((sum, step) => sum + (step.action === "run" ? step.calls : 0), 0);
}
