import { sql } from "kysely";
import type { AssetStore } from "./assets/asset-store.ts";
import type { Clock } from "./clock.ts";
import type { Database } from "./store/database.ts";

/** The parts of a relay without which it takes no requests. */
export const neededParts = ["store", "storage", "engine", "process"] as const;
/** A part of a relay without which it takes no requests. */
export type NeededPart = (typeof neededParts)[number];

/** Tells whether a relay may be sent requests. */
export interface Readiness {
  /** The parts that are missing now; none when it is ready. Who asks at once is answered together. */
  missing(): Promise<readonly NeededPart[]>;
}

/** What is looked at. */
export interface ReadinessParts {
  readonly database: Database;
  readonly bytes: Pick<AssetStore, "checkRoom" | "stage">;
  readonly clock: Clock;
  readonly isEngineStarted: () => boolean;
  readonly isStopping: () => boolean;
}

/** A part that needs longer to answer is not there. */
const answerMs = 1_000;
/** Storage is tried by a write, which nobody from outside may ask for more often. */
const againMs = 1_000;

/**
 * Looks at the store by a trivial read, at the storage by its free space and a byte written, and at
 * whether the engine and the process work; each has a second to answer.
 */
export function createReadiness(parts: ReadinessParts): Readiness {
  const { clock } = parts;
  let look: { readonly atMs: number; readonly found: Promise<NeededPart[]> } | null = null;
  const lookAgain = async (): Promise<NeededPart[]> => {
    const [isStoreThere, isStorageThere] = await Promise.all([
      answers(clock, () => sql`SELECT 1`.execute(parts.database)),
      answers(clock, () => tryStorage(parts.bytes)),
    ]);
    return [
      ...(isStoreThere ? [] : ["store" as const]),
      ...(isStorageThere ? [] : ["storage" as const]),
    ];
  };
  return {
    missing: async () => {
      const nowMs = clock.nowMs();
      if (look === null || Math.abs(nowMs - look.atMs) >= againMs) {
        look = { atMs: nowMs, found: lookAgain() };
      }
      const found = await look.found;
      return neededParts.filter((part) => {
        if (part === "engine") return !parts.isEngineStarted();
        if (part === "process") return parts.isStopping();
        return found.includes(part);
      });
    },
  };
}

async function answers(clock: Clock, ask: () => Promise<unknown>): Promise<boolean> {
  const hasAnswered = new AbortController();
  const isThere = ask().then(
    () => true,
    () => false,
  );
  const isLate = clock.sleep(answerMs, hasAnswered.signal).then(() => false);
  const answer = await Promise.race([isThere, isLate]);
  hasAnswered.abort();
  return answer;
}

async function tryStorage(bytes: ReadinessParts["bytes"]): Promise<void> {
  await bytes.checkRoom();
  const staged = await bytes.stage([new Uint8Array(1)], { maxBytes: 1 });
  await staged.discard();
}
