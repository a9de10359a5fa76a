import { CallFailure, type ModelRequest } from "../provider.ts";
import type { ElevenLabsWire } from "./models.ts";

type AudioRequest = Extract<ModelRequest, { readonly task: "audio" }>;

/** Where a sound is asked for, and with what. */
export interface ElevenLabsPost {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * The request for a sound (elevenlabs.io/docs/api-reference: text-to-speech, music, sound-generation).
 * Throws a CallFailure that cost nothing for a voice id that is none.
 */
export function elevenLabsPost(
  { makes, modelId }: ElevenLabsWire,
  { prompt, settings }: AudioRequest,
  seed: number,
): ElevenLabsPost {
  const format = `output_format=${encodeURIComponent(String(settings["output_format"]))}`;
  switch (makes) {
    case "speech":
      return {
        path: `/v1/text-to-speech/${voiceOf(settings)}?${format}`,
        body: { text: prompt, model_id: modelId, seed, ...delivery(settings) },
      };
    case "music":
      return {
        path: `/v1/music?${format}`,
        // With a prompt it takes no seed.
        body: {
          prompt,
          model_id: modelId,
          music_length_ms: Number(settings["duration"]) * 1_000,
          force_instrumental: settings["force_instrumental"],
        },
      };
    case "effect":
      return {
        path: `/v1/sound-generation?${format}`,
        body: {
          text: prompt,
          model_id: modelId,
          duration_seconds: settings["duration"] ?? null,
          prompt_influence: settings["prompt_influence"],
          loop: settings["loop"],
        },
      };
  }
}

function delivery(settings: AudioRequest["settings"]): Readonly<Record<string, unknown>> {
  const { speed, language_code, apply_text_normalization } = settings;
  return {
    voice_settings: {
      stability: Number(settings["stability"]),
      // Not every model takes it, and this is what all of them do.
      ...(speed !== 1 && { speed }),
    },
    ...(typeof language_code === "string" && language_code !== "" && { language_code }),
    apply_text_normalization,
  };
}

function voiceOf(settings: AudioRequest["settings"]): string {
  const voice = settings["voice"] === "own" ? settings["voice_id"] : settings["voice"];
  const id = typeof voice === "string" ? voice.trim() : "";
  if (/^[A-Za-z0-9_-]{1,64}$/.test(id)) return id;
  const message =
    "The voice id is not one of ElevenLabs. It cost nothing; copy the id from the voice's page there.";
  throw new CallFailure(
    { code: "input-invalid", message, setting: "voice_id", isRetryable: false },
    "not-billed",
  );
}
