import * as z from "zod";
import { dollars, type Price } from "#domain/price";
import type { ModelRow } from "../catalog.ts";
import { choice } from "../declare-params.ts";
import { sizeOf, type ImageRow } from "../ai-sdk/sdk-row.ts";
import { ofEach } from "../ai-sdk/token-price.ts";

/** Sizes by product.md A14 and https://platform.openai.com/docs/guides/image-generation; each side is a multiple of 16. */
const sizes = {
  "1024x1024": "1024 × 1024",
  "1536x1024": "1536 × 1024",
  "1024x1536": "1024 × 1536",
  "2048x2048": "2048 × 2048",
  "2048x1152": "2048 × 1152",
  "1152x2048": "1152 × 2048",
  "3840x2160": "3840 × 2160",
  "2160x3840": "2160 × 3840",
} as const;

/** What a picture of 1024 x 1024 px costs at each quality, by resellers of GPT Image 2 and 2.5 (providers.md 8.2). */
const dollarsOfQuality = { low: 0.02, medium: 0.07, high: 0.21 } as const;
/** Dollars of a million tokens (providers.md 4.3). */
const tokenPrices = { textIn: 5, imageIn: 8, imageOut: 30 } as const;
/** A reference in full detail is about 6,000 tokens. */
const dollarsOfReference = 0.05;

/** So much for each picture: an estimate that grows with the area, for the vendor counts tokens. */
const price: Price = {
  kind: "sum",
  prices: [
    {
      kind: "times",
      setting: "count",
      price: {
        kind: "by",
        setting: "quality",
        prices: Object.fromEntries(
          Object.entries(dollarsOfQuality).map(([quality, each]) => [quality, bySize(each)]),
        ),
        otherwise: bySize(dollarsOfQuality.high),
      },
    },
    ofEach("$promptCharacters", dollars(tokenPrices.textIn / 3 / 1e6)),
    ofEach("$references", dollars(dollarsOfReference)),
  ],
};

function bySize(each: number): Price {
  const prices = Object.keys(sizes).map((size) => {
    const [widthPx = 0, heightPx = 0] = size.split("x").map(Number);
    return [size, dollars(each * Math.max(1, (widthPx * heightPx) / 1024 ** 2))] as const;
  });
  return {
    kind: "by",
    setting: "size",
    prices: Object.fromEntries(prices),
    otherwise: dollars(each * 8),
  };
}

const tokensSchema = z.object({
  openai: z.object({
    images: z.array(
      z.object({ imageTokens: z.number().optional(), textTokens: z.number().optional() }),
    ),
  }),
});

const wire: ImageRow = {
  kind: "image",
  pictures: {
    mediaTypes: ["image/png", "image/jpeg", "image/webp"],
    sidePx: 2_048,
    maxBytes: 20_000_000,
  },
  mostReferences: 16,
  takesMask: true,
  takesSeed: false,
  wish: (settings) => {
    const size = sizeOf(settings["size"]);
    return {
      ...(size && { size }),
      options: {
        openai: {
          quality: String(settings["quality"]),
          background: String(settings["background"]),
          outputFormat: String(settings["output_format"]),
          moderation: String(settings["moderation"]),
        },
      },
    };
  },
  billed: ({ outputTokens }, metadata) => {
    const read = tokensSchema.safeParse(metadata);
    if (!read.success || outputTokens === undefined) return null;
    const { images } = read.data.openai;
    const sum = (counts: readonly (number | undefined)[]) =>
      counts.reduce<number>((total, count) => total + (count ?? 0), 0);
    if (images.every(({ textTokens }) => textTokens === undefined)) return null;
    return Math.ceil(
      sum(images.map(({ textTokens }) => textTokens)) * tokenPrices.textIn +
        sum(images.map(({ imageTokens }) => imageTokens)) * tokenPrices.imageIn +
        outputTokens * tokenPrices.imageOut,
    );
  },
};

function imageRow(id: string, title: string, description: string): ModelRow<ImageRow> {
  return {
    id,
    title,
    description,
    task: "image",
    inputs: { prompt: 99, references: 16, mask: 1 },
    needs: ["prompt"],
    ways: [{ prompt: true, references: true, mask: false }, { prompt: true }],
    outputsPerCall: 10,
    maxPromptCharacters: 32_000,
    expectedMs: 40_000,
    params: {
      size: choice("Size", Object.keys(sizes), { labels: sizes }),
      quality: choice("Quality", Object.keys(dollarsOfQuality), {
        default: "medium",
        labels: { low: "Low", medium: "Medium", high: "High" },
      }),
      background: choice("Background", ["auto", "opaque", "transparent"], {
        labels: { auto: "As it fits", opaque: "Opaque", transparent: "Transparent" },
        hint: "Transparent needs PNG or WebP.",
      }),
      output_format: choice("Format", ["png", "jpeg", "webp"], {
        labels: { png: "PNG", jpeg: "JPEG", webp: "WebP" },
      }),
      moderation: choice("Filter", ["auto", "low"], {
        labels: { auto: "Usual", low: "Less strict" },
      }),
    },
    price,
    priceBasis: "estimate",
    source: "@ai-sdk/openai@4.0.118; prices of resellers, read 2026-11-20",
    wire,
  };
}

/** The image models of OpenAI: they take a mask and up to 16 references, and make up to ten pictures at a time. */
export const imageRows: readonly ModelRow<ImageRow>[] = [
  imageRow(
    "gpt-image-2.6-flare",
    "GPT Image 2.6 flare",
    "Quick; true to long prompts and to text.",
  ),
  imageRow("gpt-image-2.6-sunburst", "GPT Image 2.6 sunburst", "Careful edits of what is there."),
];
