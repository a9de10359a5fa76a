import { placeholderKey, type SdkVendor } from "../ai-sdk/sdk-vendor.ts";
import { xaiCatalog } from "./models.ts";
import { billedByXai, xaiClipEnd, xaiProgress, xaiRefusal, xaiWithheld } from "./xai-answers.ts";

/** xAI, as the AI SDK is asked for it. */
export const xaiVendor: SdkVendor = {
  catalog: xaiCatalog,
  words: { refusal: xaiRefusal, withheld: xaiWithheld },
  video: {
    ended: xaiClipEnd,
    progress: xaiProgress,
    billed: billedByXai,
    // Clips are signed addresses of other hosts.
    hasKeyedFiles: false,
  },
  concurrency: 6,
  open: async (fetch) => {
    const { createXai } = await import("@ai-sdk/xai");
    const models = createXai({ baseURL: "https://api.x.ai/v1", apiKey: placeholderKey, fetch });
    return {
      text: (id) => models.responses(id),
      image: (id) => models.image(id),
      video: (id) => models.video(id),
    };
  },
};
