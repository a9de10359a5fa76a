import type { ProviderDeclaration } from "../declaration.ts";
import { createRunway } from "./runway-provider.ts";

/** Runway, by its own client, which alone tells what a task will cost at most (providers.md 4.7). */
export const runway: ProviderDeclaration = {
  id: "runway",
  title: "Runway",
  key: {
    variables: ["RUNWAYML_API_SECRET"],
    origins: ["https://api.dev.runwayml.com"],
    header: "authorization",
    prefix: "Bearer ",
    free: { path: "/v1/organization", headers: { "x-runway-version": "2024-11-06" } },
  },
  open: (parts) => createRunway(runway, parts),
};
