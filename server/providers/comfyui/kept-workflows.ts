import type { Store } from "../../store/open-store.ts";
import { findWorkflow, listWorkflows, type StoredWorkflow } from "../../store/workflows.ts";
import { readApiGraph } from "./api-graph.ts";
import type { ComfyUiParts } from "./index.ts";
import type { KeptWorkflow } from "./workflow-model.ts";

/** The workflows that a team keeps; what a newer program wrote and this one cannot read is left out. */
export function keptWorkflows(
  { database }: Pick<Store, "database">,
  team: string,
): ComfyUiParts["workflows"] {
  return {
    list: async () => (await listWorkflows(database, team)).flatMap((stored) => read(stored) ?? []),
    find: async (id) => {
      const stored = await findWorkflow(database, team, id);
      return stored ? read(stored) : null;
    },
  };
}

function read(stored: StoredWorkflow): KeptWorkflow | null {
  const graph = readApiGraph(stored.graph);
  return typeof graph === "string" ? null : { ...stored, graph };
}
