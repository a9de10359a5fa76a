import * as z from "zod";
import type { Selectable } from "kysely";
import { failureSchema, type Failure } from "#domain/failure";
import { itemSchema, type Item } from "#domain/item";
import { hashesIn, referToAssets } from "./asset-references.ts";
import type { Database, Transaction } from "./database.ts";
import type { Schema } from "./schema.ts";

/**
 * Where an attempt may go from each state (reliability.md 3.1). What stands here is all there is:
 * a move that is not listed is refused.
 */
export const attemptMoves = {
  reserved: ["submitting", "cancelled"],
  submitting: ["submitted", "stored", "failed", "cancelled", "unknown"],
  submitted: ["stored", "failed", "cancelled", "unknown"],
  stored: ["settled"],
  settled: [],
  failed: [],
  cancelled: [],
  unknown: [],
} as const satisfies Record<string, readonly string[]>;

/** Where an attempt is. */
export type AttemptState = keyof typeof attemptMoves;

const stateSchema = z.enum(Object.keys(attemptMoves) as [AttemptState, ...AttemptState[]]);
const recoverySchema = z.enum(["A", "B", "C", "D"]);

/** One paid try of one call of a node. */
export interface Attempt {
  readonly id: string;
  readonly team: string;
  readonly run: string;
  readonly node: string;
  readonly call: number;
  readonly tryNumber: number;
  readonly provider: string;
  readonly model: string;
  readonly recovery: z.infer<typeof recoverySchema>;
  readonly reference: string;
  readonly requestHash: string;
  /** The version of the provider's key that it began with; null before its intent and without a key. */
  readonly keyVersion: string | null;
  readonly state: AttemptState;
  readonly handle: string | null;
  readonly seed: number;
  readonly deadlineAtMs: number;
  readonly items: readonly Item[] | null;
  readonly notes: readonly string[];
  readonly billedCredits: number | null;
  readonly failure: Failure | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** What a new attempt is made of. */
export type NewAttempt = Pick<
  Attempt,
  | "id"
  | "run"
  | "node"
  | "call"
  | "tryNumber"
  | "provider"
  | "model"
  | "recovery"
  | "reference"
  | "requestHash"
  | "seed"
  | "deadlineAtMs"
> & {
  /** "submitting" where the intent is part of the same commit. */
  readonly state?: "reserved" | "submitting";
  readonly keyVersion?: string | null;
  readonly nowMs: number;
};

/** What a move may write down. */
export type AttemptChanges = Partial<
  Pick<
    Attempt,
    "deadlineAtMs" | "keyVersion" | "handle" | "items" | "notes" | "billedCredits" | "failure"
  >
>;

/** Keeps a new attempt, reserved unless told. Throws NotUnique when this try of the call is there already. */
export async function insertAttempt(
  transaction: Transaction,
  team: string,
  attempt: NewAttempt,
): Promise<Attempt> {
  const row = await transaction
    .insertInto("attempt")
    .values({
      id: attempt.id,
      team,
      run: attempt.run,
      node: attempt.node,
      call: attempt.call,
      try_number: attempt.tryNumber,
      provider: attempt.provider,
      model: attempt.model,
      recovery: attempt.recovery,
      reference: attempt.reference,
      request_hash: attempt.requestHash,
      key_version: attempt.keyVersion ?? null,
      state: attempt.state ?? "reserved",
      handle: null,
      seed: attempt.seed,
      deadline_at: attempt.deadlineAtMs,
      items: null,
      notes: "[]",
      billed_credits: null,
      failure: null,
      created_at: attempt.nowMs,
      updated_at: attempt.nowMs,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return readRow(row);
}

/**
 * Moves an attempt on if it still is where the caller saw it (or in one of those states); answers it
 * as it is now, or null when somebody else moved it; what it made is kept until its run ends. Throws for a move that there is not.
 */
export async function moveAttempt(
  transaction: Transaction,
  team: string,
  id: string,
  move: {
    readonly from: AttemptState | readonly AttemptState[];
    readonly to: AttemptState;
    readonly changes: AttemptChanges;
    readonly nowMs: number;
  },
): Promise<Attempt | null> {
  const from = typeof move.from === "string" ? [move.from] : move.from;
  for (const state of from) {
    const allowed: readonly string[] = attemptMoves[state];
    if (!allowed.includes(move.to)) {
      throw new Error(`An attempt does not go from ${state} to ${move.to}.`);
    }
  }
  const { deadlineAtMs, keyVersion, handle, items, notes, billedCredits, failure } = move.changes;
  const row = await transaction
    .updateTable("attempt")
    .set({
      state: move.to,
      updated_at: move.nowMs,
      ...(deadlineAtMs !== undefined && { deadline_at: deadlineAtMs }),
      ...(keyVersion !== undefined && { key_version: keyVersion }),
      ...(handle !== undefined && { handle }),
      ...(items !== undefined && { items: items === null ? null : JSON.stringify(items) }),
      ...(notes !== undefined && { notes: JSON.stringify(notes) }),
      ...(billedCredits !== undefined && { billed_credits: billedCredits }),
      ...(failure !== undefined && { failure: failure === null ? null : JSON.stringify(failure) }),
    })
    .where("team", "=", team)
    .where("id", "=", id)
    .where("state", "in", from)
    .returningAll()
    .executeTakeFirst();
  if (row && items) {
    await referToAssets(transaction, team, { kind: "run", id: row.run }, hashesIn(items));
  }
  return row ? readRow(row) : null;
}

/** Every attempt of a node in a run, oldest first. */
export async function attemptsOf(
  database: Database,
  team: string,
  run: string,
  node: string,
): Promise<Attempt[]> {
  const rows = await database
    .selectFrom("attempt")
    .selectAll()
    .where("team", "=", team)
    .where("run", "=", run)
    .where("node", "=", node)
    .orderBy("call")
    .orderBy("try_number")
    .execute();
  return rows.map(readRow);
}

/** An attempt of this team, or null. */
export async function attemptById(
  database: Database,
  team: string,
  id: string,
): Promise<Attempt | null> {
  const row = await database
    .selectFrom("attempt")
    .selectAll()
    .where("team", "=", team)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ? readRow(row) : null;
}

/** The attempt that a provider was told under a reference of ours, of whatever team, or null. */
export async function attemptByReference(
  database: Database,
  provider: string,
  reference: string,
): Promise<Attempt | null> {
  const row = await database
    .selectFrom("attempt")
    .selectAll()
    .where("reference", "=", reference)
    .where("provider", "=", provider)
    .executeTakeFirst();
  return row ? readRow(row) : null;
}

/** Every attempt that has not come to an end, of all teams, oldest first. */
export async function openAttempts(database: Database): Promise<Attempt[]> {
  const states = stateSchema.options.filter((state) => attemptMoves[state].length > 0);
  const rows = await database
    .selectFrom("attempt")
    .selectAll()
    .where("state", "in", states)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows.map(readRow);
}

function readRow(row: Selectable<Schema["attempt"]>): Attempt {
  return {
    id: row.id,
    team: row.team,
    run: row.run,
    node: row.node,
    call: row.call,
    tryNumber: row.try_number,
    provider: row.provider,
    model: row.model,
    recovery: recoverySchema.parse(row.recovery),
    reference: row.reference,
    requestHash: row.request_hash,
    keyVersion: row.key_version,
    state: stateSchema.parse(row.state),
    handle: row.handle,
    seed: row.seed,
    deadlineAtMs: row.deadline_at,
    items: row.items === null ? null : z.array(itemSchema).parse(JSON.parse(row.items)),
    notes: z.array(z.string()).parse(JSON.parse(row.notes)),
    billedCredits: row.billed_credits,
    failure: row.failure === null ? null : failureSchema.parse(JSON.parse(row.failure)),
    createdAtMs: row.created_at,
    updatedAtMs: row.updated_at,
  };
}
