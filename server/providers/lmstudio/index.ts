import * as z from "zod";
import type { ProviderDeclaration } from "../declaration.ts";
import { listedByOpenai, openaiListSchema } from "../own-server/listed-by-openai.ts";
import { createOwnServer } from "../own-server/own-provider.ts";

/** The answer to GET /api/v1/models (https://lmstudio.ai/docs/developer/rest/list, read 2026-11-21). */
const listSchema = z.object({
  models: z
    .array(
      z.object({
        type: z.string(),
        key: z.string(),
        display_name: z.string().nullish(),
        selected_variant: z.string().nullish(),
        capabilities: z.object({ vision: z.boolean().nullish() }).nullish(),
      }),
    )
    .max(2_000),
});

/** LM Studio on a machine of the owner's own. A model that is not loaded is loaded when it is asked. */
export const lmstudio: ProviderDeclaration = {
  id: "lmstudio",
  title: "LM Studio",
  key: null,
  open: (parts) =>
    createOwnServer(lmstudio, parts, {
      variable: "SPACES_LMSTUDIO_URL",
      takesSchema: true,
      concurrency: 1,
      source: "GET /api/v1/models of the server",
      list: async (ask) => {
        const listed = await ask("/api/v1/models", listSchema);
        if (listed) {
          return listed.models
            .filter(({ type }) => type !== "embedding")
            .map(({ key, display_name, selected_variant, capabilities }) => ({
              id: key,
              title: display_name ?? key,
              canSee: capabilities?.vision === true,
              version: selected_variant ?? "1",
            }));
        }
        // Before version 0.4 it lists names alone.
        const named = await ask("/v1/models", openaiListSchema);
        return named && listedByOpenai(named);
      },
    }),
};
