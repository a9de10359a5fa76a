import { free } from "#domain/price";
import type { ModelRow } from "../catalog.ts";
import { amount, choice, toggle, words } from "../declare-params.ts";
import type { AssetInput, PictureLimits } from "../provider.ts";
import {
  asking,
  picturesOf,
  said,
  usualPicture,
  type MagnificWire,
  type PictureWays,
} from "./magnific-wire.ts";
import { refuseInput } from "./refuse-input.ts";

const shared = {
  task: "video",
  price: free,
  priceBasis: "unknown",
  expectedMs: 180_000,
  source: "docs.magnific.com/api-reference, specification of 2026-07, read 2026-11-20",
} as const;

const seconds = (least: number, most: number) =>
  Array.from({ length: most - least + 1 }, (_, at) => String(least + at));
const inSeconds = (values: readonly string[]) =>
  Object.fromEntries(values.map((value) => [value, `${value} s`]));
const duration = (values: readonly string[], usual: string) =>
  choice("Length", values, { default: usual, labels: inSeconds(values) });
const avoid = (most: number) => words("Without", most, "What the clip must not show.");

/** What Kling takes of a picture, by the notes on its fields. */
const klingPicture: PictureLimits = { ...usualPicture, mediaTypes: ["image/png", "image/jpeg"] };
const klingFrame = { leastSidePx: 300, leastRatio: 0.4, mostRatio: 2.5 } as const;
/** Its field names no most; more pictures than this make no clearer subjects. */
const mostElements = 4;

function kling(tier: "pro" | "std", title: string, gives: string): ModelRow<MagnificWire> {
  return {
    ...shared,
    id: `kling-v3-${tier}`,
    title,
    description: `${gives} References are subjects: call them @Element1, @Element2 in the prompt.`,
    inputs: { prompt: 99, first: 1, last: 1, references: mostElements },
    ways: [
      { prompt: false, references: false, first: true, last: false },
      { prompt: false, references: false },
    ],
    limits: { first: klingFrame, last: klingFrame },
    maxPromptCharacters: 2_500,
    params: {
      duration: duration(seconds(3, 15), "5"),
      ratio: choice("Ratio", ["16:9", "9:16", "1:1"], {
        hint: "A first frame's own where one is.",
      }),
      generate_audio: toggle("Sound", true),
      negative_prompt: avoid(2_500),
      cfg_scale: amount("Adherence to the prompt", [0, 1], { default: 0.5, step: 0.05 }),
    },
    wire: asking("video", async ({ request, own, pictures }) => {
      const { ratio, negative_prompt, ...plain } = own;
      const { prompt, first, last, references } = request;
      if (last && !first) throw refuseInput("Kling takes a last frame only with a first frame.");
      const elements = await addressesOf(pictures, picturesOf(references, mostElements));
      return {
        path: `/v1/ai/video/kling-v3-${tier}`,
        body: {
          ...said("prompt", prompt),
          aspect_ratio: ratio,
          ...plain,
          ...said("negative_prompt", negative_prompt),
          ...(first && { start_image_url: await pictures.address(first, klingPicture) }),
          ...(last && { end_image_url: await pictures.address(last, klingPicture) }),
          ...(elements.length > 0 && {
            elements: elements.map((address) => ({
              frontal_image_url: address,
              reference_image_urls: [address],
            })),
          }),
        },
      };
    }),
  };
}

function addressesOf(pictures: PictureWays, given: readonly AssetInput[]): Promise<string[]> {
  return Promise.all(given.map((picture) => pictures.address(picture, klingPicture)));
}

const veo: ModelRow<MagnificWire> = {
  ...shared,
  id: "veo-3-1",
  title: "Veo 3.1",
  description:
    "Clips with sound from a prompt, from a first frame, or with up to three references.",
  inputs: { prompt: 99, first: 1, references: 3 },
  needs: ["prompt"],
  ways: [
    { prompt: true, first: false },
    { prompt: true, references: true },
  ],
  maxPromptCharacters: 20_000,
  params: {
    duration: choice("Length", ["4", "6", "8"], {
      default: "8",
      labels: inSeconds(["4", "6", "8"]),
      hint: "With references it decides itself.",
    }),
    ratio: choice("Ratio", ["16:9", "9:16"]),
    resolution: choice("Resolution", ["720p", "1080p", "4k"]),
    generate_audio: toggle("Sound", true),
    negative_prompt: avoid(20_000),
  },
  wire: asking("video", async ({ request, own, seed, pictures }) => {
    const { ratio, duration: length, negative_prompt, ...plain } = own;
    const { prompt, first, references } = request;
    const given = picturesOf(references, 3);
    if (first && given.length > 0) {
      throw refuseInput("Veo 3.1 takes a first frame or references here, not both.");
    }
    const body = {
      prompt,
      aspect_ratio: ratio,
      seed,
      ...plain,
      ...said("negative_prompt", negative_prompt),
    };
    if (given.length > 0) {
      const image_urls = await addressesOf(pictures, given);
      const notes = ["Veo 3.1 decides itself how long a clip with references is."];
      return { path: "/v1/ai/reference-to-video/veo-3-1", body: { ...body, image_urls }, notes };
    }
    const timed = { ...body, duration: Number(length) };
    if (!first) return { path: "/v1/ai/text-to-video/veo-3-1", body: timed };
    const image = await pictures.base64(first);
    return { path: "/v1/ai/image-to-video/veo-3-1", body: { ...timed, image } };
  }),
};

const wan: ModelRow<MagnificWire> = {
  ...shared,
  id: "wan-2-7",
  title: "Wan 2.7",
  description: "Clips from a prompt, or between a first and a last frame.",
  inputs: { prompt: 99, first: 1, last: 1 },
  maxPromptCharacters: 5_000,
  params: {
    duration: duration(seconds(2, 15), "5"),
    ratio: choice("Ratio", ["16:9", "9:16", "1:1", "4:3", "3:4"], {
      hint: "A frame's own where one is.",
    }),
    resolution: choice("Resolution", ["720p", "1080p"], { default: "1080p" }),
    negative_prompt: avoid(500),
    prompt_extend: toggle("Expand the prompt", true, "The model writes the prompt out first."),
  },
  wire: asking("video", async ({ request, own, seed, pictures }) => {
    const { ratio, negative_prompt, prompt_extend } = own;
    const { prompt, first, last } = request;
    const body = {
      ...said("prompt", prompt),
      ...said("negative_prompt", negative_prompt),
      resolution: String(own["resolution"]).toUpperCase(),
      duration: Number(own["duration"]),
      seed,
      additional_settings: { prompt_extend },
    };
    if (!first && !last) {
      if (prompt === "") throw refuseInput("Wan 2.7 needs a prompt or a frame.");
      return { path: "/v1/ai/text-to-video/wan-2-7", body: { ...body, aspect_ratio: ratio } };
    }
    return {
      path: "/v1/ai/image-to-video/wan-2-7",
      body: {
        ...body,
        ...(first && { start_image_url: await pictures.address(first) }),
        ...(last && { end_image_url: await pictures.address(last) }),
      },
    };
  }),
};

/** The models that make clips. */
export const videoRows: readonly ModelRow<MagnificWire>[] = [
  kling("pro", "Kling 3 Pro", "Clips of 3 to 15 seconds in 1080p, with sound."),
  kling("std", "Kling 3 Standard", "The cheaper Kling 3."),
  veo,
  wan,
];
