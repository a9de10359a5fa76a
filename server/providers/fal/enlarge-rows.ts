import { dollars, type Price } from "#domain/price";
import { amount, choice, toggle, words } from "../declare-params.ts";
import { bySetting, clientTypes, longestSidePx, perMegapixel, type FalRow } from "./fal-rows.ts";

const upscale = { task: "upscale", inputs: { image: 1 }, maxPromptCharacters: 0 } as const;
const camera = { ...upscale, task: "camera", expectedMs: 20_000 } as const;

const scales = (values: readonly string[]) =>
  choice("Scale", values, { labels: Object.fromEntries(values.map((each) => [each, `${each}x`])) });

/** So many dollars for each megapixel of what is made. */
const perMadeMegapixel = (amountEach: number, values: readonly string[]): Price =>
  bySetting(
    "scale",
    Object.fromEntries(
      values.map((scale) => [scale, perMegapixel(amountEach * Number(scale) ** 2)] as const),
    ),
  );

/** So many dollars for each started block of megapixels of what is made, up to ten of them. */
const perBlock = (amountEach: number, megapixels: number, scale: number): Price => ({
  kind: "upTo",
  setting: "$megapixels",
  steps: Array.from({ length: 10 }, (_, at) => ({
    most: ((at + 1) * megapixels) / scale ** 2,
    price: dollars((at + 1) * amountEach),
  })),
  otherwise: perMegapixel((amountEach * scale ** 2) / megapixels),
});

/** Where large pictures are the point, they are not made smaller than they have to be. */
const largePictures = { sidePx: longestSidePx } as const;
const angles = {
  horizontalDegrees: "horizontal_angle",
  verticalDegrees: "vertical_angle",
  zoom: "zoom",
} as const;

/** Upscalers, and models that show a picture from another side. */
export const enlargeRows: readonly FalRow[] = [
  {
    ...upscale,
    id: "fal-ai/topaz/upscale/image",
    title: "Topaz",
    description: "Enlarges photos, drawings and lettering faithfully.",
    params: {
      scale: scales(["2", "4"]),
      model: choice("Made for", [
        "Standard V2",
        "High Fidelity V2",
        "Low Resolution V2",
        "CGI",
        "Text Refine",
        "Recovery V2",
      ]),
      face_enhancement: toggle("Improve faces", true),
    },
    price: bySetting("scale", { "2": perBlock(0.1, 24, 2), "4": perBlock(0.1, 24, 4) }),
    priceBasis: "estimate",
    expectedMs: 30_000,
    source: `${clientTypes}; price: resellers, for each started 24 megapixels`,
    wire: {
      output: "image",
      picture: largePictures,
      ways: [
        {
          endpoint: "fal-ai/topaz/upscale/image",
          needs: ["image"],
          takes: { image: "image_url", scale: "upscale_factor" },
          settings: { model: "model", face_enhancement: "face_enhancement" },
          always: { output_format: "png" },
        },
      ],
    },
  },
  {
    ...upscale,
    id: "fal-ai/clarity-upscaler",
    title: "Clarity",
    description: "Enlarges and invents fitting detail; how much is up to you.",
    params: {
      scale: scales(["2", "4"]),
      creativity: amount("Creativity", [0, 1], { default: 0.35, step: 0.05 }),
      resemblance: amount("Resemblance", [0, 1], { default: 0.6, step: 0.05 }),
      prompt: words("What it shows", 1_000, "Helps it to find the right detail."),
    },
    price: perMadeMegapixel(0.03, ["2", "4"]),
    priceBasis: "estimate",
    expectedMs: 40_000,
    source: `${clientTypes}; price: general knowledge, for each megapixel made`,
    wire: {
      output: "image",
      picture: largePictures,
      ways: [
        {
          endpoint: "fal-ai/clarity-upscaler",
          needs: ["image"],
          takes: { image: "image_url", scale: "upscale_factor" },
          settings: { creativity: "creativity", resemblance: "resemblance", prompt: "prompt" },
          hasSeed: true,
        },
      ],
    },
  },
  {
    ...upscale,
    id: "fal-ai/seedvr/upscale/image",
    title: "SeedVR",
    description: "Enlarges at very low cost.",
    params: { scale: scales(["2", "4"]) },
    price: perMadeMegapixel(0.001, ["2", "4"]),
    priceBasis: "estimate",
    expectedMs: 20_000,
    source: `${clientTypes}; price: general knowledge, for each megapixel made`,
    wire: {
      output: "image",
      picture: largePictures,
      ways: [
        {
          endpoint: "fal-ai/seedvr/upscale/image",
          needs: ["image"],
          takes: { image: "image_url", scale: "upscale_factor" },
          always: { upscale_mode: "factor", output_format: "png" },
          hasSeed: true,
        },
      ],
    },
  },
  {
    ...camera,
    id: "fal-ai/qwen-image-edit-2511-multiple-angles",
    title: "Qwen angles",
    description: "Shows a picture from any side, from below to bird's eye.",
    params: { additional_prompt: words("Also", 500, "What else shall change.") },
    price: perMegapixel(0.035),
    priceBasis: "list",
    source: `${clientTypes}; price: https://fal.ai/models/fal-ai/qwen-image-edit-2511-multiple-angles`,
    wire: {
      output: "images",
      ways: [
        {
          endpoint: "fal-ai/qwen-image-edit-2511-multiple-angles",
          needs: ["image"],
          takes: { image: "image_urls[]", ...angles },
          settings: { additional_prompt: "additional_prompt" },
          hasSeed: true,
        },
      ],
    },
  },
  {
    ...camera,
    id: "fal-ai/flux-2-lora-gallery/multiple-angles",
    title: "FLUX.2 angles",
    description: "Shows a picture from any side, at eye level or from above; cheaper.",
    params: {
      verticalDegrees: amount("Height", [0, 60], {
        default: 0,
        unit: "°",
        hint: "0 eye level, 60 from above",
      }),
    },
    price: perMegapixel(0.021),
    priceBasis: "list",
    source: `${clientTypes}; price: https://fal.ai/models/fal-ai/flux-2-lora-gallery/multiple-angles`,
    wire: {
      output: "images",
      ways: [
        {
          endpoint: "fal-ai/flux-2-lora-gallery/multiple-angles",
          needs: ["image"],
          takes: { image: "image_urls[]", ...angles },
          hasSeed: true,
        },
      ],
    },
  },
];
