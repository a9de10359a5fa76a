import { dollars, type Price } from "#domain/price";
import { choice } from "../declare-params.ts";
import {
  bySetting,
  eachSecond,
  frameLimits,
  perSecond,
  unknownPrice,
  withSound,
  type FalRow,
} from "./fal-rows.ts";
import type { FalWay, FileLimits } from "./fal-wire.ts";

const shared = { task: "video", expectedMs: 150_000 } as const;
const seedanceSettings = {
  duration: "duration",
  resolution: "resolution",
  ratio: "aspect_ratio",
  generate_audio: "generate_audio",
};
/** What Seedance takes of sounds, and its newest of clips. */
interface SeedanceFiles {
  readonly mostSecondsTogether: number;
  readonly clips: FileLimits | null;
}
const referenceWay = (
  base: string,
  needed: "references" | "clips",
  { mostSecondsTogether, clips }: SeedanceFiles,
): FalWay => ({
  endpoint: `${base}/reference-to-video`,
  needs: [needed, "prompt"],
  takes: {
    prompt: "prompt",
    references: "image_urls[]",
    ...(clips && { clips: "video_urls[]" }),
    audio: "audio_urls[]",
  },
  files: {
    audio: { mediaTypes: ["audio/mpeg", "audio/wav"], mostSecondsTogether, mostMegabytes: 15 },
    ...(clips && { clips }),
  },
  settings: seedanceSettings,
  hasSeed: true,
});
const seedanceWays = (base: string, files: SeedanceFiles): FalWay[] => [
  {
    endpoint: `${base}/image-to-video`,
    needs: ["first", "prompt"],
    takes: { prompt: "prompt", first: "image_url", last: "end_image_url" },
    settings: seedanceSettings,
    hasSeed: true,
  },
  referenceWay(base, "references", files),
  ...(files.clips ? [referenceWay(base, "clips", files)] : []),
  {
    endpoint: `${base}/text-to-video`,
    needs: ["prompt"],
    takes: { prompt: "prompt" },
    settings: seedanceSettings,
    hasSeed: true,
  },
];
const seedanceParams = (mostSeconds: number) => ({
  duration: eachSecond(4, mostSeconds),
  resolution: choice("Size", ["720p", "480p"]),
  ratio: choice("Ratio", ["auto", "16:9", "9:16", "1:1", "4:3", "3:4", "21:9"], {
    labels: { auto: "Chosen by the model" },
  }),
  generate_audio: withSound,
});
const seedance = (
  id: string,
  title: string,
  mostSeconds: number,
  mostReferences: number,
  clips: FileLimits | null,
  priced: Pick<FalRow, "price" | "priceBasis" | "source">,
): FalRow => ({
  ...shared,
  id,
  title,
  description: `Clips of 4 to ${mostSeconds} seconds with sound: from a prompt, from frames, or from references.`,
  inputs: { prompt: 99, first: 1, last: 1, references: mostReferences, audio: 1 },
  limits: frameLimits,
  params: seedanceParams(mostSeconds),
  maxPromptCharacters: 4_000,
  wire: {
    output: "video",
    ways: seedanceWays(id, { mostSecondsTogether: mostSeconds, clips }),
  },
  ...priced,
});
const clipTypes = ["video/mp4", "video/quicktime"] as const;
/** Ten clips of 30 seconds together (https://docs.comfy.org/built-in-nodes/ByteDance2ReferenceNodeV2). */
const seedance25Clips: FileLimits = { mediaTypes: clipTypes, most: 10, mostSecondsTogether: 30 };
/** What fal says of the clips that Seedance 2.0 takes. */
const seedance2Clips: FileLimits = {
  mediaTypes: clipTypes,
  most: 3,
  mostSecondsTogether: 15,
  mostMegabytesTogether: 50,
  area: { least: 640 * 640, most: 834 * 1_112, said: "about 480p to 720p" },
};

const referencePage =
  "https://fal.ai/models/bytedance/seedance-2.0/reference-to-video/llms.txt, read 2026-11-21";

/** With clips a second costs three fifths, and each of theirs as much. */
function withClips(amount: number): Price {
  const each = perSecond(amount * 0.6);
  const given: Price = {
    kind: "times",
    setting: "$seconds",
    most: 15,
    price: dollars(amount * 0.6),
  };
  return { kind: "sum", prices: [each, given] };
}

/** Seedance, of which every version can be asked in the same words. */
export const seedanceRows: readonly FalRow[] = [
  seedance("bytedance/seedance-2.5", "Seedance 2.5", 30, 30, seedance25Clips, {
    ...unknownPrice,
    source:
      "https://fal.ai/models/bytedance/seedance-2.5/image-to-video/api, read 2026-11-21; names of fields as in Seedance 2.0",
  }),
  seedance("bytedance/seedance-2.5/flash", "Seedance 2.5 Flash", 30, 30, null, {
    price: bySetting("resolution", { "480p": perSecond(0.144), "720p": perSecond(0.309) }),
    priceBasis: "estimate",
    source: "https://fal.ai/models, read 2026-11-20; names of fields as in Seedance 2.0",
  }),
  seedance("bytedance/seedance-2.0", "Seedance 2.0", 15, 9, null, {
    // (width * height * seconds * 24) / 1024 tokens, at 0.014 dollars for each thousand.
    price: bySetting("resolution", { "480p": perSecond(0.1345), "720p": perSecond(0.3024) }),
    priceBasis: "list",
    source: "https://fal.ai/models/bytedance/seedance-2.0/image-to-video/api, read 2026-11-21",
  }),
  {
    ...shared,
    id: "bytedance/seedance-2.0/reference-to-video",
    title: "Seedance 2.0 from clips",
    description:
      "Clips of 4 to 15 seconds with sound from clips, named @Video1 and so on in the prompt.",
    inputs: { prompt: 99, references: 9, audio: 1 },
    params: seedanceParams(15),
    price: bySetting("resolution", { "480p": withClips(0.1345), "720p": withClips(0.3024) }),
    priceBasis: "list",
    maxPromptCharacters: 4_000,
    source: referencePage,
    wire: {
      output: "video",
      ways: [
        referenceWay("bytedance/seedance-2.0", "clips", {
          mostSecondsTogether: 15,
          clips: seedance2Clips,
        }),
      ],
    },
  },
];
