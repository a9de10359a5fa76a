import { dollars, type Price } from "#domain/price";
import { createCatalog, type ModelRow } from "../catalog.ts";
import { amount, choice, toggle, words } from "../declare-params.ts";
import { premadeVoices } from "./voices.ts";

/** What ElevenLabs is asked to make; each has a path and a body of its own. */
export interface ElevenLabsWire {
  readonly makes: "speech" | "music" | "effect";
  readonly modelId: string;
}

const shared = { task: "audio", inputs: { prompt: 99 } } as const;
const package_ = "npm @elevenlabs/elevenlabs-js 2.73.0, read 2026-11-20";

/** So many dollars for a thousand characters of the script. */
const byCharacter = (thousand: number): Price => ({
  kind: "times",
  setting: "$promptCharacters",
  price: dollars(thousand / 1_000),
});
const bySecond = (minute: number): Price => ({
  kind: "times",
  setting: "duration",
  price: dollars(minute / 60),
});

const format = choice("Format", ["mp3_44100_128", "mp3_44100_192", "mp3_22050_32"], {
  labels: {
    mp3_44100_128: "MP3, 128 kbit/s",
    mp3_44100_192: "MP3, 192 kbit/s",
    mp3_22050_32: "MP3, 32 kbit/s",
  },
  hint: "192 kbit/s needs the Creator plan.",
});

const speechParams: ModelRow<ElevenLabsWire>["params"] = {
  voice: choice("Voice", [...Object.keys(premadeVoices), "own"], {
    labels: { ...premadeVoices, own: "Another voice of the account" },
  }),
  voice_id: {
    ...words("Voice id", 64, "The id of a voice in your account, as its page there shows it."),
    when: { setting: "voice", is: "own" },
  },
  // The models of the third and fourth line know these three and no other.
  stability: choice("Delivery", ["0.5", "0", "1"], {
    labels: { "0.5": "Natural", "0": "Creative", "1": "Robust" },
  }),
  speed: amount("Speed", [0.7, 1.2], { default: 1, step: 0.05 }),
  language_code: words(
    "Language",
    8,
    "A code such as en or de; the script's own where it is empty.",
  ),
  apply_text_normalization: choice("Spell out numbers", ["auto", "on", "off"], {
    labels: { auto: "Automatic", on: "On", off: "Off" },
  }),
  output_format: format,
};

const speech = (
  row: Pick<ModelRow<ElevenLabsWire>, "id" | "title" | "description" | "price" | "priceBasis"> & {
    readonly maxPromptCharacters: number;
    readonly source: string;
  },
): ModelRow<ElevenLabsWire> => ({
  ...shared,
  ...row,
  expectedMs: 10_000,
  params: speechParams,
  wire: { makes: "speech", modelId: row.id },
});

/** The models of ElevenLabs that are offered. */
export const elevenLabsCatalog = createCatalog<ElevenLabsWire>("elevenlabs", [
  speech({
    id: "eleven_v4",
    title: "Eleven v4",
    description: "Speech. Directions in square brackets, such as [whispers], are followed.",
    maxPromptCharacters: 10_000,
    price: byCharacter(0.08),
    priceBasis: "list",
    source: `${package_}; price: vercel.com/ai-gateway/models, read 2026-11-20`,
  }),
  speech({
    id: "eleven_v4_turbo",
    title: "Eleven v4 Turbo",
    description: "Speech at half the price of v4, and quicker.",
    maxPromptCharacters: 10_000,
    price: byCharacter(0.04),
    priceBasis: "list",
    source: `${package_}; price: vercel.com/ai-gateway/models, read 2026-11-20`,
  }),
  speech({
    id: "eleven_v3",
    title: "Eleven v3",
    description: "Speech of the line before, for voices that were designed on it.",
    maxPromptCharacters: 5_000,
    price: byCharacter(0.1),
    priceBasis: "estimate",
    source: `${package_}; price: docs.comfy.org partner nodes, August 2026`,
  }),
  {
    ...shared,
    id: "music_v2_5",
    title: "Eleven Music 2.5",
    description: "Music of 3 seconds to 10 minutes from a description.",
    maxPromptCharacters: 2_000,
    expectedMs: 60_000,
    params: {
      duration: amount("Length", [3, 600], { default: 30, unit: "s" }),
      force_instrumental: toggle("Without singing", false),
      output_format: format,
    },
    price: bySecond(0.75),
    priceBasis: "estimate",
    source: `${package_}; price: resellers' pages`,
    wire: { makes: "music", modelId: "music_v2_5" },
  },
  {
    ...shared,
    id: "eleven_text_to_sound_v2",
    title: "Eleven Sound Effects 2",
    description: "A sound effect of up to half a minute from a description.",
    maxPromptCharacters: 2_500,
    expectedMs: 15_000,
    params: {
      auto_length: toggle("Length by itself", true, "It is then priced as the longest there is."),
      duration: {
        ...amount("Length", [0.5, 30], { default: 5, step: 0.5, unit: "s" }),
        when: { setting: "auto_length", is: false },
      },
      prompt_influence: amount("Adherence to the prompt", [0, 1], { default: 0.3, step: 0.05 }),
      loop: toggle("Loop", false),
      output_format: format,
    },
    price: {
      kind: "by",
      setting: "auto_length",
      prices: { false: bySecond(0.14) },
      otherwise: dollars(0.07),
    },
    priceBasis: "estimate",
    source: `${package_}; price: docs.comfy.org partner nodes, August 2026`,
    wire: { makes: "effect", modelId: "eleven_text_to_sound_v2" },
  },
]);
