import { dollars, type Price } from "#domain/price";
import { createCatalog } from "../catalog.ts";
import { amount, choice, toggle } from "../declare-params.ts";

/** How Black Forest Labs is asked for a model. */
export interface BflWire {
  readonly path: string;
  readonly mostReferences: number;
}

/** The sides of a megapixel, each a multiple of 16, by ratio. */
export const megapixelSides = {
  "1:1": [1024, 1024],
  "4:3": [1152, 864],
  "3:4": [864, 1152],
  "3:2": [1248, 832],
  "2:3": [832, 1248],
  "16:9": [1360, 768],
  "9:16": [768, 1360],
  "21:9": [1568, 672],
} as const;
/** A ratio of {@link megapixelSides}. */
export type BflRatio = keyof typeof megapixelSides;

const ratios = Object.keys(megapixelSides);
const sharedParams = {
  ratio: choice("Ratio", ratios, { default: "1:1" }),
  output_format: choice("Format", ["png", "jpeg"], { labels: { png: "PNG", jpeg: "JPEG" } }),
  safety_tolerance: amount("Tolerance of the filter", [0, 5], {
    default: 2,
    hint: "0 is strict, 5 the least strict.",
  }),
} as const;
const shared = { task: "image", maxPromptCharacters: 10_000, expectedMs: 12_000 } as const;
const megapixels = choice("Size", ["1", "2", "4"], {
  labels: { "1": "1 MP", "2": "2 MP", "4": "4 MP" },
});
const upsampling = toggle("Expand the prompt", false, "The model writes the prompt out first.");

/** So many dollars for the first megapixel and for each further one. */
const byMegapixel = (first: number, further: number): Price => ({
  kind: "by",
  setting: "megapixels",
  prices: {
    "1": dollars(first),
    "2": dollars(first + further),
    "4": dollars(first + 3 * further),
  },
  otherwise: dollars(first + 3 * further),
});

/** Each picture that is given counts as a further megapixel or less. */
const withReferences = (price: Price, each: number): Price => ({
  kind: "sum",
  prices: [
    price,
    {
      kind: "upTo",
      setting: "$references",
      steps: [{ most: 0, price: dollars(0) }],
      otherwise: { kind: "times", setting: "$references", price: dollars(each) },
    },
  ],
});

/** The models of Black Forest Labs that are offered. */
export const bflCatalog = createCatalog<BflWire>("bfl", [
  {
    ...shared,
    id: "flux-2-pro",
    title: "FLUX.2 pro",
    description: "Pictures from a prompt and up to eight references; quick and true to the prompt.",
    inputs: { prompt: 99, references: 8 },
    params: { ...sharedParams, megapixels, prompt_upsampling: upsampling },
    price: withReferences(byMegapixel(0.03, 0.015), 0.015),
    priceBasis: "list",
    source: "https://docs.bfl.ai/quick_start/pricing, read 2026-11-20",
    wire: { path: "/v1/flux-2-pro", mostReferences: 8 },
  },
  {
    ...shared,
    id: "flux-3-image",
    title: "FLUX 3",
    description: "The newest FLUX: pictures from a prompt and up to ten references.",
    inputs: { prompt: 99, references: 10 },
    params: sharedParams,
    price: dollars(0.048),
    priceBasis: "estimate",
    source: "https://vercel.com/ai-gateway/models, read 2026-11-20; the id is from resellers",
    wire: { path: "/v1/flux-3-image", mostReferences: 10 },
  },
  {
    ...shared,
    id: "flux-3-image-klein",
    title: "FLUX 3 klein",
    description: "The quick and cheap FLUX 3, for many tries.",
    inputs: { prompt: 99, references: 10 },
    params: sharedParams,
    price: dollars(0.009),
    priceBasis: "estimate",
    source: "Resellers' pages, read 2026-11-20",
    wire: { path: "/v1/flux-3-image-klein", mostReferences: 10 },
  },
]);
