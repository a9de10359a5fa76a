import * as z from "zod";
import type { Withheld } from "../ai-sdk/sdk-failures.ts";
import type { VendorTrouble } from "../vendor-failures.ts";

/** The forms of a refusal that xAI's services use (@ai-sdk/xai@5.0.12, xai-error.ts). */
const refusalSchema = z.union([
  z.object({
    error: z.object({
      message: z.string(),
      code: z.union([z.string(), z.number()]).nullish(),
      param: z.unknown(),
    }),
  }),
  z.object({ code: z.string().nullish(), error: z.string() }),
]);

/** What a refusal of xAI means; null where the status says all. */
export function xaiRefusal(status: number, body: unknown): VendorTrouble | null {
  const read = refusalSchema.safeParse(body);
  if (!read.success) return null;
  const { error } = read.data;
  const said = typeof error === "string" ? error : error.message;
  const field = typeof error === "object" && typeof error.param === "string" ? error.param : null;
  if (status === 403 || status === 429) {
    // An account without credits is refused as one that may not.
    return /credits|spending limit/i.test(said) ? { kind: "quota" } : null;
  }
  if (status !== 400 && status !== 404 && status !== 422) return null;
  if (/incorrect api key|invalid api key/i.test(said)) return { kind: "auth" };
  if (/content moderation|content policy|safety/i.test(said)) {
    return { kind: "moderation", side: "prompt" };
  }
  return { kind: "validation", field, said };
}

const filteredPictures = z.object({
  data: z.array(z.object({ respect_moderation: z.boolean().nullish() })),
});

/** Pictures that were made and are withheld are charged (providers.md 4.5). */
export function xaiWithheld(body: unknown): Withheld | null {
  const read = filteredPictures.safeParse(body);
  const isFiltered = read.data?.data.some((each) => each.respect_moderation === false) ?? false;
  return isFiltered ? { trouble: { kind: "moderation", side: "result" }, isBilled: true } : null;
}

const clipSchema = z.object({
  status: z.string().nullish(),
  progress: z.number().nullish(),
  video: z.object({ respect_moderation: z.boolean().nullish() }).nullish(),
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
});

/** What the end of a clip without a clip means; null while it goes on or is made. */
export function xaiClipEnd(body: unknown): Withheld | null {
  const { status, video, error } = clipSchema.safeParse(body).data ?? {};
  if (video?.respect_moderation === false) {
    return { trouble: { kind: "moderation", side: "result" }, isBilled: true };
  }
  if (status === "expired") return { trouble: { kind: "expired" }, isBilled: null };
  if (status !== "failed") return null;
  const isFiltered = /moderation|policy|safety/i.test(
    `${error?.code ?? ""} ${error?.message ?? ""}`,
  );
  return {
    trouble: isFiltered ? { kind: "moderation", side: "prompt" } : { kind: "provider" },
    isBilled: null,
  };
}

/** How far a clip is, 0 to 1: the vendor says it in per cent. */
export function xaiProgress(body: unknown): number | null {
  const progress = clipSchema.safeParse(body).data?.progress;
  return typeof progress === "number" ? Math.min(1, Math.max(0, progress / 100)) : null;
}

const costSchema = z.object({ xai: z.object({ costInUsdTicks: z.number().nonnegative() }) });
/** A dollar is 10^10 ticks (https://docs.x.ai/developers/cost-tracking, read 2026-11-21). */
const ticksOfMicroDollar = 10_000;

/** What xAI says that it took, in micro-dollars; null where it does not. */
export function billedByXai(metadata: unknown): number | null {
  const ticks = costSchema.safeParse(metadata).data?.xai.costInUsdTicks;
  return ticks === undefined ? null : Math.ceil(ticks / ticksOfMicroDollar);
}
