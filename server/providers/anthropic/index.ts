import type { ProviderDeclaration } from "../declaration.ts";
import { createSdkProvider } from "../ai-sdk/sdk-provider.ts";
import { anthropicVendor } from "./anthropic-vendor.ts";

/** Anthropic's Claude through the AI SDK: texts, with eyes for pictures. */
export const anthropic: ProviderDeclaration = {
  id: "anthropic",
  title: "Anthropic",
  key: {
    variables: ["ANTHROPIC_API_KEY"],
    origins: ["https://api.anthropic.com"],
    header: "x-api-key",
    prefix: "",
    free: { path: "/v1/models?limit=1", headers: { "anthropic-version": "2023-06-01" } },
  },
  open: (parts) => createSdkProvider(anthropic, parts, anthropicVendor),
};
