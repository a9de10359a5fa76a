import type { ProviderDeclaration } from "../declaration.ts";
import { createSdkProvider } from "../ai-sdk/sdk-provider.ts";
import { googleVendor } from "./google-vendor.ts";

/**
 * Google's Gemini API through the AI SDK: texts, pictures and speech at once, Veo's clips as jobs that any
 * process can ask for (providers.md 4.4, 3.4).
 */
export const google: ProviderDeclaration = {
  id: "google",
  title: "Google Gemini",
  key: {
    variables: ["GEMINI_API_KEY", "GOOGLE_GENERATIVE_AI_API_KEY", "GOOGLE_API_KEY"],
    origins: ["https://generativelanguage.googleapis.com"],
    header: "x-goog-api-key",
    prefix: "",
    free: { path: "/v1beta/models?pageSize=1" },
  },
  open: (parts) => createSdkProvider(google, parts, googleVendor),
};
