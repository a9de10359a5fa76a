import { free } from "#domain/price";
import type { ModelRow } from "../catalog.ts";
import { amount, toggle } from "../declare-params.ts";
import { asking, type MagnificWire } from "./magnific-wire.ts";

const shared = {
  task: "audio",
  inputs: { prompt: 99 },
  price: free,
  priceBasis: "unknown",
  maxPromptCharacters: 2_500,
  source: "docs.magnific.com/api-reference, specification of 2026-07, read 2026-11-20",
} as const;

/** The models that make sounds. */
export const audioRows: readonly ModelRow<MagnificWire>[] = [
  {
    ...shared,
    id: "music-generation",
    title: "Magnific Music",
    description: "Music from a description.",
    expectedMs: 60_000,
    params: { duration: amount("Length", [10, 240], { default: 30, unit: "s" }) },
    wire: asking("audio", ({ request, own }) =>
      Promise.resolve({
        path: "/v1/ai/music-generation",
        body: { prompt: request.prompt, music_length_seconds: own["duration"] },
      }),
    ),
  },
  {
    ...shared,
    id: "sound-effects",
    title: "Magnific Sound Effects",
    description: "A sound effect from a description.",
    expectedMs: 20_000,
    params: {
      duration: amount("Length", [0.5, 22], { default: 5, step: 0.5, unit: "s" }),
      prompt_influence: amount("Adherence to the prompt", [0, 1], { default: 0.3, step: 0.05 }),
      loop: toggle("Loop", false),
    },
    wire: asking("audio", ({ request, own: { duration, ...plain } }) =>
      Promise.resolve({
        path: "/v1/ai/sound-effects",
        body: { text: request.prompt, duration_seconds: duration, ...plain },
      }),
    ),
  },
];
