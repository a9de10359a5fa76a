import type { Item } from "#domain/item";
import type { ResultView, VersionView } from "../../../../ui/node-view.ts";
import { madeUpPicture } from "./made-up-picture.ts";

const picture: Item = {
  kind: "asset",
  asset: {
    hash: "a".repeat(64),
    mediaType: "image/png",
    bytes: 1_240_000,
    widthPx: 1536,
    heightPx: 1024,
    durationMs: null,
  },
};

/** A sound of a few seconds. */
export const sound: Item = {
  kind: "asset",
  asset: {
    hash: "b".repeat(64),
    mediaType: "audio/mpeg",
    bytes: 96_000,
    widthPx: null,
    heightPx: null,
    durationMs: 7400,
  },
};

function results(count: number, seed: number): ResultView[] {
  return Array.from({ length: count }, (_, index) => ({
    index,
    item: picture,
    thumbnail: madeUpPicture(seed + index, `A harbour at dawn, variant ${index + 1}`),
    onCanvas: index === 0 ? `layer-${seed}` : null,
  }));
}

/** Two versions of the image node: four results, then one. */
export const madeUpVersions: readonly VersionView[] = [
  {
    id: "version-2",
    atText: "2 minutes ago",
    member: "Ana",
    modelTitle: "FLUX.2 Pro",
    priceText: "24 credits",
    prompt: "A quiet harbour at dawn, soft light on wet stone, a single red boat.",
    seed: 81_234,
    notes: [],
    isCurrent: true,
    results: results(4, 2),
  },
  {
    id: "version-1",
    atText: "Yesterday, 17:20",
    member: "Ben",
    modelTitle: "Local draft",
    priceText: "Free",
    prompt: "Harbour, dawn",
    seed: 7,
    notes: ["The picture was made smaller to fit Figma's limit of 4096 px."],
    isCurrent: false,
    results: results(1, 9),
  },
];

/** A version whose result is a text, and one whose result is a sound. */
export const otherVersions: readonly VersionView[] = [
  {
    ...madeUpVersions[0]!,
    id: "version-text",
    prompt: null,
    seed: null,
    results: [
      {
        index: 0,
        item: {
          kind: "text",
          text: "Dawn over the harbour. Three headlines:\n1. Where the day begins\n2. Quiet water\n3. First light, last boat",
        },
        thumbnail: null,
        onCanvas: null,
      },
    ],
  },
  {
    ...madeUpVersions[1]!,
    id: "version-sound",
    notes: [],
    results: [{ index: 0, item: sound, thumbnail: null, onCanvas: "layer-5" }],
  },
];
