import { createCatalog } from "../catalog.ts";
import type { SdkRow } from "../ai-sdk/sdk-row.ts";
import { imageRows } from "./image-models.ts";
import { speechRows } from "./speech-models.ts";
import { textRows } from "./text-models.ts";

/** The models of OpenAI that are offered, and those that ended. */
export const openaiCatalog = createCatalog<SdkRow>(
  "openai",
  [...textRows, ...imageRows, ...speechRows],
  [
    ...["dall-e-3", "dall-e-2"].map((id) => ({
      id,
      title: id === "dall-e-3" ? "DALL·E 3" : "DALL·E 2",
      task: "image" as const,
      sentence: "OpenAI shut DALL·E down. Choose GPT Image 2.6 flare instead.",
      source: "https://platform.openai.com/docs/deprecations, read 2026-11-20",
    })),
    {
      id: "sora-2",
      title: "Sora 2",
      task: "video",
      sentence: "OpenAI ended Sora's API in September 2026. Choose Veo 3.1 fast instead.",
      source: "https://platform.openai.com/docs/deprecations, read 2026-11-20",
    },
  ],
);
