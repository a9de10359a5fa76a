import * as z from "zod";
import type { VendorTrouble } from "../vendor-failures.ts";

/** A credit of Runway is a cent (https://docs.dev.runwayml.com/guides/pricing). */
const microDollarsOfCredit = 10_000;
const costSchema = z.object({ credits: z.number().nonnegative().max(1e6) });

/** What a submission is answered; `estimatedCost` is the most that the task may cost. */
export const runwayAcceptedSchema = z.object({ id: z.string().regex(/^[\w-]{1,200}$/) });

/** What is kept of an accepted task. */
export const runwayHandleSchema = z.object({ v: z.literal(1), id: z.string() });
/** What is kept of an accepted task. */
export type RunwayHandle = z.infer<typeof runwayHandleSchema>;

/** How a task stands; its cost is final once it ended, what was paid back taken off. */
export const runwayStandingSchema = z.object({
  status: z.string().max(100),
  progress: z.number().nullish(),
  output: z.array(z.url().max(8_000)).max(20).nullish(),
  failureCode: z.string().max(200).nullish(),
  cost: costSchema.nullish(),
});
/** How a task stands. */
export type RunwayStanding = z.infer<typeof runwayStandingSchema>;

/** Whether a task still waits or works; one of a name that is new counts as at work. */
export function isAtWork({ status }: RunwayStanding): boolean {
  return !["SUCCEEDED", "FAILED", "CANCELLED"].includes(status);
}

/** What a task cost, in millionths of a dollar; null where Runway does not say. */
export function runwayBilled({ cost }: RunwayStanding): number | null {
  return cost ? Math.ceil(cost.credits * microDollarsOfCredit) : null;
}

/** What a task's failure means (https://docs.dev.runwayml.com/errors/task-failures). */
export function runwayTrouble({ failureCode }: RunwayStanding): VendorTrouble {
  const code = failureCode ?? "";
  if (code.startsWith("SAFETY.INPUT")) return { kind: "moderation", side: "prompt" };
  if (code.startsWith("SAFETY")) return { kind: "moderation", side: "result" };
  if (code.startsWith("INPUT_PREPROCESSING") || code.startsWith("ASSET")) {
    return { kind: "validation", field: null, said: "one of its pictures cannot be used" };
  }
  return { kind: "provider" };
}

const refusalSchema = z.object({
  error: z.string(),
  issues: z
    .array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() }))
    .optional(),
});

/** What a refusal means, by its status and body; null where the status says all. */
export function runwayRefusal(status: number, body: unknown): VendorTrouble | null {
  if (status !== 400 && status !== 422) return null;
  const read = refusalSchema.safeParse(body);
  if (!read.success) return null;
  const { error, issues = [] } = read.data;
  if (/enough credits/i.test(error)) return { kind: "quota" };
  const [first] = issues;
  const field = first && first.path.length > 0 ? first.path.join(".") : null;
  return { kind: "validation", field, said: first?.message ?? error };
}
