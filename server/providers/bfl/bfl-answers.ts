import * as z from "zod";
import type { VendorTrouble } from "../vendor-failures.ts";

/** What a submission is answered (https://docs.bfl.ai/quick_start/generating_images). `cost` is in credits of a cent. */
export const bflAcceptedSchema = z.object({
  id: z.string().min(1).max(200),
  polling_url: z.url().max(2_000),
  cost: z.number().nonnegative().max(1e6).nullish(),
});

/** How a job stands, as its polling address tells it. */
export const bflStandingSchema = z.object({
  status: z.string().max(100),
  progress: z.number().nullish(),
  result: z.object({ sample: z.url().max(4_000) }).nullish(),
});

/** What is kept of an accepted job; `cost` in credits of a cent, null where it was not told. */
export const bflHandleSchema = z.object({
  v: z.literal(1),
  pollingUrl: z.string(),
  cost: z.number().nullable(),
});
/** What is kept of an accepted job. */
export type BflHandle = z.infer<typeof bflHandleSchema>;

/** What a status means that is the end of a job without a result; null while it goes on. */
export function bflTrouble(status: string): VendorTrouble | null {
  switch (status) {
    case "Request Moderated":
      return { kind: "moderation", side: "prompt" };
    case "Content Moderated":
      return { kind: "moderation", side: "result" };
    case "Task not found":
      return { kind: "expired" };
    case "Error":
    case "Failed":
      return { kind: "provider" };
    default:
      return null;
  }
}

/** The vendor's words of a refusal: FastAPI's `detail`, a text or a list with the place of the fault. */
const detailSchema = z.object({
  detail: z.union([
    z.string(),
    z.array(z.object({ loc: z.array(z.union([z.string(), z.number()])), msg: z.string() })).min(1),
  ]),
});

/** What a refusal of the request means, by its status and body; null where the status says all. */
export function bflRefusal(status: number, body: unknown): VendorTrouble | null {
  if (status !== 400 && status !== 422) return null;
  const read = detailSchema.safeParse(body);
  if (!read.success) return { kind: "validation", field: null, said: null };
  const { detail } = read.data;
  if (typeof detail === "string") return { kind: "validation", field: null, said: detail };
  const [first] = detail;
  const field = first?.loc.filter((part) => part !== "body").join(".") ?? "";
  return { kind: "validation", field: field === "" ? null : field, said: first?.msg ?? null };
}
