import * as z from "zod";
import { submitJob } from "../ask-job.ts";
import type { ProviderDeclaration, ProviderParts } from "../declaration.ts";
import type { ModelRequest, ProviderCall, Submission } from "../provider.ts";
import { submitFailure } from "../send-failures.ts";
import { vendorFailure } from "../vendor-failures.ts";
import { answerLimits } from "../way-out.ts";
import { googleRefusal, googleWithheld } from "./google-answers.ts";

type Declared = Pick<ProviderDeclaration, "id" | "title" | "key">;
type AudioRequest = Extract<ModelRequest, { readonly task: "audio" }>;

/** An answer with music: an MP3 in base64 among the words that are sung. */
const musicSchema = z.object({
  candidates: z.array(z.object({ content: z.object({ parts: z.array(z.unknown()) }) })).min(1),
});
const soundSchema = z.object({
  inlineData: z.object({ mimeType: z.string().startsWith("audio/"), data: z.string().min(1) }),
});

/**
 * Asks Lyria once for a piece of music (https://ai.google.dev/gemini-api/docs/music-generation). Throws a
 * CallFailure.
 */
export async function askMusic(
  declared: Declared,
  parts: ProviderParts,
  call: ProviderCall,
  { prompt }: AudioRequest,
  model: string,
): Promise<Submission> {
  const said = await submitJob(parts, declared, call, {
    address: `https://generativelanguage.googleapis.com/v1beta/models/${model}:generateContent`,
    body: { contents: [{ role: "user", parts: [{ text: prompt }] }] },
    accepted: z.unknown(),
    refusal: googleRefusal,
    limits: answerLimits.result,
  });
  const bytes = soundIn(said);
  if (bytes) {
    const billed = { billedCredits: null, billedMicroDollars: null };
    return { kind: "done", result: { outputs: [{ kind: "bytes", bytes }], ...billed, notes: [] } };
  }
  const withheld = googleWithheld(said);
  throw withheld
    ? vendorFailure(declared, withheld.trouble, withheld.isBilled)
    : submitFailure(declared, { kind: "accepted" });
}

function soundIn(said: unknown): Uint8Array | null {
  const [candidate] = musicSchema.safeParse(said).data?.candidates ?? [];
  const sounds = (candidate?.content.parts ?? []).flatMap(
    (part) => soundSchema.safeParse(part).data?.inlineData ?? [],
  );
  const bytes = Buffer.from(sounds[0]?.data ?? "", "base64");
  return bytes.length > 0 ? bytes : null;
}
