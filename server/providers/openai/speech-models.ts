import { free } from "#domain/price";
import type { ModelRow } from "../catalog.ts";
import { amount, choice, words } from "../declare-params.ts";
import type { SpeechRow } from "../ai-sdk/sdk-row.ts";

/** The built-in voices (CreateSpeechRequest of OpenAI's specification). */
const voices = [
  "marin",
  "cedar",
  "alloy",
  "ash",
  "ballad",
  "coral",
  "echo",
  "fable",
  "nova",
  "onyx",
  "sage",
  "shimmer",
  "verse",
];

/** Speech of OpenAI. Its price is counted in tokens of sound, which nobody knows before the call. */
export const speechRows: readonly ModelRow<SpeechRow>[] = [
  {
    id: "gpt-4o-mini-tts",
    title: "GPT-4o mini speech",
    description: "Speech that follows directions about its tone.",
    task: "audio",
    inputs: { prompt: 99 },
    params: {
      voice: choice("Voice", voices, {
        labels: Object.fromEntries(
          voices.map((voice) => [voice, `${voice.slice(0, 1).toUpperCase()}${voice.slice(1)}`]),
        ),
      }),
      instructions: words(
        "Directions",
        1_000,
        "How it is said, such as: calm, close to a whisper.",
      ),
      speed: amount("Speed", [0.5, 2], { default: 1, step: 0.05 }),
      output_format: choice("Format", ["mp3", "wav", "flac"], {
        labels: { mp3: "MP3", wav: "WAV", flac: "FLAC" },
      }),
    },
    maxPromptCharacters: 4_096,
    expectedMs: 6_000,
    price: free,
    priceBasis: "unknown",
    source: "@ai-sdk/openai@4.0.118, read 2026-11-20",
    wire: {
      kind: "audio",
      isBinary: true,
      wish: ({ voice, instructions, speed, output_format }) => ({
        voice: String(voice),
        outputFormat: String(output_format),
        ...(typeof instructions === "string" && instructions !== "" && { instructions }),
        ...(typeof speed === "number" && speed !== 1 && { speed }),
      }),
    },
  },
];
