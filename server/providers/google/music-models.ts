import { dollars } from "#domain/price";
import type { ModelRow } from "../catalog.ts";

/** How Lyria is asked for music. */
export interface MusicWire {
  readonly makes: "music";
}

const shared = {
  task: "audio",
  inputs: { prompt: 99 },
  params: {},
  maxPromptCharacters: 8_000,
  priceBasis: "estimate",
  source:
    "https://ai.google.dev/gemini-api/docs/music-generation, read 2026-11-21; prices of resellers",
  wire: { makes: "music" },
} as const;

/** Lyria, Google's music: no length, seed or singer can be set, all of it is said in the prompt. */
export const musicRows: readonly ModelRow<MusicWire>[] = [
  {
    ...shared,
    id: "lyria-3.5",
    title: "Lyria 3.5",
    description:
      "Songs of some minutes, with singing unless the prompt says otherwise, and its length.",
    expectedMs: 60_000,
    price: dollars(0.1),
  },
  {
    ...shared,
    id: "lyria-3-clip-preview",
    title: "Lyria 3 Clip",
    description: "Half a minute of music from a description.",
    expectedMs: 30_000,
    price: dollars(0.04),
  },
];
