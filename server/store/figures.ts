import { sql } from "kysely";
import type { Database } from "./database.ts";
import { houseAccounts } from "./transfers.ts";

/** What the store knows of all teams together, for those who watch over the relay. */
export interface Figures {
  /** Runs by state. */
  readonly runs: Readonly<Record<string, number>>;
  /** Attempts by state; "unknown" are those of which nobody knows whether they were billed. */
  readonly attempts: Readonly<Record<string, number>>;
  readonly openHolds: number;
  readonly heldCredits: number;
  /** What providers may take on teams' own accounts for calls that have not ended. */
  readonly heldMicroDollars: number;
  /** What the house paid providers beyond what users pay. */
  readonly houseLossCredits: number;
  /** Calls given back of late, by how their last attempt ended; "not-called" where there was none. */
  readonly refunds: Readonly<Record<string, number>>;
  /** When the oldest run that has not ended began, in milliseconds since 1970; null for none. */
  readonly oldestOpenRunMs: number | null;
}

/**
 * Reads them, each by one query that an index answers: with 100,000 attempts the dearest takes 12 ms.
 * Refunds are those since a time, as all there ever were would take ten times that.
 */
export async function readFigures(database: Database, refundsSinceMs: number): Promise<Figures> {
  const [holds, accounts, oldest, runs, attempts, refunds] = await Promise.all([
    openHolds.execute(database),
    houseAndHeld(database),
    database
      .selectFrom("run")
      .select(({ fn }) => fn.min("started_at").as("atMs"))
      .where("state", "=", "running")
      .executeTakeFirst(),
    countByState(database, "run"),
    countByState(database, "attempt"),
    refundsByReason(refundsSinceMs).execute(database),
  ]);
  return {
    runs,
    attempts,
    openHolds: Number(holds.rows[0]?.count ?? 0),
    heldMicroDollars: Number(holds.rows[0]?.micro_dollars ?? 0),
    ...accounts,
    refunds: toRecord(refunds.rows),
    oldestOpenRunMs: oldest?.atMs ?? null,
  };
}

interface Counted {
  readonly state: string;
  readonly count: number | string;
}

/** The holds of runs that have not ended; no others are open (check-ledger.ts). */
const openHolds = sql<{ count: number | string; micro_dollars: number | string }>`
  SELECT count(*) AS count, coalesce(sum(held.micro_dollars), 0) AS micro_dollars FROM run
  JOIN transfer AS held ON held.run = run.id AND held.team = run.team AND held.kind = 'hold'
  LEFT JOIN transfer AS ending ON ending.hold = held.id
  WHERE run.state = 'running' AND ending.id IS NULL`;

const refundsByReason = (
  sinceMs: number,
) => sql<Counted>`SELECT coalesce(attempt.state, 'not-called') AS state,
    count(*) AS count
  FROM transfer AS given
  LEFT JOIN attempt ON attempt.run = given.run AND attempt.node = given.node
    AND attempt.call = given.call AND NOT EXISTS (SELECT 1 FROM attempt AS later
      WHERE later.run = given.run AND later.node = given.node AND later.call = given.call
        AND later.try_number > attempt.try_number)
  WHERE given.kind = 'void' AND given.created_at >= ${sinceMs}
  GROUP BY coalesce(attempt.state, 'not-called')`;

async function countByState(database: Database, table: "run" | "attempt") {
  const rows = await database
    .selectFrom(table)
    .select("state")
    .select((row) => row.fn.countAll<number | string>().as("count"))
    .groupBy("state")
    .execute();
  return toRecord(rows);
}

async function houseAndHeld(database: Database) {
  const accounts = await database
    .selectFrom("account")
    .select(["name", "credits"])
    .where((row) => row.or([row("name", "=", houseAccounts.loss), row("name", "like", "held:%")]))
    .execute();
  const isLoss = ({ name }: { readonly name: string }) => name === houseAccounts.loss;
  const sumOf = (rows: readonly { readonly credits: number }[]) =>
    rows.reduce((sum, { credits }) => sum + credits, 0);
  return {
    houseLossCredits: sumOf(accounts.filter(isLoss)),
    heldCredits: sumOf(accounts.filter((account) => !isLoss(account))),
  };
}

function toRecord(rows: readonly Counted[]): Record<string, number> {
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
}
