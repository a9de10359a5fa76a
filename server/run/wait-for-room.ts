import { StorageFull, StorageUnavailable } from "../assets/asset-store.ts";
import { StorageFull as StoreFull } from "../store/store-error.ts";
import type { RunParts } from "./run-parts.ts";

/** How often room is looked for, and how long a result is held in memory for it. */
const waitMs = { first: 1_000, longest: 30_000, inAll: 15 * 60_000 } as const;

/**
 * The parts of a call that has been made: what finds no room in the storage or the database is tried
 * again for a quarter of an hour, since a result that came with its answer can be fetched from nowhere
 * else (reliability.md F26, F27). `tell` hears when a wait begins and when it is over. After it the
 * error goes up.
 */
export function waitForRoom(parts: RunParts, tell: (isWaiting: boolean) => void): RunParts {
  const patiently = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    let isWaiting = false;
    let leftMs: number = waitMs.inAll;
    try {
      for (let nextMs: number = waitMs.first; ; nextMs = Math.min(nextMs * 2, waitMs.longest)) {
        try {
          return await work();
        } catch (error) {
          if (!isLackOfRoom(error) || leftMs <= 0) throw error;
        }
        if (!isWaiting) {
          isWaiting = true;
          parts.warn("result-without-room");
          tell(true);
        }
        await parts.clock.sleep(nextMs);
        leftMs -= nextMs;
      }
    } finally {
      if (isWaiting) tell(false);
    }
  };
  return {
    ...parts,
    store: {
      ...parts.store,
      transaction: (work) => patiently(() => parts.store.transaction(work)),
    },
    assets: {
      ...parts.assets,
      keep: (team, bytes) => patiently(() => parts.assets.keep(team, bytes)),
    },
  };
}

function isLackOfRoom(error: unknown): boolean {
  return (
    error instanceof StorageFull ||
    error instanceof StorageUnavailable ||
    error instanceof StoreFull
  );
}
