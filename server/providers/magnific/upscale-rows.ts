import { dollars, free, type Price } from "#domain/price";
import type { PictureRange } from "#domain/model";
import type { ModelRow } from "../catalog.ts";
import { amount, choice, toggle, words } from "../declare-params.ts";
import type { PictureLimits } from "../provider.ts";
import { asking, said, usualPicture, type MagnificWire } from "./magnific-wire.ts";

const source = "docs.magnific.com/api-reference, specification of 2026-07, read 2026-11-20";
const priceSource = `${source}; prices: docs.comfy.org partner nodes, August 2026`;

/** What both upscalers take (product.md A15). */
const input = { leastSidePx: 160, leastRatio: 0.333, mostRatio: 3 } as const;
/** The most pixels of a result of Creative, by its field's own note. */
const creativeMostPixels = 25_300_000;
const precisionMostSidePx = 10_060;

/** Nothing is made smaller that may be enlarged as it is. */
const whole: PictureLimits = { ...usualPicture, sidePx: precisionMostSidePx, maxBytes: 30_000_000 };

/** Resold at these euros for each doubling, by the megapixels that are doubled; 1.19 dollars a euro. */
const doublings = [
  { most: 1.3, euros: 0.143 },
  { most: 3, euros: 0.286 },
  { most: 6.4, euros: 0.429 },
] as const;
const largeDoublingEuros = 1.716;
const dollarsOfEuro = 1.19;

/** One doubling of a picture that was made `larger` times as large in pixels before. */
function doubling(larger: number): Price {
  return {
    kind: "upTo",
    setting: "$megapixels",
    steps: doublings.map(({ most, euros }) => ({
      most: most / larger,
      price: dollars(euros * dollarsOfEuro),
    })),
    otherwise: dollars(largeDoublingEuros * dollarsOfEuro),
  };
}

const steps = [1, 4, 16, 64].map(doubling);
const times = (count: number): Price => ({ kind: "sum", prices: steps.slice(0, count) });
const byScale: Price = {
  kind: "by",
  setting: "scale",
  prices: { "2": times(1), "4": times(2), "8": times(3), "16": times(4) },
  otherwise: times(4),
};

const shared = {
  task: "upscale",
  inputs: { image: 1 },
  price: byScale,
  priceBasis: "estimate",
  source: priceSource,
} as const;

const byHand = { setting: "preset", is: "advanced" } as const;
const dial = (label: string, hint: string) =>
  amount(label, [-10, 10], { default: 0, hint, when: byHand });

/** The dials of the presets, which are ours (product.md A15). */
const presets: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  subtle: { creativity: -3, resemblance: 4 },
  balanced: {},
  bold: { creativity: 4, resemblance: -2 },
};

const creative: ModelRow<MagnificWire> = {
  ...shared,
  id: "image-upscaler",
  title: "Magnific Creative",
  description:
    "Enlarges and invents detail. A prompt that describes the picture helps; a result has at most 25.3 megapixels.",
  limits: {
    image: {
      ...input,
      grown: {
        setting: "scale",
        mostMegapixels: creativeMostPixels / 1e6,
        fitBy: "auto_downscale",
      },
    } satisfies PictureRange,
  },
  maxPromptCharacters: 5_000,
  expectedMs: 90_000,
  params: {
    preset: choice("Preset", ["balanced", "subtle", "bold", "advanced"], {
      labels: { balanced: "Balanced", subtle: "Subtle", bold: "Bold", advanced: "Advanced" },
    }),
    creativity: dial("Creativity", "How freely it invents."),
    hdr: dial("HDR", "Definition and detail."),
    resemblance: dial("Resemblance", "How near it stays to the original."),
    fractality: dial("Fractality", "The strength of the prompt for each pixel."),
    optimized_for: choice(
      "Made for",
      [
        ...["standard", "soft_portraits", "hard_portraits", "art_n_illustration"],
        ...["videogame_assets", "nature_n_landscapes", "films_n_photography", "3d_renders"],
        "science_fiction_n_horror",
      ],
      {
        labels: {
          standard: "Anything",
          soft_portraits: "Soft portraits",
          hard_portraits: "Hard portraits",
          art_n_illustration: "Art and illustration",
          videogame_assets: "Game assets",
          nature_n_landscapes: "Nature and landscapes",
          films_n_photography: "Films and photography",
          "3d_renders": "3D renders",
          science_fiction_n_horror: "Science fiction and horror",
        },
      },
    ),
    engine: choice(
      "Engine",
      ["automatic", "magnific_illusio", "magnific_sharpy", "magnific_sparkle"],
      {
        labels: {
          automatic: "Automatic",
          magnific_illusio: "Illusio",
          magnific_sharpy: "Sharpy",
          magnific_sparkle: "Sparkle",
        },
      },
    ),
    prompt: words("Prompt", 5_000, "That of a generated picture improves its result."),
    auto_downscale: toggle(
      "Start smaller if needed",
      false,
      "Makes the picture smaller first where the result would have more than 25.3 megapixels.",
    ),
    filter_nsfw: toggle("Content filter", false),
  },
  wire: asking("upscale", async ({ request: { image, scale }, own, pictures }) => {
    const { preset, prompt, auto_downscale, ...plain } = own;
    const isSmaller = auto_downscale === true;
    const limits = isSmaller ? withinOutput(image.asset, scale) : whole;
    return {
      path: "/v1/ai/image-upscaler",
      body: {
        image: await pictures.base64(image, limits),
        scale_factor: `${scale}x`,
        ...said("prompt", prompt),
        ...presets[String(preset)],
        ...plain,
      },
    };
  }),
};

/** A copy that is no larger than its result may be at that scale. */
function withinOutput(
  { widthPx, heightPx }: { readonly widthPx: number | null; readonly heightPx: number | null },
  scale: number,
): PictureLimits {
  if (widthPx === null || heightPx === null) return whole;
  const shrink = Math.sqrt(creativeMostPixels / (widthPx * heightPx)) / scale;
  if (shrink >= 1) return whole;
  // Sides are rounded to whole pixels, and both may be rounded up.
  return { ...whole, sidePx: Math.floor(Math.max(widthPx, heightPx) * shrink) - 1 };
}

const precision: ModelRow<MagnificWire> = {
  ...shared,
  id: "image-upscaler-precision-v2",
  title: "Magnific Precision V2",
  description:
    "Enlarges faithfully, without a prompt; no side of a result has more than 10,060 px.",
  limits: { image: { ...input, grown: { setting: "scale", mostSidePx: precisionMostSidePx } } },
  maxPromptCharacters: 0,
  expectedMs: 60_000,
  params: {
    flavor: choice("Flavour", ["sublime", "photo", "photo_denoiser"], {
      labels: { sublime: "Sublime", photo: "Photo", photo_denoiser: "Photo, without noise" },
    }),
    sharpen: amount("Sharpen", [0, 100], { default: 7 }),
    smart_grain: amount("Grain", [0, 100], { default: 7 }),
    ultra_detail: amount("Ultra detail", [0, 100], { default: 30 }),
    filter_nsfw: toggle("Content filter", false),
  },
  wire: asking("upscale", async ({ request: { image, scale }, own, pictures }) => ({
    path: "/v1/ai/image-upscaler-precision-v2",
    body: { image: await pictures.base64(image, whole), scale_factor: scale, ...own },
  })),
};

const camera: ModelRow<MagnificWire> = {
  task: "camera",
  price: free,
  priceBasis: "unknown",
  source,
  id: "image-change-camera",
  title: "Magnific Camera",
  description: "Shows what is in the picture from another position of the camera.",
  inputs: { image: 1 },
  maxPromptCharacters: 0,
  expectedMs: 30_000,
  params: {
    zoom: amount("Zoom", [0, 10], { default: 5, hint: "0 wide, 5 medium, 10 close-up" }),
    output_format: choice("Format", ["png", "jpeg"], { labels: { png: "PNG", jpeg: "JPEG" } }),
  },
  wire: asking("camera", async ({ request, own, seed, pictures }) => ({
    path: "/v1/ai/image-change-camera",
    body: {
      image: await pictures.address(request.image),
      horizontal_angle: request.horizontalDegrees,
      vertical_angle: request.verticalDegrees,
      zoom: request.zoom,
      // It takes no 0.
      seed: Math.max(1, seed),
      output_format: own["output_format"],
    },
  })),
};

/** The upscalers and the camera. */
export const upscaleRows: readonly ModelRow<MagnificWire>[] = [precision, creative, camera];
