import { dollars, type Price } from "#domain/price";
import type { ModelRow } from "../catalog.ts";
import { choice } from "../declare-params.ts";
import { ratioOf, type ImageRow } from "../ai-sdk/sdk-row.ts";
import { ofEach } from "../ai-sdk/token-price.ts";

const ratios = ["1:1", "4:3", "3:4", "3:2", "2:3", "16:9", "9:16", "5:4", "4:5", "21:9"];
/** The second family of Nano Banana draws strips too. */
const strips = ["4:1", "1:4", "8:1", "1:8"];
const most14 = { prompt: 99, references: 14 } as const;

const wire: ImageRow = {
  kind: "image",
  pictures: {
    mediaTypes: ["image/png", "image/jpeg", "image/webp"],
    sidePx: 2_048,
    // A request may have about 20 MB in all (providers.md 2.5), in base64 and with up to 14 pictures.
    maxBytes: 1_000_000,
  },
  mostReferences: 14,
  takesMask: false,
  takesSeed: true,
  wish: ({ ratio, size }) => {
    const aspectRatio = ratioOf(ratio);
    return {
      ...(aspectRatio && { aspectRatio }),
      ...(typeof size === "string" && {
        options: { google: { imageConfig: { imageSize: size } } },
      }),
    };
  },
};

const shared = {
  task: "image",
  inputs: most14,
  needs: ["prompt"],
  maxPromptCharacters: 32_000,
  expectedMs: 20_000,
  wire,
} as const;

/** What is read costs little beside what is drawn: prompt and references at the price of a million tokens. */
const reading = (perMillion: number): Price[] => [
  ofEach("$promptCharacters", dollars(perMillion / 3 / 1e6)),
  ofEach("$references", dollars((1_300 * perMillion) / 1e6)),
];
const bySize = (prices: Readonly<Record<string, number>>, otherwise: number): Price => ({
  kind: "by",
  setting: "size",
  prices: Object.fromEntries(Object.entries(prices).map(([size, each]) => [size, dollars(each)])),
  otherwise: dollars(otherwise),
});
const ratioParam = (values: readonly string[]) =>
  choice("Ratio", ["auto", ...values], {
    labels: { auto: "As the reference" },
    default: "1:1",
  });

/**
 * The image models of Google. A picture is a number of tokens that Google publishes for 1K (and 2K of the
 * Pro); larger ones are estimates.
 */
export const imageRows: readonly ModelRow<ImageRow>[] = [
  {
    ...shared,
    id: "gemini-nano-banana-2.1",
    title: "Nano Banana 2.1",
    description: "Draws and changes pictures by up to 14 references; quick and cheap.",
    params: { ratio: ratioParam([...ratios, ...strips]), size: choice("Size", ["1K", "2K", "4K"]) },
    price: {
      kind: "sum",
      prices: [bySize({ "1K": 0.0336, "2K": 0.067, "4K": 0.134 }, 0.134), ...reading(1.5)],
    },
    priceBasis: "estimate",
    source: "https://ai.google.dev/gemini-api/docs/pricing, read 2026-11-20",
  },
  {
    ...shared,
    id: "gemini-3-pro-image",
    title: "Nano Banana Pro",
    description: "The careful one: text in pictures, layouts, products that stay the same.",
    params: { ratio: ratioParam(ratios), size: choice("Size", ["1K", "2K", "4K"]) },
    price: {
      kind: "sum",
      prices: [bySize({ "1K": 0.134, "2K": 0.134, "4K": 0.24 }, 0.24), ...reading(2)],
    },
    priceBasis: "estimate",
    source: "@ai-sdk/google@4.0.121; prices of resellers, read 2026-11-20",
  },
];
