import type { Clock } from "../clock.ts";
import type { Store } from "../store/open-store.ts";
import { announceBytes } from "../store/retention.ts";
import { StorageUnavailable, type AssetStore } from "./asset-store.ts";

/** What announcing leans on. */
export interface AnnounceParts {
  readonly store: Store;
  readonly clock: Clock;
}

const againMs = 1_000;
/** Longer than a sweep takes for one asset where nothing is broken. */
const longestMs = 30_000;

/**
 * Announces bytes, so that no sweep takes them away while they are being put; waits while one is taking
 * them out at this moment. Throws StorageUnavailable when that does not end.
 */
export async function announce({ store, clock }: AnnounceParts, hash: string): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += againMs) {
    const isOpen = await store.transaction((transaction) =>
      announceBytes(transaction, hash, clock.nowMs()),
    );
    if (isOpen) return;
    if (waitedMs >= longestMs) {
      throw new StorageUnavailable(
        "The relay was taking this file away, having been unused for long. Send it again in ten minutes.",
      );
    }
    await clock.sleep(againMs);
  }
}

/** The same store; what is kept in it is announced before. */
export function announcing(bytes: AssetStore, parts: AnnounceParts): AssetStore {
  return {
    ...bytes,
    stage: async (source, options) => {
      const staged = await bytes.stage(source, options);
      return {
        ...staged,
        keep: async () => {
          await announce(parts, staged.hash);
          await staged.keep();
        },
      };
    },
  };
}
