import { dollars, type Price } from "#domain/price";
import { createCatalog, type ModelRow } from "../catalog.ts";
import { choice, toggle } from "../declare-params.ts";
import {
  ratioOf,
  type ImageRow,
  type SdkRow,
  type TextRow,
  type VideoRow,
} from "../ai-sdk/sdk-row.ts";
import { ofEach, priceOfTokens } from "../ai-sdk/token-price.ts";
import { billedByXai } from "./xai-answers.ts";

const ratios = ["1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3"];
const ratio = choice("Ratio", ["auto", ...ratios], { labels: { auto: "As it fits" } });
const pictures = {
  mediaTypes: ["image/jpeg", "image/png"],
  sidePx: 2_048,
  maxBytes: 5_000_000,
} as const;

/** Under 200,000 tokens, which is more than a node can send. */
const grokTokens = { input: 2, output: 6 };
const grok: ModelRow<TextRow> = {
  id: "grok-4.7",
  title: "Grok 4.7",
  description: "Writes and describes pictures.",
  task: "text",
  inputs: { text: 99, reference: 10 },
  params: {},
  maxPromptCharacters: 50_000,
  expectedMs: 10_000,
  price: priceOfTokens(grokTokens),
  priceBasis: "estimate",
  source: "@ai-sdk/xai@5.0.12; https://apidog.com/blog/how-to-use-grok-4-7-api, read 2026-11-21",
  wire: {
    kind: "text",
    tokens: grokTokens,
    mostPictures: 10,
    takesSchema: true,
    takesSeed: false,
    reasoning: "low",
    options: { xai: { store: false } },
    billed: billedByXai,
  },
};

/** So much for each picture, by quality and size; each reference counts once more. */
const imagePrice: Price = {
  kind: "sum",
  prices: [
    {
      kind: "times",
      setting: "count",
      price: {
        kind: "by",
        setting: "resolution",
        prices: { "1k": byQuality(0.04, 0.06), "2k": byQuality(0.06, 0.08) },
        otherwise: dollars(0.08),
      },
    },
    ofEach("$references", dollars(0.01)),
  ],
};

function byQuality(low: number, medium: number): Price {
  const prices = { low: dollars(low), medium: dollars(medium) };
  return { kind: "by", setting: "quality", prices, otherwise: dollars(medium) };
}

const imagine: ModelRow<ImageRow> = {
  id: "grok-imagine-image-2.0",
  title: "Grok Imagine 2.0",
  description: "Pictures from a prompt and up to three references, three at a time.",
  task: "image",
  inputs: { prompt: 99, references: 3 },
  needs: ["prompt"],
  outputsPerCall: 3,
  params: {
    ratio,
    resolution: choice("Size", ["1k", "2k"], { labels: { "1k": "1K", "2k": "2K" } }),
    quality: choice("Quality", ["medium", "low"], { labels: { medium: "Medium", low: "Low" } }),
  },
  maxPromptCharacters: 8_000,
  expectedMs: 15_000,
  price: imagePrice,
  priceBasis: "estimate",
  source: "@ai-sdk/gateway@4.0.146; prices of resellers, read 2026-11-20",
  wire: {
    kind: "image",
    pictures,
    mostReferences: 3,
    takesMask: false,
    takesSeed: false,
    wish: ({ ratio: wanted, resolution, quality }) => {
      const aspectRatio = ratioOf(wanted);
      return {
        ...(aspectRatio && { aspectRatio }),
        options: { xai: { resolution: String(resolution), quality: String(quality) } },
      };
    },
    billed: (_, metadata) => billedByXai(metadata),
  },
};

const perSecond = { "480p": 0.08, "720p": 0.14, "1080p": 0.25 } as const;
const video: ModelRow<VideoRow> = {
  id: "grok-imagine-video-1.5",
  title: "Grok Imagine video 1.5",
  description: "Clips with sound from a prompt, first and last frames, or up to seven references.",
  task: "video",
  inputs: { prompt: 99, first: 1, last: 1, references: 7 },
  needs: ["prompt"],
  ways: [
    { prompt: true, first: false, last: false },
    { prompt: true, references: true },
  ],
  params: {
    duration: choice("Length", ["6", "4", "8", "10", "12", "15"], {
      labels: Object.fromEntries(["4", "6", "8", "10", "12", "15"].map((s) => [s, `${s} s`])),
    }),
    ratio,
    resolution: choice("Resolution", Object.keys(perSecond), {
      default: "720p",
      hint: "With references 720p is the most.",
    }),
    generate_audio: toggle("Sound", true),
  },
  maxPromptCharacters: 4_000,
  expectedMs: 60_000,
  price: {
    kind: "times",
    setting: "duration",
    price: {
      kind: "by",
      setting: "resolution",
      prices: Object.fromEntries(
        Object.entries(perSecond).map(([size, second]) => [size, dollars(second)]),
      ),
      otherwise: dollars(perSecond["1080p"]),
    },
  },
  priceBasis: "estimate",
  source: "@ai-sdk/xai@5.0.12; prices of resellers, read 2026-11-20",
  wire: {
    kind: "video",
    pictures,
    mostReferences: 7,
    takesSeed: false,
    wish: ({ duration, ratio: wanted, resolution, generate_audio: hasSound }) => {
      const aspectRatio = ratioOf(wanted);
      return {
        duration: Number(duration),
        ...(aspectRatio && { aspectRatio }),
        generateAudio: hasSound !== false,
        options: { xai: { resolution: String(resolution) } },
      };
    },
  },
};

/** The models of xAI that are offered. */
export const xaiCatalog = createCatalog<SdkRow>("xai", [grok, imagine, video]);
