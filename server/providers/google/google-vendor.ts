import { placeholderKey, type SdkVendor } from "../ai-sdk/sdk-vendor.ts";
import { googleClipEnd, googleRefusal, googleWithheld } from "./google-answers.ts";
import { googleCatalog } from "./models.ts";

/** Google, as the AI SDK is asked for it. */
export const googleVendor: SdkVendor = {
  catalog: googleCatalog,
  words: { refusal: googleRefusal, withheld: googleWithheld },
  video: {
    ended: googleClipEnd,
    progress: () => null,
    billed: () => null,
    // Clips lie behind files/…:download, which takes the key and redirects.
    hasKeyedFiles: true,
  },
  concurrency: 6,
  open: async (fetch) => {
    const { createGoogle } = await import("@ai-sdk/google");
    const baseURL = "https://generativelanguage.googleapis.com/v1beta";
    const models = createGoogle({ baseURL, apiKey: placeholderKey, fetch });
    return {
      text: (id) => models.chat(id),
      image: (id) => models.image(id),
      audio: (id) => models.speech(id),
      video: (id) => models.video(id),
    };
  },
};
