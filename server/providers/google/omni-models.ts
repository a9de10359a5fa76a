import { dollars } from "#domain/price";
import type { ModelRow } from "../catalog.ts";
import { amount, choice } from "../declare-params.ts";
import type { PictureLimits } from "../provider.ts";

/** How Gemini Omni is asked for a clip. */
export interface OmniWire {
  readonly makes: "clip";
  readonly pictures: PictureLimits;
}

const dollarsOfSecond = { "720p": 0.1, "360p": 0.03, "1080p": 0.15, "4k": 0.3 } as const;

/** Gemini Omni: clips with sound. No page that was read says how it is told a last frame, so it takes none. */
export const omniRows: readonly ModelRow<OmniWire>[] = [
  {
    id: "gemini-omni-1.1-flash",
    title: "Gemini Omni 1.1",
    description:
      "Clips of 3 to 10 seconds with sound; from a first frame or up to five references.",
    task: "video",
    inputs: { prompt: 99, first: 1, references: 5 },
    needs: ["prompt"],
    ways: [
      { prompt: true, first: false },
      { prompt: true, references: true },
    ],
    params: {
      duration: amount("Length", [3, 10], { default: 8, unit: "s" }),
      ratio: choice("Ratio", ["16:9", "9:16"]),
      resolution: choice("Resolution", Object.keys(dollarsOfSecond), { labels: { "4k": "4K" } }),
    },
    maxPromptCharacters: 8_000,
    expectedMs: 90_000,
    price: {
      kind: "times",
      setting: "duration",
      price: {
        kind: "by",
        setting: "resolution",
        prices: Object.fromEntries(
          Object.entries(dollarsOfSecond).map(([size, second]) => [size, dollars(second)]),
        ),
        otherwise: dollars(dollarsOfSecond["4k"]),
      },
    },
    priceBasis: "estimate",
    source:
      "https://ai.google.dev/gemini-api/docs/omni; https://github.com/TanStack/ai/issues/871, read 2026-11-21; prices of resellers",
    wire: {
      makes: "clip",
      // Every question about a clip is answered with the pictures that it is made from.
      pictures: {
        mediaTypes: ["image/jpeg", "image/png", "image/webp"],
        sidePx: 2_048,
        maxBytes: 1_000_000,
      },
    },
  },
];
