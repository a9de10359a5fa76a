import { dollars, type Price } from "#domain/price";
import { createCatalog } from "../catalog.ts";
import { amount, choice, toggle } from "../declare-params.ts";

/** How Replicate is asked for a model: its fields for what a node has beside its settings. */
export interface ReplicateWire {
  readonly references: string;
  /** The field of each of the model's settings. */
  readonly settings: Readonly<Record<string, string>>;
  readonly hasSeed: boolean;
}

const format = choice("Format", ["png", "jpg", "webp"]);
const shared = { task: "image", maxPromptCharacters: 10_000, needs: ["prompt"] } as const;

const bySize = (prices: Readonly<Record<string, number>>): Price => ({
  kind: "by",
  setting: "resolution",
  prices: Object.fromEntries(
    Object.entries(prices).map(([size, each]) => [size, dollars(each)] as const),
  ),
  otherwise: dollars(Math.max(...Object.values(prices))),
});

/**
 * Official models at Replicate whose inputs stand on its public pages. Any other one has a form that only
 * a call with a key tells.
 */
export const replicateCatalog = createCatalog<ReplicateWire>("replicate", [
  {
    ...shared,
    id: "black-forest-labs/flux-3-image",
    title: "FLUX 3, by Replicate",
    description: "The newest FLUX: pictures from a prompt and up to ten references.",
    inputs: { prompt: 99, references: 10 },
    limits: { references: { leastSidePx: 256, leastRatio: 0.05, mostRatio: 20 } },
    params: {
      ratio: choice(
        "Ratio",
        ["auto", "1:1", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "16:9", "9:16", "21:9", "9:21"],
        { labels: { auto: "Like the first reference" }, default: "1:1" },
      ),
      resolution: choice("Size", ["1k", "2k", "4k"], {
        labels: { "1k": "1K", "2k": "2K", "4k": "4K" },
      }),
      grounding: toggle("Look things up", false, "The model searches the web before it begins."),
      output_format: format,
    },
    price: bySize({ "1k": 0.048, "2k": 0.3035, "4k": 0.3035 }),
    priceBasis: "estimate",
    expectedMs: 20_000,
    source:
      "https://replicate.com/black-forest-labs/flux-3-image, read 2026-11-21; 2K counted as the largest",
    wire: {
      references: "images",
      settings: {
        ratio: "aspect_ratio",
        resolution: "resolution",
        grounding: "grounding",
        output_format: "output_format",
      },
      hasSeed: false,
    },
  },
  {
    ...shared,
    id: "black-forest-labs/flux-2-pro",
    title: "FLUX.2 pro, by Replicate",
    description: "Pictures from a prompt and up to eight references.",
    inputs: { prompt: 99, references: 8 },
    params: {
      ratio: choice(
        "Ratio",
        ["1:1", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "16:9", "9:16", "match_input_image"],
        { labels: { match_input_image: "Like the first reference" } },
      ),
      resolution: choice("Size", ["1 MP", "2 MP", "4 MP"]),
      safety_tolerance: amount("Tolerance of the filter", [1, 5], {
        default: 2,
        hint: "1 is strict, 5 the least strict.",
      }),
      output_format: format,
    },
    price: {
      kind: "sum",
      prices: [
        bySize({ "1 MP": 0.03, "2 MP": 0.045, "4 MP": 0.075 }),
        {
          kind: "upTo",
          setting: "$references",
          steps: [{ most: 0, price: dollars(0) }],
          otherwise: { kind: "times", setting: "$references", price: dollars(0.015) },
        },
      ],
    },
    priceBasis: "estimate",
    expectedMs: 15_000,
    source:
      "https://replicate.com/black-forest-labs/flux-2-pro, read 2026-11-21; price: its maker's own",
    wire: {
      references: "input_images",
      settings: {
        ratio: "aspect_ratio",
        resolution: "resolution",
        safety_tolerance: "safety_tolerance",
        output_format: "output_format",
      },
      hasSeed: true,
    },
  },
]);
