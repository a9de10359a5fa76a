import { dollars, free, type Price } from "#domain/price";
import { createCatalog } from "../catalog.ts";
import { amount, choice } from "../declare-params.ts";

/** How Runway is asked for a model. `sizes` are its own names, by ratio and, where it has one, by size. */
export type RunwayWire =
  | {
      readonly kind: "video";
      readonly model: string;
      readonly sizes: Readonly<Record<string, string>>;
      /** The ratios that it makes from a prompt alone; none for one that needs a frame. */
      readonly fromText: readonly string[];
    }
  | {
      readonly kind: "image";
      readonly model: string;
      readonly sizes: Readonly<Record<string, Readonly<Record<string, string>>>>;
    }
  | { readonly kind: "upscale"; readonly model: string };

const clientTypes = "@runwayml/sdk@4.20.1, read 2026-11-20";

const perSecond = (each: number): Price => ({
  kind: "times",
  setting: "duration",
  price: dollars(each),
});

const clipSizes = {
  "16:9": "1280:720",
  "9:16": "720:1280",
  "4:3": "1104:832",
  "3:4": "832:1104",
  "1:1": "960:960",
  "21:9": "1584:672",
};
const clip = {
  task: "video",
  maxPromptCharacters: 1_000,
  expectedMs: 90_000,
  limits: { first: { leastSidePx: 1, leastRatio: 0.5, mostRatio: 2 } },
  params: {
    ratio: choice("Ratio", Object.keys(clipSizes)),
    duration: amount("Length", [2, 10], { default: 5, unit: "s" }),
  },
  priceBasis: "estimate",
} as const;

const seedreamSizes = {
  "1k": {
    "1:1": "1024:1024",
    "4:3": "1184:896",
    "3:4": "896:1184",
    "3:2": "1296:864",
    "2:3": "864:1296",
    "16:9": "1376:768",
    "9:16": "768:1376",
    auto: "auto_1k",
  },
  "2k": {
    "1:1": "2048:2048",
    "4:3": "2304:1728",
    "3:4": "1728:2304",
    "3:2": "2496:1664",
    "2:3": "1664:2496",
    "16:9": "2720:1530",
    "9:16": "1530:2720",
    auto: "auto_2k",
  },
};

/** The models of Runway that are offered, and those that a node may still name. */
export const runwayCatalog = createCatalog<RunwayWire>(
  "runway",
  [
    {
      ...clip,
      id: "gen4_turbo",
      title: "Gen-4 Turbo",
      description: "Quick clips of 2 to 10 seconds that go on from a first frame.",
      inputs: { prompt: 99, first: 1 },
      needs: ["first"],
      price: perSecond(0.05),
      source: `${clientTypes}; price: resellers`,
      wire: { kind: "video", model: "gen4_turbo", sizes: clipSizes, fromText: [] },
    },
    {
      ...clip,
      id: "gen4.5",
      title: "Gen-4.5",
      description: "Clips of 2 to 10 seconds from a prompt, with or without a first frame.",
      inputs: { prompt: 99, first: 1 },
      needs: ["prompt"],
      price: perSecond(0.12),
      source: `${clientTypes}; price: worked out from what resellers ask`,
      wire: { kind: "video", model: "gen4.5", sizes: clipSizes, fromText: ["16:9", "9:16"] },
    },
    {
      id: "seedream5_pro",
      title: "Seedream 5 pro",
      description:
        "Pictures and edits with up to ten references, which a prompt calls Figure 1, 2 …",
      task: "image",
      inputs: { prompt: 99, references: 10 },
      needs: ["prompt"],
      params: {
        ratio: choice("Ratio", Object.keys(seedreamSizes["1k"]), {
          labels: { auto: "Chosen by the model" },
        }),
        resolution: choice("Size", ["1k", "2k"], { labels: { "1k": "1K", "2k": "2K" } }),
      },
      price: {
        kind: "by",
        setting: "resolution",
        prices: { "1k": dollars(0.045), "2k": dollars(0.09) },
        otherwise: dollars(0.09),
      },
      priceBasis: "estimate",
      maxPromptCharacters: 4_000,
      expectedMs: 30_000,
      source: `${clientTypes}; price: Comfy's list for its partners, August 2026`,
      wire: { kind: "image", model: "seedream5_pro", sizes: seedreamSizes },
    },
    {
      id: "magnific_precision_upscaler_v2",
      title: "Magnific Precision, by Runway",
      description:
        "Enlarges faithfully up to 16 times. What it costs is known once Runway took it.",
      task: "upscale",
      inputs: { image: 1 },
      params: {
        flavor: choice("Made for", ["sublime", "photo", "photo_denoiser"], {
          labels: { sublime: "Drawings", photo: "Photos", photo_denoiser: "Noisy photos" },
          default: "photo",
        }),
        sharpen: amount("Sharpen", [0, 100], { default: 7 }),
        smartGrain: amount("Grain", [0, 100], { default: 7 }),
        ultraDetail: amount("Detail", [0, 100], { default: 30 }),
      },
      price: free,
      priceBasis: "unknown",
      maxPromptCharacters: 0,
      expectedMs: 60_000,
      source: clientTypes,
      wire: { kind: "upscale", model: "magnific_precision_upscaler_v2" },
    },
  ],
  [
    {
      id: "gen3a_turbo",
      title: "Gen-3 Alpha Turbo",
      task: "video",
      source: "Shut down by its maker; read 2026-11-20",
      sentence: "Runway shut Gen-3 Alpha Turbo down. Choose Gen-4 Turbo.",
    },
  ],
);
