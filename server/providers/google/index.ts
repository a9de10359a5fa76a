import type { ProviderDeclaration } from "../declaration.ts";
import { createGoogle } from "./google-provider.ts";

/**
 * Google's Gemini API: texts, pictures, speech and music at once, the clips of Veo and Omni as jobs that any
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
  open: (parts) => createGoogle(google, parts),
};
