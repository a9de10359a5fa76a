import { amount, choice, toggle, words } from "../declare-params.ts";
import { clientTypes, eachSecond, unknownPrice, withSound, type FalRow } from "./fal-rows.ts";
import type { FileLimits } from "./fal-wire.ts";

const shared = {
  task: "video",
  expectedMs: 150_000,
  ...unknownPrice,
  source: clientTypes,
} as const;
const mediaTypes = ["video/mp4", "video/quicktime"] as const;

/** What Wan 2.7 says of its edits; of references only the size, which is above ours. */
const wanClip: FileLimits = { mediaTypes, seconds: [2, 10] };
const klingClip: FileLimits = { mediaTypes, seconds: [3, 10], sidePx: [720, 2_160] };
const klingRatios = ["16:9", "9:16", "1:1"] as const;

/** Models that make a clip from clips, or from pictures of what is to be in it. */
export const clipRows: readonly FalRow[] = [
  {
    ...shared,
    id: "fal-ai/wan/v2.7/reference-to-video",
    title: "Wan 2.7 References",
    description: "Clips of 2 to 10 seconds with who and what your pictures and clips show.",
    inputs: { prompt: 99, references: 5 },
    params: {
      duration: eachSecond(2, 10),
      resolution: choice("Size", ["1080p", "720p"]),
      ratio: choice("Ratio", ["16:9", "9:16", "1:1", "4:3", "3:4"]),
      negative_prompt: words("Without", 500, "What shall not appear."),
      multi_shots: toggle("Several shots", false),
    },
    maxPromptCharacters: 5_000,
    wire: {
      output: "video",
      ways: (["references", "clips"] as const).map((needed) => ({
        endpoint: "fal-ai/wan/v2.7/reference-to-video",
        needs: [needed, "prompt"],
        takes: {
          prompt: "prompt",
          references: "reference_image_urls[]",
          clips: "reference_video_urls[]",
        },
        files: { clips: { mediaTypes } },
        settings: {
          duration: "duration",
          resolution: "resolution",
          ratio: "aspect_ratio",
          negative_prompt: "negative_prompt",
          multi_shots: "multi_shots",
        },
        hasSeed: true,
      })),
    },
  },
  {
    ...shared,
    id: "fal-ai/wan/v2.7/edit-video",
    title: "Wan 2.7 Edit",
    description: "Changes a clip of 2 to 10 seconds by a prompt, and by a picture if you like.",
    inputs: { prompt: 99, references: 2 },
    params: {
      resolution: choice("Size", ["1080p", "720p"]),
      audio_setting: choice("Sound", ["auto", "origin"], {
        labels: { auto: "Chosen by the model", origin: "As it was" },
      }),
    },
    maxPromptCharacters: 5_000,
    wire: {
      output: "video",
      ways: [
        {
          endpoint: "fal-ai/wan/v2.7/edit-video",
          needs: ["clips", "prompt"],
          takes: { prompt: "prompt", clips: "video_url", references: "reference_image_url" },
          files: { clips: wanClip },
          settings: { resolution: "resolution", audio_setting: "audio_setting" },
          hasSeed: true,
        },
      ],
    },
  },
  {
    ...shared,
    id: "fal-ai/kling-video/o3/pro",
    title: "Kling O3 Pro",
    description:
      "Clips of 3 to 15 seconds from pictures, named @Image1 and so on in the prompt, and from frames.",
    inputs: { prompt: 99, first: 1, last: 1, references: 4 },
    params: {
      duration: eachSecond(3, 15),
      ratio: choice("Ratio", klingRatios),
      generate_audio: withSound,
    },
    maxPromptCharacters: 2_500,
    wire: {
      output: "video",
      ways: [
        {
          endpoint: "fal-ai/kling-video/o3/pro/reference-to-video",
          needs: ["references", "prompt"],
          takes: {
            prompt: "prompt",
            references: "image_urls[]",
            first: "start_image_url",
            last: "end_image_url",
          },
          settings: {
            duration: "duration",
            ratio: "aspect_ratio",
            generate_audio: "generate_audio",
          },
        },
      ],
    },
  },
  ...(["pro", "standard"] as const).map((tier): FalRow => ({
    ...shared,
    id: `fal-ai/kling-video/o3/${tier}/edit`,
    title: tier === "pro" ? "Kling O3 Pro Edit" : "Kling O3 Standard Edit",
    description:
      "Changes a clip of 3 to 10 seconds by a prompt, and by pictures, named @Image1 and so on in it.",
    inputs: { prompt: 99, references: 5 },
    params: { keep_audio: toggle("Keep its sound", true) },
    maxPromptCharacters: 2_500,
    wire: {
      output: "video",
      ways: [
        {
          endpoint: `fal-ai/kling-video/o3/${tier}/video-to-video/edit`,
          needs: ["clips", "prompt"],
          takes: { prompt: "prompt", clips: "video_url", references: "image_urls[]" },
          files: { clips: klingClip },
          settings: { keep_audio: "keep_audio" },
        },
      ],
    },
  })),
  {
    ...shared,
    id: "fal-ai/veo3.1/extend-video",
    title: "Veo 3.1 Extend",
    description: "Goes on with a clip of 16:9 or 9:16 for 7 seconds.",
    inputs: { prompt: 99, references: 1 },
    params: {
      generate_audio: withSound,
      negative_prompt: words("Without", 1_000, "What shall not appear."),
    },
    maxPromptCharacters: 4_000,
    wire: {
      output: "video",
      ways: [
        {
          endpoint: "fal-ai/veo3.1/extend-video",
          needs: ["clips", "prompt"],
          takes: { prompt: "prompt", clips: "video_url" },
          files: { clips: { mediaTypes } },
          settings: { generate_audio: "generate_audio", negative_prompt: "negative_prompt" },
          hasSeed: true,
        },
      ],
    },
  },
  {
    ...shared,
    id: "fal-ai/topaz/upscale/video",
    title: "Topaz Video",
    description: "Enlarges and mends a clip. Takes no prompt.",
    inputs: { references: 1 },
    params: {
      upscale_factor: amount("Scale", [1, 4], { default: 2, step: 0.5, unit: "x" }),
      model: choice("Made for", ["Proteus", "Artemis HQ", "Nyx", "Gaia CG", "Starlight HQ"], {
        labels: {
          Proteus: "Most clips",
          "Artemis HQ": "Noise and sharpness",
          Nyx: "Noise",
          "Gaia CG": "Animation and AI",
          "Starlight HQ": "Old clips, made anew",
        },
      }),
    },
    maxPromptCharacters: 0,
    wire: {
      output: "video",
      ways: [
        {
          endpoint: "fal-ai/topaz/upscale/video",
          needs: ["clips"],
          takes: { clips: "video_url" },
          files: { clips: { mediaTypes } },
          settings: { upscale_factor: "upscale_factor", model: "model" },
          // Figma plays no H.265, which it makes otherwise.
          always: { H264_output: true },
        },
      ],
    },
  },
];
