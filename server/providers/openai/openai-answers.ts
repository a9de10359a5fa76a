import * as z from "zod";
import type { VendorTrouble } from "../vendor-failures.ts";

/** The vendor's words of a refusal (https://platform.openai.com/docs/guides/error-codes). */
const refusalSchema = z.object({
  error: z.object({
    message: z.string().nullish(),
    code: z.union([z.string(), z.number()]).nullish(),
    type: z.string().nullish(),
    param: z.string().nullish(),
  }),
});

/** By providers.md 4.3 and 10.7. */
const moderated = new Set(["moderation_blocked", "content_policy_violation"]);
/** A 429 for these does not pass by waiting. */
const empty = new Set(["insufficient_quota", "billing_hard_limit_reached"]);

/** What a refusal of OpenAI, or of a server that speaks like it, means; null where the status says all. */
export function openaiRefusal(status: number, body: unknown): VendorTrouble | null {
  const read = refusalSchema.safeParse(body);
  if (!read.success) return null;
  const { message, code, type, param } = read.data.error;
  const words = [String(code ?? ""), type ?? ""];
  if (words.some((word) => empty.has(word))) return { kind: "quota" };
  if (status !== 400 && status !== 404 && status !== 422) return null;
  if (words.some((word) => moderated.has(word))) return { kind: "moderation", side: "prompt" };
  return { kind: "validation", field: param ?? null, said: message ?? null };
}
