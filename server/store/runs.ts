import type * as z from "zod";
import { noCost } from "#domain/cost";
import { graphSchema, type Graph } from "#domain/graph";
import { callsOf, type Plan } from "#domain/plan";
import { runTargetSchema, type RunTarget } from "#domain/run-target";
import type { RunEvent, runEndSchema } from "#domain/run-event";
import { sql, type Insertable, type Selectable } from "kysely";
import { hashesIn, referToAssets, releaseAssets } from "./asset-references.ts";
import type { Database, Transaction } from "./database.ts";
import { running } from "./hosted-runs.ts";
import { prepare } from "./prepare.ts";
import { insertEvents } from "./run-events.ts";
import { readListing, type RunListing } from "./run-listings.ts";
import type { Schema } from "./schema.ts";

/** A run with what it was started with; its request never changes. */
export interface RunRow extends RunListing {
  readonly graph: Graph;
  readonly target: RunTarget;
  readonly isAgain: boolean;
  /** Which panel pressed Run; null where it did not say. */
  readonly session: string | null;
  /** Whether it is worked on; otherwise it waits for earlier runs of the same member. */
  readonly isHosted: boolean;
}

/** What a run is made of. */
export interface NewRunRow {
  readonly id: string;
  readonly key: string;
  readonly keyHash: string;
  readonly member: string;
  readonly file: string;
  readonly graph: Graph;
  readonly target: RunTarget;
  readonly isAgain: boolean;
  readonly plan: Plan;
  readonly quote: string;
  readonly session: string | null;
  /** Whether it is worked on at once. */
  readonly isHosted: boolean;
  readonly nowMs: number;
}

const insertRun = prepare((database, row: Insertable<Schema["run"]>) =>
  database.insertInto("run").values(row).compile(),
);

/**
 * Keeps a new run with what is told of it first, and the assets of its graph until it ends. Throws NotUnique
 * when its key is taken; look with {@link findRunByKey} first.
 */
export async function createRun(
  transaction: Transaction,
  team: string,
  run: NewRunRow,
  events: readonly RunEvent[] = [],
): Promise<RunRow> {
  const { key, keyHash, quote, nowMs, ...kept } = run;
  const { id, member, file, session, isHosted } = kept;
  const begun = { state: "running", ...noCost } as const;
  await insertRun(transaction, {
    ...{ id, team, key, member, file, quote, session, state: begun.state },
    ...{ credits: begun.credits, micro_dollars: begun.microDollars },
    key_hash: keyHash,
    graph: JSON.stringify(run.graph),
    target: JSON.stringify(run.target),
    is_again: run.isAgain ? 1 : 0,
    plan: JSON.stringify(run.plan),
    is_cancel_requested: 0,
    last_event: events.length,
    started_at: nowMs,
    ended_at: null,
    calls: callsOf(run.plan),
    is_hosted: isHosted ? 1 : 0,
  });
  await insertEvents(transaction, team, id, { after: 0, events, nowMs });
  await referToAssets(transaction, team, { kind: "run", id }, hashesIn(run.graph));
  const told = { lastEvent: events.length, startedAtMs: nowMs, endedAtMs: null };
  return { ...kept, ...begun, ...told, isCancelRequested: false, team };
}

const runByKey = prepare((database, { team, key }: { team: string; key: string }) =>
  database
    .selectFrom("run")
    .select(["id", "key_hash"])
    .where("team", "=", team)
    .where("key", "=", key)
    .compile(),
);

/** The run that a key started, with the identity of what was asked, or null. */
export async function findRunByKey(
  database: Database,
  team: string,
  key: string,
): Promise<{ readonly id: string; readonly keyHash: string } | null> {
  const { rows } = await runByKey(database, { team, key });
  const [row] = rows;
  return row ? { id: row.id, keyHash: row.key_hash } : null;
}

const openRunByHash = prepare((database, { team, keyHash }: { team: string; keyHash: string }) =>
  database
    .selectFrom("run")
    .select("id")
    .where("team", "=", team)
    .where("key_hash", "=", keyHash)
    .where("state", "=", running)
    .where("is_cancel_requested", "=", sql.lit(0))
    .compile(),
);

/** The run in progress that was asked for the same thing, or null: two presses share one run. */
export async function findOpenRun(
  database: Database,
  team: string,
  keyHash: string,
): Promise<string | null> {
  const { rows } = await openRunByHash(database, { team, keyHash });
  return rows[0]?.id ?? null;
}

const runById = prepare((database, { team, id }: { team: string; id: string }) =>
  database.selectFrom("run").selectAll().where("team", "=", team).where("id", "=", id).compile(),
);

/** A run of this team, or null. */
export async function getRun(database: Database, team: string, id: string): Promise<RunRow | null> {
  const { rows } = await runById(database, { team, id });
  const [row] = rows;
  return row ? readRow(row) : null;
}

/** Notes the wish to stop. False when the run has ended or was asked before. */
export async function requestCancel(
  transaction: Transaction,
  team: string,
  id: string,
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable("run")
    .set({ is_cancel_requested: 1 })
    .where("team", "=", team)
    .where("id", "=", id)
    .where("state", "=", running)
    .where("is_cancel_requested", "=", 0)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

const cancelOfRun = prepare((database, { team, id }: { team: string; id: string }) =>
  database
    .selectFrom("run")
    .select("is_cancel_requested")
    .where("team", "=", team)
    .where("id", "=", id)
    .compile(),
);

/** Whether somebody asked to stop the run. */
export async function isCancelRequested(
  database: Database,
  team: string,
  id: string,
): Promise<boolean> {
  const { rows } = await cancelOfRun(database, { team, id });
  return rows[0]?.is_cancel_requested === 1;
}

type Ended = Pick<Schema["run"], "state" | "credits" | "micro_dollars" | "ended_at">;

const endRunningRun = prepare(
  (database, { team, id, ended }: { team: string; id: string; ended: Ended }) =>
    database
      .updateTable("run")
      .set(ended)
      .where("team", "=", team)
      .where("id", "=", id)
      .where("state", "=", running)
      .compile(),
);

/** Ends a run. False when it has ended before. */
export async function endRun(
  transaction: Transaction,
  team: string,
  id: string,
  values: {
    readonly state: z.infer<typeof runEndSchema>;
    readonly credits: number;
    readonly microDollars?: number;
    readonly nowMs: number;
  },
): Promise<boolean> {
  const { state, credits, microDollars = 0, nowMs } = values;
  const ended = { state, credits, micro_dollars: microDollars, ended_at: nowMs };
  const { numAffectedRows } = await endRunningRun(transaction, { team, id, ended });
  if (numAffectedRows !== 1n) return false;
  await releaseAssets(transaction, team, { kind: "run", id });
  return true;
}

function readRow(row: Selectable<Schema["run"]>): RunRow {
  return {
    ...readListing(row),
    graph: graphSchema.parse(JSON.parse(row.graph)),
    target: runTargetSchema.parse(JSON.parse(row.target)),
    isAgain: row.is_again === 1,
    session: row.session,
    isHosted: row.is_hosted === 1,
  };
}
