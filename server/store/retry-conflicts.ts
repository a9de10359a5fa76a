import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "./database.ts";
import { insideTransaction, refuseInside } from "./inside-transaction.ts";
import { postgresCodeOf } from "./postgres-errors.ts";
import type { SharedCommits } from "./share-commits.ts";
import { NotUnique } from "./store-error.ts";

/** serialization_failure and deadlock_detected: the loser is undone whole and may begin again. */
const conflicts = new Set(["40001", "40P01"]);
/** Of those who meet one always wins, so that as many may meet as a pool has connections, and more. */
const mostTries = { conflict: 40, notUnique: 3 } as const;
const longestWaitMs = 20;

/**
 * Transactions on PostgreSQL, each on a connection of its own at READ COMMITTED: rows that two of them
 * change make the second wait, and every change of ours names the state that it expects. Work that
 * lost to somebody else's is done again from its start, so it must change nothing but the database.
 * One that made the same row as somebody else looks again too: it finds the other's then.
 */
export function retryConflicts(database: Database): SharedCommits {
  const open = new Set<Promise<unknown>>();
  const tryAgain = async <Result>(once: () => Promise<Result>): Promise<Result> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await once();
      } catch (error) {
        if (tries >= triesAfter(error)) throw error;
        // Whoever met would meet again without a wait of a length of its own.
        await sleep(Math.min(tries, longestWaitMs) * Math.random());
      }
    }
  };
  return {
    transaction: async (work) => {
      refuseInside();
      const done = tryAgain(() =>
        database.transaction().execute((transaction) => insideTransaction(() => work(transaction))),
      );
      open.add(done);
      try {
        return await done;
      } finally {
        open.delete(done);
      }
    },
    rest: async () => {
      while (open.size > 0) await Promise.allSettled(open);
    },
  };
}

function triesAfter(error: unknown): number {
  if (error instanceof NotUnique) return mostTries.notUnique;
  return conflicts.has(postgresCodeOf(error)) ? mostTries.conflict : 0;
}
