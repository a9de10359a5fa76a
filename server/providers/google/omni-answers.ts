import * as z from "zod";
import type { Withheld } from "../ai-sdk/sdk-failures.ts";
import type { VendorTrouble } from "../vendor-failures.ts";
import { googleErrorSchema, googleRefusal } from "./google-answers.ts";

/**
 * An interaction as it is answered at its start and whenever it is asked for
 * (https://ai.google.dev/gemini-api/docs/omni). What stands in its steps is read leniently: they repeat all
 * that was sent.
 */
export const interactionSchema = z.object({
  id: z.string().min(1).max(400).nullish(),
  status: z.string().min(1).max(100),
  steps: z.array(z.unknown()).nullish(),
  error: googleErrorSchema.nullish(),
  usage: z.unknown().optional(),
});
/** An interaction as it is answered. */
export type Interaction = z.infer<typeof interactionSchema>;

/** What is kept of a clip that is being made. */
export const omniHandleSchema = z.object({ v: z.literal(1), interaction: z.string() });
/** What is kept of a clip that is being made. */
export type OmniHandle = z.infer<typeof omniHandleSchema>;

const stepSchema = z.object({ type: z.literal("model_output"), content: z.array(z.unknown()) });
const clipSchema = z.object({
  type: z.literal("video"),
  data: z.string().nullish(),
  uri: z.string().max(4_000).nullish(),
});
const usageSchema = z.object({
  output_tokens_by_modality: z.array(z.object({ modality: z.string(), tokens: z.number() })),
});

/** How an interaction stands: at work, with a clip where it lies or as it is, or ended without one. */
export type OmniStanding =
  | { readonly kind: "running" }
  | { readonly kind: "at"; readonly uri: string }
  | { readonly kind: "here"; readonly bytes: Uint8Array }
  | ({ readonly kind: "ended" } & Withheld);

/** How an interaction stands. One with a status that nobody has told of goes on: its node's time ends it. */
export function omniStanding({ status, steps, error, usage }: Interaction): OmniStanding {
  const ended = (trouble: VendorTrouble): OmniStanding => ({
    kind: "ended",
    trouble,
    isBilled: null,
  });
  switch (status) {
    case "completed": {
      const made = madeIn(steps ?? []);
      const clip = clipIn(made);
      if (clip?.data) return { kind: "here", bytes: Buffer.from(clip.data, "base64") };
      if (clip?.uri) return { kind: "at", uri: clip.uri };
      // What is withheld is completed with words alone; a clip that is counted was made and got lost.
      const isWithheld = made.length > 0 && !countsClip(usage);
      return ended(isWithheld ? { kind: "moderation", side: "result" } : { kind: "provider" });
    }
    case "failed": {
      const said = error?.message ?? "";
      if (isRule(said)) return ended({ kind: "moderation", side: "result" });
      const isRefused = error?.code === "invalid_request" || error?.code === 3;
      return ended(isRefused ? { kind: "validation", field: null, said } : { kind: "provider" });
    }
    case "budget_exceeded":
      return ended({ kind: "quota" });
    case "cancelled":
    case "incomplete":
    case "requires_action":
    case "requires_continuation":
      return ended({ kind: "provider" });
    default:
      return { kind: "running" };
  }
}

/** What a refusal of an interaction means; null where its status says all. */
export function omniRefusal(status: number, body: unknown): VendorTrouble | null {
  const trouble = googleRefusal(status, body);
  const isModerated = trouble?.kind === "validation" && isRule(trouble.said ?? "");
  return isModerated ? { kind: "moderation", side: "prompt" } : trouble;
}

/** Names of fields hold "safety" too: what counts is that something was blocked for it. */
function isRule(said: string): boolean {
  return /\bblocked\b[^.]*\b(safety|policy|policies)\b/i.test(said);
}

function madeIn(steps: readonly unknown[]): unknown[] {
  return steps.flatMap((step) => stepSchema.safeParse(step).data?.content ?? []);
}

function clipIn(made: readonly unknown[]): z.infer<typeof clipSchema> | undefined {
  const clips = made.flatMap((content) => clipSchema.safeParse(content).data ?? []);
  return clips.find(({ data, uri }) => Boolean(data) || Boolean(uri));
}

function countsClip(usage: unknown): boolean {
  const counted = usageSchema.safeParse(usage).data?.output_tokens_by_modality ?? [];
  return counted.some(({ modality, tokens }) => modality === "video" && tokens > 0);
}
