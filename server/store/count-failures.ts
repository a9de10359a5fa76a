import type { DatabaseTrouble } from "../metrics.ts";
import type { Store } from "./open-store.ts";
import { StorageFull, StoreBusy, StoreGone } from "./store-error.ts";

/** A store whose commits that fail for want of the database are counted. */
export function countFailures(
  store: Store,
  count: { readonly databaseFailed: (kind: DatabaseTrouble) => void },
): Store {
  return {
    ...store,
    transaction: async (work, urgency) => {
      try {
        return await store.transaction(work, urgency);
      } catch (error) {
        const kind = kindOf(error);
        if (kind) count.databaseFailed(kind);
        throw error;
      }
    },
  };
}

function kindOf(error: unknown): DatabaseTrouble | null {
  if (error instanceof StorageFull) return "full";
  if (error instanceof StoreBusy) return "busy";
  return error instanceof StoreGone ? "gone" : null;
}
