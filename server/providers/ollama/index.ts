import * as z from "zod";
import type { ProviderDeclaration } from "../declaration.ts";
import type { ListedModel } from "../own-server/live-models.ts";
import { createOwnServer } from "../own-server/own-provider.ts";
import type { AskServer } from "../own-server/own-way.ts";

/** The answer to GET /api/tags (github.com/ollama/ollama, docs/openapi.yaml). */
const tagsSchema = z.object({
  models: z.array(z.object({ name: z.string(), digest: z.string().nullish() })).max(2_000),
});
/** The answer to POST /api/show. Before version 0.6.4 it says no capabilities. */
const shownSchema = z.object({ capabilities: z.array(z.string()).nullish() });

/** So many are asked about; nobody keeps more on a machine of their own. */
const mostModels = 100;
const digestCharacters = 19;

/** Ollama on a machine of the owner's own. */
export const ollama: ProviderDeclaration = {
  id: "ollama",
  title: "Ollama",
  key: null,
  open: (parts) => {
    // What a model can do stands in its file, whose digest is known.
    const capabilities = new Map<string, readonly string[]>();
    return createOwnServer(ollama, parts, {
      variable: "SPACES_OLLAMA_URL",
      takesSchema: true,
      concurrency: 1,
      source: "GET /api/tags and POST /api/show of the server",
      list: (ask) => listModels(ask, capabilities),
    });
  },
};

async function listModels(
  ask: AskServer,
  known: Map<string, readonly string[]>,
): Promise<ListedModel[] | null> {
  const tags = await ask("/api/tags", tagsSchema);
  if (!tags) return null;
  const listed = await Promise.all(
    tags.models.slice(0, mostModels).map(async ({ name, digest }) => {
      const file = digest ?? name;
      const found = known.get(file) ?? (await capabilitiesOf(ask, name));
      if (found) known.set(file, found);
      const canWrite = found?.includes("completion") ?? true;
      const canSee = found?.includes("vision") ?? false;
      const version = digest?.slice(0, digestCharacters) ?? "1";
      return canWrite ? [{ id: name, title: name, canSee, version }] : [];
    }),
  );
  return listed.flat();
}

async function capabilitiesOf(ask: AskServer, model: string): Promise<readonly string[] | null> {
  const shown = await ask("/api/show", shownSchema, { model });
  return shown?.capabilities ?? null;
}
