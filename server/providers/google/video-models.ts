import { dollars, type Price } from "#domain/price";
import type { ModelRow } from "../catalog.ts";
import { choice, words } from "../declare-params.ts";
import { ratioOf, sizeOf, type VideoRow } from "../ai-sdk/sdk-row.ts";

/** The SDK says a resolution by its sides (@ai-sdk/google@4.0.121, google-video-model.ts). */
const sides: Readonly<Record<string, string>> = {
  "720p": "1280x720",
  "1080p": "1920x1080",
  "4k": "3840x2160",
};

/** So many dollars for each second, sound included. */
function bySecond(prices: Readonly<Record<string, number>>): Price {
  const each = Object.entries(prices).map(([size, second]) => [size, dollars(second)] as const);
  return {
    kind: "times",
    setting: "duration",
    price: {
      kind: "by",
      setting: "resolution",
      prices: Object.fromEntries(each),
      otherwise: dollars(Math.max(...Object.values(prices))),
    },
  };
}

interface Veo {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly prices: Readonly<Record<string, number>>;
  readonly mostReferences: number;
}

function veo({ prices, mostReferences, ...row }: Veo): ModelRow<VideoRow> {
  return {
    ...row,
    description: `${row.description} Said to have ended in October 2026: if so it is refused, and costs nothing.`,
    task: "video",
    inputs: {
      prompt: 99,
      first: 1,
      last: 1,
      ...(mostReferences > 0 && { references: mostReferences }),
    },
    // References and frames exclude each other; a last frame is for a clip that has a first one.
    ways: [
      { prompt: false, first: true, last: false },
      { prompt: false, ...(mostReferences > 0 && { references: false }) },
    ],
    outputsPerCall: 1,
    params: {
      duration: choice("Length", ["8", "6", "4"], {
        labels: { "8": "8 s", "6": "6 s", "4": "4 s" },
      }),
      ratio: choice("Ratio", ["16:9", "9:16"]),
      resolution: choice("Resolution", Object.keys(prices), {
        labels: { "4k": "4K" },
        hint: "More than 720p needs 8 seconds.",
      }),
      negative_prompt: words("Leave out", 1_000, "What shall not be in the clip."),
    },
    maxPromptCharacters: 4_000,
    expectedMs: 90_000,
    price: bySecond(prices),
    priceBasis: "list",
    source: "@ai-sdk/google@4.0.121; price list of Comfy-Org's partner nodes, read 2026-11-20",
    wire: {
      kind: "video",
      pictures: { mediaTypes: ["image/png", "image/jpeg"], sidePx: 2_048, maxBytes: 4_000_000 },
      mostReferences,
      takesSeed: true,
      wish: ({ duration, ratio, resolution, negative_prompt: negativePrompt }) => {
        const aspectRatio = ratioOf(ratio);
        const size = sizeOf(sides[String(resolution)]);
        return {
          duration: Number(duration),
          ...(aspectRatio && { aspectRatio }),
          ...(size && { resolution: size }),
          ...(typeof negativePrompt === "string" &&
            negativePrompt !== "" && { options: { google: { negativePrompt } } }),
        };
      },
    },
  };
}

/**
 * Veo 3.1: clips with sound by a prompt, first and last frames, or references. A reseller says that Google
 * shut the previews down on 22 October 2026 (https://docs.apiyi.com/en/live/2026-10/veo-3-1-preview-retired.md);
 * no page of Google's that we could read gives a date, so that they are offered, after Omni and with this said.
 */
export const videoRows: readonly ModelRow<VideoRow>[] = [
  veo({
    id: "veo-3.1-fast-generate-preview",
    title: "Veo 3.1 fast",
    description: "Clips with sound, quick; by frames or up to three references.",
    prices: { "720p": 0.1, "1080p": 0.12, "4k": 0.3 },
    mostReferences: 3,
  }),
  veo({
    id: "veo-3.1-generate-preview",
    title: "Veo 3.1",
    description: "The best of Google's clips; by frames or up to three references.",
    prices: { "720p": 0.4, "1080p": 0.4, "4k": 0.6 },
    mostReferences: 3,
  }),
  veo({
    id: "veo-3.1-lite-generate-preview",
    title: "Veo 3.1 lite",
    description: "The cheapest of Google's clips; by first and last frame.",
    prices: { "720p": 0.05, "1080p": 0.08 },
    mostReferences: 0,
  }),
];
