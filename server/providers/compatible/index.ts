import type { ProviderDeclaration } from "../declaration.ts";
import { listedByOpenai, openaiListSchema } from "../own-server/listed-by-openai.ts";
import { createOwnServer } from "../own-server/own-provider.ts";

/** Any server that speaks like OpenAI below /v1: vLLM, llama.cpp, LocalAI, Jan and others (providers.md 6.4). */
export const compatible: ProviderDeclaration = {
  id: "compatible",
  title: "Your OpenAI-compatible server",
  key: {
    variables: ["SPACES_OPENAI_COMPATIBLE_KEY"],
    // It goes to the origin that the owner named, and nowhere else.
    origins: [],
    header: "authorization",
    prefix: "Bearer ",
    free: { path: "/v1/models" },
    isOptional: true,
  },
  open: (parts) =>
    createOwnServer(compatible, parts, {
      variable: "SPACES_OPENAI_COMPATIBLE_URL",
      // Not all of them do, and those that do not refuse the request.
      takesSchema: false,
      concurrency: 4,
      source: "GET /v1/models of the server",
      list: async (ask) => {
        const listed = await ask("/v1/models", openaiListSchema);
        return listed && listedByOpenai(listed);
      },
    }),
};
