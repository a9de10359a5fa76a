import * as z from "zod";
import type { VendorTrouble } from "../vendor-failures.ts";

const suggestedSchema = z.object({ prompt_suggestion: z.string().max(10_000).nullish() });
const detailSchema = z.object({
  detail: z.union([
    z.string(),
    z.object({
      status: z.string().nullish(),
      message: z.string().nullish(),
      data: suggestedSchema.nullish(),
    }),
    z.array(z.object({ loc: z.array(z.union([z.string(), z.number()])), msg: z.string() })).min(1),
  ]),
});

/** Words of ours for what its request calls them. */
const ownNames: Readonly<Record<string, string>> = {
  voice_id: "voice",
  music_length_ms: "duration",
  duration_seconds: "duration",
  text: "prompt",
};

/**
 * What a refusal of the request means: `detail` with a status and a message, sometimes with a prompt that
 * would be taken, or the list of FastAPI (elevenlabs.io/docs/developers/resources/errors). An account that
 * is empty is told with 401.
 */
export function elevenLabsRefusal(status: number, body: unknown): VendorTrouble | null {
  const read = detailSchema.safeParse(body);
  const detail = read.success ? read.data.detail : null;
  if (detail !== null && typeof detail === "object" && !Array.isArray(detail)) {
    const named = namedTrouble(detail.status ?? "", detail.data?.prompt_suggestion ?? null);
    if (named) return named;
  }
  if (status !== 400 && status !== 404 && status !== 422) return null;
  if (detail === null || typeof detail === "string") {
    return { kind: "validation", field: null, said: detail };
  }
  if (!Array.isArray(detail)) {
    const field = detail.status === "voice_not_found" ? "voice" : null;
    return { kind: "validation", field, said: detail.message ?? null };
  }
  const [first] = detail;
  const name = String(first?.loc.at(-1) ?? "");
  const field = name === "" || name === "body" ? null : (ownNames[name] ?? name);
  return { kind: "validation", field, said: first?.msg ?? null };
}

function namedTrouble(status: string, suggestion: string | null): VendorTrouble | null {
  if (status === "quota_exceeded") return { kind: "quota" };
  if (status === "invalid_api_key" || status === "missing_permissions") return { kind: "auth" };
  const isRule =
    status === "bad_prompt" ||
    status === "bad_composition_plan" ||
    status.endsWith("_tos_violation") ||
    status === "tos_violation";
  return isRule ? { kind: "moderation", side: "prompt", suggestion } : null;
}
