import * as z from "zod";
import type { Insertable, Selectable } from "kysely";
import { failureSchema, type Failure } from "#domain/failure";
import { itemSchema, type Item } from "#domain/item";
import { hashesIn, referToAssets } from "./asset-references.ts";
import { attemptMoves, type AttemptState } from "./attempt-moves.ts";
import type { Transaction } from "./database.ts";
import { prepare } from "./prepare.ts";
import type { Schema } from "./schema.ts";

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
  /** What the provider said that it took on the team's own account. */
  readonly billedMicroDollars: number | null;
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
    | "deadlineAtMs"
    | "keyVersion"
    | "handle"
    | "items"
    | "notes"
    | "billedCredits"
    | "billedMicroDollars"
    | "failure"
  >
>;

const insertRow = prepare((database, row: Insertable<Schema["attempt"]>) =>
  database.insertInto("attempt").values(row).compile(),
);

const moveRow = prepare(
  (
    database,
    {
      team,
      id,
      from,
      changed,
    }: { team: string; id: string; from: readonly string[]; changed: Partial<Schema["attempt"]> },
  ) =>
    database
      .updateTable("attempt")
      .set(changed)
      .where("team", "=", team)
      .where("id", "=", id)
      .where("state", "in", from)
      .returningAll()
      .compile(),
);

/** Keeps a new attempt, reserved unless told. Throws NotUnique when this try of the call is there already. */
export async function insertAttempt(
  transaction: Transaction,
  team: string,
  attempt: NewAttempt,
): Promise<Attempt> {
  const row = {
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
    billed_micro_dollars: null,
    failure: null,
    created_at: attempt.nowMs,
    updated_at: attempt.nowMs,
  };
  await insertRow(transaction, row);
  return readAttempt(row);
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
  const {
    deadlineAtMs,
    keyVersion,
    handle,
    items,
    notes,
    billedCredits,
    billedMicroDollars,
    failure,
  } = move.changes;
  const changed = {
    state: move.to,
    updated_at: move.nowMs,
    ...(deadlineAtMs !== undefined && { deadline_at: deadlineAtMs }),
    ...(keyVersion !== undefined && { key_version: keyVersion }),
    ...(handle !== undefined && { handle }),
    ...(items !== undefined && { items: items === null ? null : JSON.stringify(items) }),
    ...(notes !== undefined && { notes: JSON.stringify(notes) }),
    ...(billedCredits !== undefined && { billed_credits: billedCredits }),
    ...(billedMicroDollars !== undefined && { billed_micro_dollars: billedMicroDollars }),
    ...(failure !== undefined && { failure: failure === null ? null : JSON.stringify(failure) }),
  };
  const { rows } = await moveRow(transaction, { team, id, from, changed });
  const [row] = rows;
  if (row && items) {
    await referToAssets(transaction, team, { kind: "run", id: row.run }, hashesIn(items));
  }
  return row ? readAttempt(row) : null;
}

const settleRows = prepare(
  (database, { team, ids, nowMs }: { team: string; ids: readonly string[]; nowMs: number }) =>
    database
      .updateTable("attempt")
      .set({ state: "settled", updated_at: nowMs })
      .where("team", "=", team)
      .where("id", "in", ids)
      .where("state", "=", "stored")
      .compile(),
);

/** Moves attempts on whose results are kept, in the commit that pays for them. False unless all were there. */
export async function settleAttempts(
  transaction: Transaction,
  team: string,
  ids: readonly string[],
  nowMs: number,
): Promise<boolean> {
  const { numAffectedRows } = await settleRows(transaction, { team, ids, nowMs });
  return numAffectedRows === BigInt(ids.length);
}

/** A row of the table as an attempt. */
export function readAttempt(row: Selectable<Schema["attempt"]>): Attempt {
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
    billedMicroDollars: row.billed_micro_dollars,
    failure: row.failure === null ? null : failureSchema.parse(JSON.parse(row.failure)),
    createdAtMs: row.created_at,
    updatedAtMs: row.updated_at,
  };
}
