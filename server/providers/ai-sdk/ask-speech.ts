import type { SpeechModel } from "ai";
import { EgressError } from "../../egress.ts";
import type { ModelRequest, Provider, ProviderCall, ProviderResult } from "../provider.ts";
import { loadAi } from "./load-ai.ts";
import { NoResult } from "./sdk-failures.ts";
import { notesOf } from "./sdk-notes.ts";
import type { SpeechRow } from "./sdk-row.ts";
import type { SdkWire } from "./sdk-wire.ts";

type AudioRequest = Extract<ModelRequest, { readonly task: "audio" }>;

/**
 * Asks a speech model once. Throws NoResult for a page or JSON in place of sound, which the SDK would
 * hand on as sound, or what the SDK throws.
 */
export async function askSpeech(
  provider: Pick<Provider, "id" | "title">,
  model: SpeechModel,
  row: SpeechRow,
  { signal }: Pick<ProviderCall, "signal">,
  request: AudioRequest,
  wire: SdkWire,
): Promise<ProviderResult> {
  const { generateSpeech } = await loadAi();
  const said = await generateSpeech({
    model,
    text: request.prompt,
    ...row.wish(request.settings),
    maxRetries: 0,
    abortSignal: signal,
  });
  const last = wire.last();
  const type =
    last === null || last instanceof EgressError ? "" : (last.headers.get("content-type") ?? "");
  if (row.isBinary && !/^(audio\/|application\/octet-stream)/.test(type)) throw new NoResult();
  return {
    outputs: [{ kind: "bytes", bytes: said.audio.uint8Array }],
    billedCredits: null,
    billedMicroDollars: null,
    notes: notesOf(provider, said.warnings),
  };
}
