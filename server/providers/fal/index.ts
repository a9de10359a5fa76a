import type { ProviderDeclaration } from "../declaration.ts";
import { createFal } from "./fal-provider.ts";

/**
 * fal, by the queue of its own client: a job's answer names the addresses at which it is followed, so that
 * it is found again after a crash (providers.md 4.1).
 */
export const fal: ProviderDeclaration = {
  id: "fal",
  title: "fal",
  key: {
    variables: ["FAL_KEY"],
    // The first tells what was billed; the second takes jobs and tells how they stand; the third says
    // where a file may be put.
    origins: ["https://api.fal.ai", "https://queue.fal.run", "https://rest.fal.ai"],
    header: "authorization",
    prefix: "Key ",
    free: { path: "/v1/models?limit=1" },
  },
  open: (parts) => createFal(fal, parts),
};
