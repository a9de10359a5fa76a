import type { ProviderDeclaration } from "../declaration.ts";
import { createBfl } from "./bfl-provider.ts";

/**
 * Black Forest Labs, asked directly: there is no client of theirs for JavaScript, and the AI SDK's waits
 * inside and takes moderation for a reason to go on (providers.md 3.6, 4.6).
 */
export const bfl: ProviderDeclaration = {
  id: "bfl",
  title: "Black Forest Labs",
  key: {
    variables: ["BFL_API_KEY"],
    // The first takes requests; jobs are polled at the region that the answer names.
    origins: [
      "https://api.bfl.ai",
      "https://api.eu.bfl.ai",
      "https://api.us.bfl.ai",
      "https://api.eu1.bfl.ai",
      "https://api.us1.bfl.ai",
    ],
    header: "x-key",
    prefix: "",
    free: { path: "/v1/credits" },
  },
  open: (parts) => createBfl(bfl, parts),
};
