import { amount, choice, toggle, words } from "../declare-params.ts";
import {
  bySetting,
  clientTypes,
  eachSecond,
  frameLimits,
  perSecond,
  unknownPrice,
  withSound,
  type FalRow,
} from "./fal-rows.ts";
import type { FileLimits } from "./fal-wire.ts";

const shared = { task: "video", expectedMs: 150_000 } as const;
const klingSettings = {
  duration: "duration",
  generate_audio: "generate_audio",
  negative_prompt: "negative_prompt",
  cfg_scale: "cfg_scale",
};
const kling = (tier: "pro" | "standard", silent: number): FalRow => ({
  ...shared,
  id: `fal-ai/kling-video/v3/${tier}`,
  title: tier === "pro" ? "Kling 3 Pro" : "Kling 3 Standard",
  description:
    "Clips of 3 to 15 seconds from a prompt or from frames, with references named @Element1 and so on in the prompt.",
  inputs: { prompt: 99, first: 1, last: 1, references: 3 },
  limits: frameLimits,
  params: {
    duration: eachSecond(3, 15),
    ratio: choice("Ratio", ["16:9", "9:16", "1:1"], {
      hint: "With a first frame, the clip has its ratio.",
    }),
    generate_audio: withSound,
    negative_prompt: words("Without", 2_500, "What shall not appear."),
    cfg_scale: amount("True to the prompt", [0, 1], { default: 0.5, step: 0.05 }),
  },
  price: bySetting("generate_audio", {
    false: perSecond(silent),
    true: perSecond(silent * 1.5),
  }),
  priceBasis: "estimate",
  maxPromptCharacters: 2_500,
  source: `${clientTypes}; price: resellers`,
  wire: {
    output: "video",
    ways: [
      {
        endpoint: `fal-ai/kling-video/v3/${tier}/image-to-video`,
        needs: ["first", "prompt"],
        takes: {
          prompt: "prompt",
          first: "start_image_url",
          last: "end_image_url",
          elements: "elements[]",
        },
        settings: klingSettings,
      },
      {
        endpoint: `fal-ai/kling-video/v3/${tier}/text-to-video`,
        needs: ["prompt"],
        takes: { prompt: "prompt" },
        settings: { ...klingSettings, ratio: "aspect_ratio" },
      },
    ],
  },
});

const wanSettings = {
  duration: "duration",
  resolution: "resolution",
  negative_prompt: "negative_prompt",
  enable_prompt_expansion: "enable_prompt_expansion",
};

const wanSound: FileLimits = { mediaTypes: ["audio/mpeg", "audio/wav"], mostMegabytes: 15 };

/** Models that make a clip from words, frames, pictures and sounds. */
export const videoRows: readonly FalRow[] = [
  kling("pro", 0.112),
  kling("standard", 0.084),
  {
    ...shared,
    ...unknownPrice,
    id: "fal-ai/wan/v2.7",
    title: "Wan 2.7",
    description:
      "Clips of 2 to 15 seconds from a prompt or from frames, moved by a sound if you like.",
    inputs: { prompt: 99, first: 1, last: 1, audio: 1 },
    params: {
      duration: eachSecond(2, 15),
      resolution: choice("Size", ["1080p", "720p"]),
      ratio: choice("Ratio", ["16:9", "9:16", "1:1", "4:3", "3:4"], {
        hint: "With a first frame, the clip has its ratio.",
      }),
      negative_prompt: words("Without", 500, "What shall not appear."),
      enable_prompt_expansion: toggle("Expand the prompt", true),
    },
    maxPromptCharacters: 5_000,
    source: clientTypes,
    wire: {
      output: "video",
      ways: [
        {
          endpoint: "fal-ai/wan/v2.7/image-to-video",
          needs: ["first"],
          takes: {
            prompt: "prompt",
            first: "image_url",
            last: "end_image_url",
            audio: "audio_url",
          },
          files: { audio: { ...wanSound, seconds: [2, 30] } },
          settings: wanSettings,
          hasSeed: true,
        },
        {
          endpoint: "fal-ai/wan/v2.7/text-to-video",
          needs: ["prompt"],
          takes: { prompt: "prompt", audio: "audio_url" },
          files: { audio: { ...wanSound, seconds: [3, 30] } },
          settings: { ...wanSettings, ratio: "aspect_ratio" },
          hasSeed: true,
        },
      ],
    },
  },
];
