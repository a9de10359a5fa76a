import { dollars } from "#domain/price";
import { choice } from "../declare-params.ts";
import { bySetting, clientTypes, type FalRow } from "./fal-rows.ts";
import type { FalSetting } from "./fal-wire.ts";

const shared = { task: "image", expectedMs: 20_000 } as const;

/** fal's names of sizes, by the ratio that they are. */
const sizeNames = {
  "1:1": "square_hd",
  "4:3": "landscape_4_3",
  "3:4": "portrait_4_3",
  "16:9": "landscape_16_9",
  "9:16": "portrait_16_9",
};
const sizeByRatio: FalSetting = { to: "image_size", values: sizeNames };
const sizeRatios = choice("Ratio", Object.keys(sizeNames));

const bananaRatios = [
  ...["auto", "1:1", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "16:9", "9:16", "21:9"],
  ...["4:1", "1:4", "8:1", "1:8"],
];
const fluxRatios = [
  ...["auto", "1:1", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "16:9", "9:16"],
  ...["21:9", "9:21", "7:5", "5:7", "2:1", "1:2"],
];
const likeTheFirst = { labels: { auto: "Like the first reference" }, default: "1:1" };

const bananaSettings = {
  ratio: "aspect_ratio",
  resolution: "resolution",
  output_format: "output_format",
};
const fluxSettings = { ratio: "aspect_ratio", resolution: "resolution" };
const seedreamSettings = {
  ratio: { to: "image_size", values: { auto: "auto_2K", ...sizeNames } },
};
const ideogramSettings = { rendering_speed: "rendering_speed", expand_prompt: "expand_prompt" };

/** Both of Recraft's take the same; the endpoint is the model's id. */
const recraft = (row: Pick<FalRow, "id" | "title" | "description" | "price">): FalRow => ({
  ...shared,
  ...row,
  inputs: { prompt: 99 },
  params: { ratio: sizeRatios },
  priceBasis: "estimate",
  maxPromptCharacters: 8_000,
  source: `${clientTypes}; price: Comfy's list for its partners, August 2026`,
  wire: {
    output: "images",
    ways: [
      {
        endpoint: row.id,
        needs: ["prompt"],
        takes: { prompt: "prompt" },
        settings: { ratio: sizeByRatio },
      },
    ],
  },
});

/** Image models that make pictures, and change them where they take references. */
export const imageRows: readonly FalRow[] = [
  {
    ...shared,
    id: "google/nano-banana-2.1",
    title: "Nano Banana 2.1",
    description: "Google's quick all-rounder: pictures and edits with up to 14 references.",
    inputs: { prompt: 99, references: 14 },
    params: {
      ratio: choice("Ratio", bananaRatios, likeTheFirst),
      resolution: choice("Size", ["1K", "2K", "4K"]),
      output_format: choice("Format", ["png", "jpeg", "webp"]),
    },
    price: bySetting("resolution", {
      "1K": dollars(0.04),
      "2K": dollars(0.134),
      "4K": dollars(0.134),
    }),
    priceBasis: "estimate",
    maxPromptCharacters: 8_000,
    source: "https://fal.ai/models/google/nano-banana-2.1, read 2026-11-20; 2K counted as 4K",
    wire: {
      output: "images",
      ways: [
        {
          endpoint: "google/nano-banana-2.1/edit",
          needs: ["references", "prompt"],
          takes: { prompt: "prompt", references: "image_urls[]" },
          settings: bananaSettings,
          hasSeed: true,
        },
        {
          endpoint: "google/nano-banana-2.1",
          needs: ["prompt"],
          takes: { prompt: "prompt" },
          settings: bananaSettings,
          hasSeed: true,
        },
      ],
    },
  },
  {
    ...shared,
    id: "blackforestlabs/flux-3",
    title: "FLUX 3",
    description: "Pictures and precise edits with up to ten references.",
    inputs: { prompt: 99, references: 10 },
    limits: { references: { leastSidePx: 256, leastRatio: 0.05, mostRatio: 20 } },
    params: {
      ratio: choice("Ratio", fluxRatios, likeTheFirst),
      resolution: choice("Size", ["1k", "2k", "4k"], {
        labels: { "1k": "1K", "2k": "2K", "4k": "4K" },
      }),
    },
    price: bySetting("resolution", {
      "1k": dollars(0.048),
      "2k": dollars(0.3035),
      "4k": dollars(0.3035),
    }),
    priceBasis: "estimate",
    maxPromptCharacters: 8_000,
    source:
      "https://fal.ai/models/blackforestlabs/flux-3/edit-image, read 2026-11-21: 1K; 2K and 4K are at most what https://replicate.com/black-forest-labs/flux-3-image asks for its largest",
    wire: {
      output: "images",
      // At most 4 megapixels each.
      picture: { sidePx: 2_000 },
      ways: [
        {
          endpoint: "blackforestlabs/flux-3/edit-image",
          needs: ["references", "prompt"],
          takes: { prompt: "prompt", references: "image_urls[]" },
          settings: fluxSettings,
        },
        {
          endpoint: "blackforestlabs/flux-3/text-to-image",
          needs: ["prompt"],
          takes: { prompt: "prompt" },
          settings: fluxSettings,
        },
      ],
    },
  },
  {
    ...shared,
    id: "fal-ai/bytedance/seedream/v5/lite",
    title: "Seedream 5 lite",
    description: "ByteDance's picture model: 2K pictures and edits with up to ten references.",
    inputs: { prompt: 99, references: 10 },
    params: { ratio: choice("Ratio", ["auto", ...Object.keys(sizeNames)], { default: "1:1" }) },
    price: dollars(0.035),
    priceBasis: "estimate",
    maxPromptCharacters: 4_000,
    source: `${clientTypes}; price: Comfy's list for its partners, August 2026`,
    wire: {
      output: "images",
      ways: [
        {
          endpoint: "fal-ai/bytedance/seedream/v5/lite/edit",
          needs: ["references", "prompt"],
          takes: { prompt: "prompt", references: "image_urls[]" },
          settings: seedreamSettings,
        },
        {
          endpoint: "fal-ai/bytedance/seedream/v5/lite/text-to-image",
          needs: ["prompt"],
          takes: { prompt: "prompt" },
          settings: seedreamSettings,
        },
      ],
    },
  },
  {
    ...shared,
    id: "fal-ai/ideogram/v3",
    title: "Ideogram 3",
    description:
      "Strong with lettering. References give the style; with a mask, the first one is changed where the mask is white.",
    inputs: { prompt: 99, references: 4, mask: 1 },
    params: {
      ratio: sizeRatios,
      rendering_speed: choice("Quality", ["TURBO", "BALANCED", "QUALITY"], {
        labels: { TURBO: "Quick", BALANCED: "Balanced", QUALITY: "Best" },
        default: "BALANCED",
      }),
      expand_prompt: { control: "switch", label: "Expand the prompt", default: true },
    },
    price: bySetting("rendering_speed", {
      TURBO: dollars(0.03),
      BALANCED: dollars(0.06),
      QUALITY: dollars(0.09),
    }),
    priceBasis: "estimate",
    maxPromptCharacters: 4_000,
    source: `${clientTypes}; prices: resellers`,
    wire: {
      output: "images",
      ways: [
        {
          endpoint: "fal-ai/ideogram/v3/edit",
          needs: ["source", "mask", "prompt"],
          takes: { prompt: "prompt", source: "image_url", mask: "mask_url", rest: "image_urls[]" },
          settings: ideogramSettings,
          // Ideogram changes what is black.
          maskIs: "black",
          hasSeed: true,
        },
        {
          endpoint: "fal-ai/ideogram/v3",
          needs: ["prompt"],
          takes: { prompt: "prompt", references: "image_urls[]" },
          settings: { ...ideogramSettings, ratio: sizeByRatio },
          hasSeed: true,
        },
      ],
    },
  },
  recraft({
    id: "fal-ai/recraft/v4/text-to-image",
    title: "Recraft 4",
    description: "Pictures for design work, from a prompt.",
    price: dollars(0.04),
  }),
  recraft({
    id: "fal-ai/recraft/v4/text-to-vector",
    title: "Recraft 4 vector",
    description:
      "Drawings of lines and areas, from a prompt. The layer shows a sharp picture; the SVG file can be saved.",
    price: dollars(0.08),
  }),
];
