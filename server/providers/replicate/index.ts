import type { ProviderDeclaration } from "../declaration.ts";
import { createReplicate } from "./replicate-provider.ts";

/** Replicate, by its own client (providers.md 4.2). */
export const replicate: ProviderDeclaration = {
  id: "replicate",
  title: "Replicate",
  key: {
    variables: ["REPLICATE_API_TOKEN"],
    origins: ["https://api.replicate.com"],
    header: "authorization",
    prefix: "Bearer ",
    free: { path: "/v1/account" },
  },
  open: (parts) => createReplicate(replicate, parts),
};
