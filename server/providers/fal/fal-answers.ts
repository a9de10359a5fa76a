import * as z from "zod";
import type { VendorTrouble } from "../vendor-failures.ts";
import type { FalWire } from "./fal-wire.ts";

const address = z.url().max(2_000);

/** What a submission is answered (https://docs.fal.ai/model-endpoints/queue). */
export const falAcceptedSchema = z.object({
  request_id: z.string().regex(/^[\w-]{1,200}$/),
  status_url: address,
  response_url: address,
  cancel_url: address,
});

/** What is kept of an accepted job: fal's own addresses, which are never built anew. */
export const falHandleSchema = z.object({
  v: z.literal(1),
  requestId: z.string(),
  statusUrl: z.string(),
  responseUrl: z.string(),
  cancelUrl: z.string(),
  output: z.enum(["images", "image", "video", "audio"]),
});
/** What is kept of an accepted job. */
export type FalHandle = z.infer<typeof falHandleSchema>;

/** How a job stands in the queue. "COMPLETED" is said of failed ones too: their result tells. */
export const falStandingSchema = z.object({
  status: z.enum(["IN_QUEUE", "IN_PROGRESS", "COMPLETED"]),
});

const fileSchema = z.object({ url: z.url().max(8_000) });
const outputSchemas = {
  images: z.object({ images: z.array(fileSchema).min(1).max(100) }),
  image: z.object({ image: fileSchema }),
  video: z.object({ video: fileSchema }),
  audio: z.object({ audio: fileSchema }),
};

/** The addresses of the files in a result; null where it is not one. */
export function falFiles(output: FalWire["output"], said: unknown): string[] | null {
  const read = outputSchemas[output].safeParse(said);
  if (!read.success) return null;
  const { data } = read;
  const files = "images" in data ? data.images : Object.values(data).flat();
  return files.map(({ url }) => url);
}

const withheldSchema = z.object({ has_nsfw_concepts: z.array(z.boolean()) });

/** Whether a result is only a black picture in place of one that the filter withheld. */
export function isWithheld(said: unknown): boolean {
  const read = withheldSchema.safeParse(said);
  return read.success && read.data.has_nsfw_concepts[0] === true;
}

/** fal's words of a refusal: FastAPI's `detail`, a text or a list with the place and the kind of fault. */
const detailSchema = z.object({
  detail: z.union([
    z.string(),
    z
      .array(
        z.object({
          loc: z.array(z.union([z.string(), z.number()])),
          msg: z.string(),
          type: z.string().optional(),
        }),
      )
      .min(1),
  ]),
});

/** What a refusal means, by its status and body; null where the status says all. */
export function falRefusal(status: number, body: unknown): VendorTrouble | null {
  const read = detailSchema.safeParse(body);
  if (!read.success) return null;
  const { detail } = read.data;
  if (status === 403 && typeof detail === "string" && /balance/i.test(detail)) {
    return { kind: "quota" };
  }
  if (status !== 400 && status !== 422) return null;
  if (typeof detail === "string") return { kind: "validation", field: null, said: detail };
  const [first] = detail;
  const field = first?.loc.filter((part) => part !== "body").join(".") ?? "";
  if (first?.type === "content_policy_violation") {
    return { kind: "moderation", side: field === "" ? "result" : "prompt" };
  }
  return { kind: "validation", field: field === "" ? null : field, said: first?.msg ?? null };
}

/** Whether a result's failure is what the model itself ended with, and not a host that is down. */
export function isModelFailure(status: number, body: unknown): boolean {
  return status >= 500 && detailSchema.safeParse(body).success;
}

/** What a wish to cancel is answered (https://fal.ai/docs/inference-api/queue/cancel). */
export const falCancelSchema = z.object({ status: z.string().max(100) });

const billingSchema = z.object({
  billing_events: z
    .array(z.object({ request_id: z.string(), cost_estimate_nano_usd: z.number().nonnegative() }))
    .max(100),
});

/** What fal billed for a request, in millionths of a dollar; null while it does not say. */
export function falBilled(requestId: string, said: unknown): number | null {
  const read = billingSchema.safeParse(said);
  const events = read.success
    ? read.data.billing_events.filter(({ request_id }) => request_id === requestId)
    : [];
  if (events.length === 0) return null;
  const nanoDollars = events.reduce((sum, each) => sum + each.cost_estimate_nano_usd, 0);
  return Math.ceil(nanoDollars / 1_000);
}
