import * as z from "zod";
import type { Withheld } from "../ai-sdk/sdk-failures.ts";
import type { VendorTrouble } from "../vendor-failures.ts";

/**
 * An error of Google's APIs (https://cloud.google.com/apis/design/errors); interactions have a word for a
 * code, and what stands before them puts the error into a list.
 */
export const googleErrorSchema = z.object({
  code: z.union([z.number(), z.string()]).nullish(),
  message: z.string().nullish(),
  status: z.string().nullish(),
  details: z.array(z.unknown()).nullish(),
});
const refusalSchema = z.object({ error: googleErrorSchema });
const listedSchema = z.tuple([refusalSchema]).transform(([first]) => first);

const waitSchema = z.object({ retryDelay: z.string().regex(/^\d{1,7}(\.\d{1,9})?s$/) });
const fieldsSchema = z.object({
  fieldViolations: z.array(z.object({ field: z.string() })).min(1),
});

/** What a refusal of Google means; null where the status says all. */
export function googleRefusal(status: number, body: unknown): VendorTrouble | null {
  const read = z.union([refusalSchema, listedSchema]).safeParse(body);
  return read.success ? troubleOf(status, read.data.error) : null;
}

function troubleOf(status: number, error: z.infer<typeof googleErrorSchema>): VendorTrouble | null {
  const { message, details } = error;
  if (status === 429) {
    const retryAfterMs = (details ?? []).map(waitMsOf).find((waitMs) => waitMs !== null) ?? null;
    // Without a delay the header may say one.
    return retryAfterMs === null ? null : { kind: "rate-limit", retryAfterMs };
  }
  if (status !== 400 && status !== 404) return null;
  // A key that is none is a wrong argument to Google.
  if (/api key not valid|api_key_invalid/i.test(message ?? "")) return { kind: "auth" };
  const fields = (details ?? []).map((detail) => fieldsSchema.safeParse(detail));
  const field = fields.find(({ success }) => success)?.data?.fieldViolations[0]?.field ?? null;
  return { kind: "validation", field, said: message ?? null };
}

/** "17s" in milliseconds. */
function waitMsOf(detail: unknown): number | null {
  const read = waitSchema.safeParse(detail);
  return read.success ? Math.ceil(Number.parseFloat(read.data.retryDelay) * 1_000) : null;
}

/** What stands in an answer 200 without a result (providers.md 4.4). */
const answerSchema = z.object({
  promptFeedback: z.object({ blockReason: z.string().nullish() }).nullish(),
  candidates: z.array(z.object({ finishReason: z.string().nullish() })).nullish(),
});
const filtered = new Set([
  "SAFETY",
  "IMAGE_SAFETY",
  "PROHIBITED_CONTENT",
  "IMAGE_PROHIBITED_CONTENT",
  "RECITATION",
  "IMAGE_RECITATION",
  "BLOCKLIST",
  "SPII",
]);

/** What an answer of Google means that holds no result; null where it does not say why. */
export function googleWithheld(body: unknown): Withheld | null {
  const read = answerSchema.safeParse(body);
  if (!read.success) return null;
  const { promptFeedback, candidates } = read.data;
  if (promptFeedback?.blockReason) {
    return { trouble: { kind: "moderation", side: "prompt" }, isBilled: null };
  }
  const isFiltered = (candidates ?? []).some(({ finishReason }) =>
    filtered.has(finishReason ?? ""),
  );
  return isFiltered ? { trouble: { kind: "moderation", side: "result" }, isBilled: null } : null;
}

/** The end of a clip, as its operation tells it. */
const operationSchema = z.object({
  done: z.literal(true),
  error: googleErrorSchema.nullish(),
  response: z
    .object({
      generateVideoResponse: z
        .object({
          raiMediaFilteredCount: z.number().nullish(),
          raiMediaFilteredReasons: z.array(z.string()).nullish(),
        })
        .nullish(),
    })
    .nullish(),
});
/** INVALID_ARGUMENT of https://grpc.io/docs/guides/status-codes. */
const invalidArgument = 3;

/** What the end of a clip without a clip means; null while it goes on or is made. */
export function googleClipEnd(body: unknown): Withheld | null {
  const read = operationSchema.safeParse(body);
  if (!read.success) return null;
  const { error, response } = read.data;
  const { raiMediaFilteredCount, raiMediaFilteredReasons } = response?.generateVideoResponse ?? {};
  if ((raiMediaFilteredCount ?? 0) > 0 || (raiMediaFilteredReasons ?? []).length > 0) {
    return { trouble: { kind: "moderation", side: "result" }, isBilled: null };
  }
  if (!error) return null;
  const isRefused = error.code === invalidArgument;
  const said = error.message ?? null;
  return {
    trouble: isRefused ? { kind: "validation", field: null, said } : { kind: "provider" },
    isBilled: null,
  };
}
