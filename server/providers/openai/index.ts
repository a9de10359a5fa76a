import type { ProviderDeclaration } from "../declaration.ts";
import { createSdkProvider } from "../ai-sdk/sdk-provider.ts";
import { openaiVendor } from "./openai-vendor.ts";

/**
 * OpenAI through the AI SDK: texts, pictures and speech, each in one answer without a job
 * (providers.md 4.3). There are no clips: Sora's API ended in September 2026.
 */
export const openai: ProviderDeclaration = {
  id: "openai",
  title: "OpenAI",
  key: {
    variables: ["OPENAI_API_KEY"],
    origins: ["https://api.openai.com"],
    header: "authorization",
    prefix: "Bearer ",
    free: { path: "/v1/models" },
  },
  open: (parts) => createSdkProvider(openai, parts, openaiVendor),
};
