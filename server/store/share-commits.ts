import { CompiledQuery } from "kysely";
import type { Database, Transaction } from "./database.ts";
import { StorageFull } from "./store-error.ts";
import { insideTransaction, refuseInside } from "./inside-transaction.ts";

/**
 * Who waits for a commit: somebody who asked and has no answer yet, or a run at work, which has time.
 * The one is not kept waiting by however many of the other, and neither by the one for ever. What is
 * "promised" was asked for as well, and whoever asked asks again where a power cut has taken it: it need
 * not be on the disk by itself. It outlives every crash of the process.
 */
export type Urgency = "asked" | "promised" | "at-work";

/** Does work in one commit: all of it or, when it throws, nothing. Somebody has asked, unless told. */
export type DoTransaction = <Result>(
  work: (transaction: Transaction) => Promise<Result>,
  urgency?: Urgency,
) => Promise<Result>;

/** Commits that are shared. */
export interface SharedCommits {
  readonly transaction: DoTransaction;
  /** Resolves once everything that was asked for is committed or refused. */
  rest(): Promise<void>;
}

interface Waiting {
  readonly work: (transaction: Transaction) => Promise<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** Whether it has to be on the disk before anybody is told. */
  readonly isLasting: boolean;
}

/**
 * A commit takes in so many pieces of work at most, so that nobody waits long for the others: of runs at
 * work few for some commits after somebody has asked, and the fewest beside them: a fourth of those who
 * have, so that a crowd of them slows runs down and does not stop them.
 */
const mostTogether = { asked: 32, soonAfter: 4, atWork: 32 } as const;
const besideAsked = { least: 2, part: 1 / 4 } as const;
const soonAfter = 32;

const savepoint = {
  begin: CompiledQuery.raw("SAVEPOINT piece"),
  release: CompiledQuery.raw("RELEASE piece"),
  undo: CompiledQuery.raw("ROLLBACK TO piece"),
} as const;
const synchronous = {
  normal: CompiledQuery.raw("PRAGMA synchronous = NORMAL"),
  full: CompiledQuery.raw("PRAGMA synchronous = FULL"),
} as const;

/**
 * Lets work that is asked for at the same moment share one commit, and so one write to the disk: when
 * six nodes end together, five waits for the disk are saved. Each piece stays whole by itself: one
 * that throws is undone alone. Nobody is told before the commit is on the disk.
 */
export function shareCommits(database: Database): SharedCommits {
  const waiting = { asked: [] as Waiting[], atWork: [] as Waiting[] };
  let committing: Promise<void> | null = null;
  let sinceAsked = soonAfter;
  const takeNext = () => {
    const asked = waiting.asked.splice(0, mostTogether.asked);
    sinceAsked = asked.length > 0 ? 0 : sinceAsked + 1;
    const room =
      sinceAsked === 0
        ? Math.max(besideAsked.least, Math.ceil(asked.length * besideAsked.part))
        : mostTogether[sinceAsked < soonAfter ? "soonAfter" : "atWork"];
    return [...asked, ...waiting.atWork.splice(0, room)];
  };
  const commitAll = async () => {
    for (;;) {
      // Whatever else becomes ready in this turn of the event loop comes along, and requests are read.
      await new Promise((resolve) => setImmediate(resolve));
      const next = takeNext();
      if (next.length === 0) break;
      await commitTogether(database, next);
    }
    committing = null;
  };
  return {
    transaction: async (work, urgency = "asked") => {
      refuseInside();
      const { promise, resolve, reject } =
        Promise.withResolvers<Awaited<ReturnType<typeof work>>>();
      const line = urgency === "at-work" ? waiting.atWork : waiting.asked;
      const isLasting = urgency !== "promised";
      line.push({ work, resolve: resolve as Waiting["resolve"], reject, isLasting });
      committing ??= commitAll();
      return promise;
    },
    rest: async () => {
      while (committing) await committing;
    },
  };
}

async function commitTogether(database: Database, batch: readonly Waiting[]): Promise<void> {
  const ends: (() => void)[] = [];
  const commitOn = (one: Database) =>
    one.transaction().execute(async (transaction) => {
      for (const each of batch) ends.push(await doOne(transaction, each, batch.length === 1));
    });
  try {
    const isLasting = batch.some((each) => each.isLasting);
    await (isLasting ? commitOn(database) : withoutWaiting(database, commitOn));
    for (const end of ends) end();
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

/** Commits to the log without waiting for the disk, which the next lasting commit does for both. */
async function withoutWaiting(
  database: Database,
  commitOn: (one: Database) => Promise<void>,
): Promise<void> {
  await database.connection().execute(async (one) => {
    await one.executeQuery(synchronous.normal);
    try {
      await commitOn(one);
    } finally {
      await one.executeQuery(synchronous.full);
    }
  });
}

/** Answers how to tell the end of a piece of work once the commit is made. */
async function doOne(
  transaction: Transaction,
  { work, resolve, reject }: Waiting,
  isAlone: boolean,
): Promise<() => void> {
  if (isAlone) {
    const result = await insideTransaction(() => work(transaction));
    return () => resolve(result);
  }
  await transaction.executeQuery(savepoint.begin);
  try {
    const result = await insideTransaction(() => work(transaction));
    await transaction.executeQuery(savepoint.release);
    return () => resolve(result);
  } catch (error) {
    // A full disk has rolled the whole transaction back already.
    if (error instanceof StorageFull) throw error;
    await transaction.executeQuery(savepoint.undo);
    await transaction.executeQuery(savepoint.release);
    return () => reject(error);
  }
}
