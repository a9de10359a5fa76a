import { StorageFull as AssetsFull, StorageUnavailable } from "./assets/asset-store.ts";
import { Refusal } from "./refusal.ts";
import { StorageFull as StoreFull, StoreBusy, StoreGone } from "./store/store-error.ts";

/** What an exception says to a client: a refusal where it was expected, null where nobody did. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (error instanceof StoreFull || error instanceof AssetsFull) {
    return new Refusal("storage-full", error.message);
  }
  if (error instanceof StorageUnavailable) return new Refusal("unavailable", error.message);
  // What was being committed may be in it or not: the same key finds out (reliability.md F32).
  if (error instanceof StoreGone || error instanceof StoreBusy) {
    return new Refusal("database-gone", error.message);
  }
  return null;
}
