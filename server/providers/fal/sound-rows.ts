import { amount, toggle } from "../declare-params.ts";
import { clientTypes, perSecond, type FalRow } from "./fal-rows.ts";

/** Models that make sound. */
export const soundRows: readonly FalRow[] = [
  {
    id: "fal-ai/elevenlabs/music",
    title: "ElevenLabs Music",
    description: "Songs and pieces of 3 seconds to 10 minutes from a description.",
    task: "audio",
    inputs: { prompt: 99 },
    params: {
      duration: amount("Length", [3, 600], { default: 30, unit: "s" }),
      force_instrumental: toggle("Without singing", false),
    },
    price: perSecond(0.8 / 60),
    priceBasis: "estimate",
    maxPromptCharacters: 2_000,
    expectedMs: 60_000,
    source: `${clientTypes}; price: general knowledge`,
    wire: {
      output: "audio",
      ways: [
        {
          endpoint: "fal-ai/elevenlabs/music",
          needs: ["prompt"],
          takes: { prompt: "prompt" },
          settings: {
            duration: { to: "music_length_ms", as: "milliseconds" },
            force_instrumental: "force_instrumental",
          },
        },
      ],
    },
  },
  {
    id: "fal-ai/elevenlabs/sound-effects/v2",
    title: "ElevenLabs Effects",
    description: "Sounds of half a second to 22 seconds from a description.",
    task: "audio",
    inputs: { prompt: 99 },
    params: {
      duration: amount("Length", [0.5, 22], { default: 5, step: 0.5, unit: "s" }),
      loop: toggle("Loops without a seam", false),
      prompt_influence: amount("True to the prompt", [0, 1], { default: 0.3, step: 0.05 }),
    },
    price: perSecond(0.002),
    priceBasis: "estimate",
    maxPromptCharacters: 450,
    expectedMs: 15_000,
    source: `${clientTypes}; price: general knowledge`,
    wire: {
      output: "audio",
      ways: [
        {
          endpoint: "fal-ai/elevenlabs/sound-effects/v2",
          needs: ["prompt"],
          takes: { prompt: "text" },
          settings: {
            duration: "duration_seconds",
            loop: "loop",
            prompt_influence: "prompt_influence",
          },
        },
      ],
    },
  },
];
