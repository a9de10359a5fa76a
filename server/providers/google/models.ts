import { createCatalog, type RetiredRow } from "../catalog.ts";
import type { SdkRow } from "../ai-sdk/sdk-row.ts";
import { imageRows } from "./image-models.ts";
import { speechRows } from "./speech-models.ts";
import { textRows } from "./text-models.ts";
import { videoRows } from "./video-models.ts";

const ended = (
  id: string,
  title: string,
  task: RetiredRow["task"],
  sentence: string,
): RetiredRow => ({
  id,
  title,
  task,
  sentence,
  source: "https://ai.google.dev/gemini-api/docs/deprecations, read 2026-11-20",
});
const nano = "Choose Nano Banana 2.1 instead.";
const veo = "Choose Veo 3.1 instead.";

/** The models of Google that are offered, and those that ended (providers.md 8.5). */
export const googleCatalog = createCatalog<SdkRow>(
  "google",
  [...textRows, ...imageRows, ...speechRows, ...videoRows],
  [
    ended(
      "gemini-3.1-flash-image",
      "Nano Banana 2",
      "image",
      `Google shut Nano Banana 2 down on 29 October 2026. ${nano}`,
    ),
    ended(
      "gemini-2.5-flash-image",
      "Nano Banana",
      "image",
      `Google shut the first Nano Banana down on 2 October 2026. ${nano}`,
    ),
    ...["imagen-4.0-generate-001", "imagen-3.0-generate-002"].map((id) =>
      ended(
        id,
        id.startsWith("imagen-4") ? "Imagen 4" : "Imagen 3",
        "image",
        `Google shut Imagen down, its last version on 17 August 2026. ${nano}`,
      ),
    ),
    ...["veo-3.0-generate-001", "veo-3.0-fast-generate-001", "veo-2.0-generate-001"].map((id) =>
      ended(
        id,
        id.startsWith("veo-2") ? "Veo 2" : "Veo 3",
        "video",
        `Google shut Veo 2 and 3.0 down on 30 June 2026. ${veo}`,
      ),
    ),
  ],
);
