import type { ProviderDeclaration } from "../declaration.ts";
import { createSdkProvider } from "../ai-sdk/sdk-provider.ts";
import { xaiVendor } from "./xai-vendor.ts";

/** xAI through the AI SDK: texts and pictures at once, clips as jobs; every answer says what it cost. */
export const xai: ProviderDeclaration = {
  id: "xai",
  title: "xAI",
  key: {
    variables: ["XAI_API_KEY"],
    origins: ["https://api.x.ai"],
    header: "authorization",
    prefix: "Bearer ",
    free: { path: "/v1/models" },
  },
  open: (parts) => createSdkProvider(xai, parts, xaiVendor),
};
