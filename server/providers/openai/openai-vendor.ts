import { placeholderKey, type SdkVendor } from "../ai-sdk/sdk-vendor.ts";
import { openaiCatalog } from "./models.ts";
import { openaiRefusal } from "./openai-answers.ts";

/** OpenAI, as the AI SDK is asked for it. */
export const openaiVendor: SdkVendor = {
  catalog: openaiCatalog,
  words: { refusal: openaiRefusal, withheld: () => null },
  concurrency: 6,
  open: async (fetch) => {
    const { createOpenAI } = await import("@ai-sdk/openai");
    // The address is said: the package would take one from the environment.
    const baseURL = "https://api.openai.com/v1";
    const models = createOpenAI({ baseURL, apiKey: placeholderKey, fetch });
    return {
      text: (id) => models.responses(id),
      image: (id) => models.image(id),
      audio: (id) => models.speech(id),
    };
  },
};
