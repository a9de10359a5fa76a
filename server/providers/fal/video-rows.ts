import { amount, choice, toggle, words } from "../declare-params.ts";
import {
  bySetting,
  clientTypes,
  perSecond,
  unknownPrice,
  withSound,
  type FalRow,
} from "./fal-rows.ts";
import type { FalWay } from "./fal-wire.ts";

const shared = { task: "video", expectedMs: 150_000 } as const;
const seconds = (least: number, most: number) =>
  choice(
    "Length",
    Array.from({ length: most - least + 1 }, (_, at) => String(least + at)),
    {
      default: "5",
      labels: Object.fromEntries(
        Array.from({ length: most - least + 1 }, (_, at) => [
          String(least + at),
          `${least + at} s`,
        ]),
      ),
    },
  );

/** A frame of 300 pixels or more, at most two and a half times as long as it is wide, or as wide. */
const frame = { leastSidePx: 300, leastRatio: 0.4, mostRatio: 2.5 } as const;
const frames = { first: frame, last: frame } as const;

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
  description: "Clips of 3 to 15 seconds from a prompt, or from a first and a last frame.",
  inputs: { prompt: 99, first: 1, last: 1 },
  limits: frames,
  params: {
    duration: seconds(3, 15),
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
        takes: { prompt: "prompt", first: "start_image_url", last: "end_image_url" },
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

const seedanceSettings = {
  duration: "duration",
  resolution: "resolution",
  ratio: "aspect_ratio",
  generate_audio: "generate_audio",
};
const seedanceWays = (base: string): FalWay[] => [
  {
    endpoint: `${base}/image-to-video`,
    needs: ["first", "prompt"],
    takes: { prompt: "prompt", first: "image_url", last: "end_image_url" },
    settings: seedanceSettings,
    hasSeed: true,
  },
  {
    endpoint: `${base}/reference-to-video`,
    needs: ["references", "prompt"],
    takes: { prompt: "prompt", references: "image_urls[]", audio: "audio_urls[]" },
    settings: seedanceSettings,
    hasSeed: true,
  },
  {
    endpoint: `${base}/text-to-video`,
    needs: ["prompt"],
    takes: { prompt: "prompt" },
    settings: seedanceSettings,
    hasSeed: true,
  },
];
const seedance = (
  id: string,
  title: string,
  mostSeconds: number,
  mostReferences: number,
  priced: Pick<FalRow, "price" | "priceBasis" | "source">,
): FalRow => ({
  ...shared,
  id,
  title,
  description: `Clips of 4 to ${mostSeconds} seconds with sound: from a prompt, from frames, or from references.`,
  inputs: { prompt: 99, first: 1, last: 1, references: mostReferences, audio: 1 },
  limits: frames,
  params: {
    duration: seconds(4, mostSeconds),
    resolution: choice("Size", ["720p", "480p"]),
    ratio: choice("Ratio", ["auto", "16:9", "9:16", "1:1", "4:3", "3:4", "21:9"], {
      labels: { auto: "Chosen by the model" },
    }),
    generate_audio: withSound,
  },
  maxPromptCharacters: 4_000,
  wire: { output: "video", ways: seedanceWays(id) },
  ...priced,
});

const wanSettings = {
  duration: "duration",
  resolution: "resolution",
  negative_prompt: "negative_prompt",
  enable_prompt_expansion: "enable_prompt_expansion",
};

/** Video models. */
export const videoRows: readonly FalRow[] = [
  kling("pro", 0.112),
  kling("standard", 0.084),
  seedance("bytedance/seedance-2.5", "Seedance 2.5", 30, 30, {
    ...unknownPrice,
    source:
      "https://fal.ai/models/bytedance/seedance-2.5/image-to-video/api, read 2026-11-21; names of fields as in Seedance 2.0",
  }),
  seedance("bytedance/seedance-2.5/flash", "Seedance 2.5 Flash", 30, 30, {
    price: bySetting("resolution", { "480p": perSecond(0.144), "720p": perSecond(0.309) }),
    priceBasis: "estimate",
    source: "https://fal.ai/models, read 2026-11-20; names of fields as in Seedance 2.0",
  }),
  seedance("bytedance/seedance-2.0", "Seedance 2.0", 15, 9, {
    // (width * height * seconds * 24) / 1024 tokens, at 0.014 dollars for each thousand.
    price: bySetting("resolution", { "480p": perSecond(0.1345), "720p": perSecond(0.3024) }),
    priceBasis: "list",
    source: "https://fal.ai/models/bytedance/seedance-2.0/image-to-video/api, read 2026-11-21",
  }),
  {
    ...shared,
    ...unknownPrice,
    id: "fal-ai/wan/v2.7",
    title: "Wan 2.7",
    description:
      "Clips of 2 to 15 seconds from a prompt or from frames, moved by a sound if you like.",
    inputs: { prompt: 99, first: 1, last: 1, audio: 1 },
    params: {
      duration: seconds(2, 15),
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
          settings: wanSettings,
          hasSeed: true,
        },
        {
          endpoint: "fal-ai/wan/v2.7/text-to-video",
          needs: ["prompt"],
          takes: { prompt: "prompt", audio: "audio_url" },
          settings: { ...wanSettings, ratio: "aspect_ratio" },
          hasSeed: true,
        },
      ],
    },
  },
];
