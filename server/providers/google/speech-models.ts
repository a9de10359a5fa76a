import { free } from "#domain/price";
import type { ModelRow } from "../catalog.ts";
import { choice, words } from "../declare-params.ts";
import type { SpeechRow } from "../ai-sdk/sdk-row.ts";

/** Prebuilt voices with Google's word for each (https://ai.google.dev/gemini-api/docs/speech-generation). */
const voices = {
  Kore: "Kore, firm",
  Zephyr: "Zephyr, bright",
  Puck: "Puck, upbeat",
  Charon: "Charon, informative",
  Fenrir: "Fenrir, excitable",
  Leda: "Leda, youthful",
  Orus: "Orus, firm",
  Aoede: "Aoede, breezy",
  Enceladus: "Enceladus, breathy",
  Algieba: "Algieba, smooth",
  Gacrux: "Gacrux, mature",
  Sulafat: "Sulafat, warm",
} as const;

function speechRow(id: string, title: string, description: string): ModelRow<SpeechRow> {
  return {
    id,
    title,
    description,
    task: "audio",
    inputs: { prompt: 99 },
    params: {
      voice: choice("Voice", Object.keys(voices), { labels: voices }),
      instructions: words(
        "Directions",
        1_000,
        "How it is said, such as: calm, close to a whisper.",
      ),
    },
    maxPromptCharacters: 8_000,
    expectedMs: 12_000,
    price: free,
    priceBasis: "unknown",
    source: "@ai-sdk/google@4.0.121, read 2026-11-20",
    wire: {
      kind: "audio",
      isBinary: false,
      wish: ({ voice, instructions }) => ({
        voice: String(voice),
        ...(typeof instructions === "string" && instructions !== "" && { instructions }),
      }),
    },
  };
}

/** Speech of Google. Its price is not published where the relay's facts come from. */
export const speechRows: readonly ModelRow<SpeechRow>[] = [
  speechRow("gemini-3.8-flash-tts", "Gemini 3.8 speech", "Speech in many languages and moods."),
  speechRow("gemini-3.8-flash-lite-tts", "Gemini 3.8 speech lite", "The quick and cheap voice."),
];
