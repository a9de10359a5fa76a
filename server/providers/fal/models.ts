import { createCatalog, type RetiredRow } from "../catalog.ts";
import { clipRows } from "./clip-rows.ts";
import { editRows } from "./edit-rows.ts";
import { enlargeRows } from "./enlarge-rows.ts";
import { inputRules } from "./fal-rows.ts";
import { imageRows } from "./image-rows.ts";
import { seedanceRows } from "./seedance-rows.ts";
import { soundRows } from "./sound-rows.ts";
import { videoRows } from "./video-rows.ts";

const source = "Shut down by its maker; read 2026-11-20";
const retired = (id: string, title: string, sentence: string): RetiredRow => ({
  id,
  title,
  task: id === "fal-ai/nano-banana" ? "image" : "video",
  source,
  sentence,
});

const rows = [
  ...imageRows,
  ...editRows,
  ...videoRows,
  ...seedanceRows,
  ...clipRows,
  ...soundRows,
  ...enlargeRows,
];

/** The models at fal that are offered, and those that a node may still name. */
export const falCatalog = createCatalog(
  "fal",
  rows.map((row) => ({ ...row, ...inputRules(row) })),
  [
    retired(
      "fal-ai/kling-video/v2.1/master/image-to-video",
      "Kling 2.1",
      "Kling 2.1 and older were shut down. Choose Kling 3 Pro.",
    ),
    retired("fal-ai/veo3", "Veo 3", "Google shut Veo 3 down on 30 June 2026. Choose Veo 3.1."),
    retired(
      "fal-ai/sora-2/text-to-video",
      "Sora 2",
      "OpenAI shut Sora down in September 2026. Choose Seedance 2.5 or Kling 3 Pro.",
    ),
    retired(
      "fal-ai/nano-banana",
      "Nano Banana",
      "Google shut this model down on 2 October 2026. Choose Nano Banana 2.1.",
    ),
  ],
);
