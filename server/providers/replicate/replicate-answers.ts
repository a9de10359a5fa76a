import * as z from "zod";
import type { VendorTrouble } from "../vendor-failures.ts";

const address = z.url().max(2_000);

/** What a submission is answered (https://replicate.com/docs/reference/http#models.predictions.create). */
export const replicateAcceptedSchema = z.object({
  id: z.string().min(1).max(200),
  urls: z.object({ get: address, cancel: address }),
});

/** What is kept of an accepted prediction: Replicate's own addresses. */
export const replicateHandleSchema = z.object({
  v: z.literal(1),
  getUrl: z.string(),
  cancelUrl: z.string(),
});
/** What is kept of an accepted prediction. */
export type ReplicateHandle = z.infer<typeof replicateHandleSchema>;

/** How a prediction stands. */
export const replicateStandingSchema = z.object({
  status: z.enum(["starting", "processing", "succeeded", "failed", "canceled", "aborted"]),
  output: z.unknown().optional(),
  error: z.unknown().optional(),
  started_at: z.string().nullish(),
});
/** How a prediction stands. */
export type ReplicateStanding = z.infer<typeof replicateStandingSchema>;

/** What an uploaded file is answered. */
export const replicateFileSchema = z.object({ urls: z.object({ get: address }) });

/** Whether a prediction was stopped before it began, which costs nothing. */
export function isUnbegun({ status, started_at }: ReplicateStanding): boolean {
  return status === "aborted" || (status === "canceled" && !started_at);
}

const mostFiles = 100;
const deepest = 4;

/** Every address in an output, which may be a text, a list or an object of either. */
export function addressesIn(output: unknown, depth = 0): string[] {
  if (typeof output === "string") return output.startsWith("https://") ? [output] : [];
  if (typeof output !== "object" || output === null || depth >= deepest) return [];
  return Object.values(output)
    .flatMap((each: unknown) => addressesIn(each, depth + 1))
    .slice(0, mostFiles);
}

/** What a failed prediction means, by the model's own words. */
export function replicateTrouble({ error }: ReplicateStanding): VendorTrouble {
  const said = typeof error === "string" ? error : "";
  if (/nsfw|flagged|sensitive|moderat/i.test(said)) return { kind: "moderation", side: "result" };
  return { kind: "provider" };
}

const refusalSchema = z.object({
  detail: z.string(),
  invalid_fields: z.array(z.object({ field: z.string(), description: z.string() })).optional(),
});

/** What a refusal means, by its status and body; null where the status says all. */
export function replicateRefusal(status: number, body: unknown): VendorTrouble | null {
  if (status !== 400 && status !== 422) return null;
  const read = refusalSchema.safeParse(body);
  if (!read.success) return null;
  const { detail, invalid_fields = [] } = read.data;
  const [first] = invalid_fields;
  const field = first?.field.replace(/^input\./, "") ?? null;
  return { kind: "validation", field, said: first?.description ?? detail };
}
