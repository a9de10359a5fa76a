import { sql, type Insertable } from "kysely";
import type { Transaction } from "./database.ts";
import { prepare } from "./prepare.ts";
import { inParts } from "./row-parts.ts";
import type { Schema } from "./schema.ts";

/** The accounts of the house; the only ones that may be below zero. */
export const houseAccounts = {
  /** Where granted credits come from. */
  granted: "house:granted",
  /** What the house paid a provider beyond what the user pays. */
  loss: "house:loss",
  /** What the house owes providers for such calls. */
  providers: "house:providers",
} as const;

/** The accounts that every team has. */
export type TeamAccount = "available" | "held" | "spent";

/** The name of a team's account. */
export function accountOf(kind: TeamAccount, team: string): string {
  return `${kind}:${team}`;
}

/** What a transfer moves: credits to (or, below zero, from) accounts, together zero. */
export type Entries = readonly (readonly [account: string, credits: number])[];

/** A line of the journal. `hold` is the hold that a post or void ends. */
export interface TransferValues {
  readonly id: string;
  readonly kind: "grant" | "hold" | "post" | "void";
  readonly hold?: string;
  readonly run?: string | null;
  readonly node?: string | null;
  readonly call?: number | null;
  readonly reason?: string;
  readonly credits: number;
  /** What the call costs on the team's own account, beside the ledger; nothing unless said. */
  readonly microDollars?: number;
  readonly nowMs: number;
}

/** Writes a transfer down and moves the balances by its entries. Throws NotUnique for a known id. */
export async function record(
  transaction: Transaction,
  team: string,
  values: TransferValues,
  entries: Entries,
): Promise<void> {
  await insertTransfers(transaction, team, [{ values, entries }]);
  // Always in the same order: two transfers at once then wait for each other and never in a circle.
  const inOrder = [...entries].sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [account, credits] of inOrder) await addTo(transaction, account, credits);
}

/** A transfer and what it moves. */
export interface Transfer {
  readonly values: TransferValues;
  readonly entries: Entries;
}

const insertTransferRows = prepare(
  (database, { rows }: { rows: readonly Insertable<Schema["transfer"]>[] }) =>
    database.insertInto("transfer").values(rows).compile(),
);

const insertEntryRows = prepare(
  (database, { rows }: { rows: readonly Insertable<Schema["entry"]>[] }) =>
    database.insertInto("entry").values(rows).compile(),
);

/** Writes transfers and their entries down, without touching a balance. */
export async function insertTransfers(
  transaction: Transaction,
  team: string,
  transfers: readonly Transfer[],
): Promise<void> {
  for (const { values } of transfers) {
    checkCredits(values.credits);
    checkCredits(values.microDollars ?? 0);
  }
  for (const some of inParts(transfers.map(({ values }) => rowOf(team, values)))) {
    await insertTransferRows(transaction, { rows: some });
  }
  const entries = transfers.flatMap(({ values, entries: moved }) =>
    moved
      .filter(([, credits]) => credits !== 0)
      .map(([account, credits]) => ({ transfer: values.id, account, credits })),
  );
  for (const some of inParts(entries)) {
    await insertEntryRows(transaction, { rows: some });
  }
}

function rowOf(team: string, values: TransferValues) {
  return {
    id: values.id,
    team,
    kind: values.kind,
    hold: values.hold ?? null,
    run: values.run ?? null,
    node: values.node ?? null,
    call: values.call ?? null,
    reason: values.reason ?? null,
    credits: values.credits,
    micro_dollars: values.microDollars ?? 0,
    created_at: values.nowMs,
  };
}

const takeCredits = prepare(
  (database, { account, credits }: { account: string; credits: number }) =>
    database
      .updateTable("account")
      .set({ credits: sql<number>`credits - ${credits}` })
      .where("name", "=", account)
      .where("credits", ">=", credits)
      .compile(),
);

/** Takes credits from an account in one conditional write; false, and nothing done, if it has fewer. */
export async function takeFrom(
  transaction: Transaction,
  account: string,
  credits: number,
): Promise<boolean> {
  if (credits === 0) return true;
  const { numAffectedRows = 0n } = await takeCredits(transaction, { account, credits });
  return numAffectedRows > 0n;
}

const addCredits = prepare((database, { account, credits }: { account: string; credits: number }) =>
  database
    .updateTable("account")
    .set({ credits: sql<number>`credits + ${credits}` })
    .where("name", "=", account)
    .compile(),
);

/**
 * Adds to a balance. Updated first: a CHECK looks at the row of an insert even where a conflict would
 * turn it away.
 */
export async function addTo(
  transaction: Transaction,
  account: string,
  credits: number,
): Promise<void> {
  if (credits === 0) return;
  const { numAffectedRows = 0n } = await addCredits(transaction, { account, credits });
  if (numAffectedRows > 0n) return;
  await transaction.insertInto("account").values({ name: account, credits }).execute();
}

/** Throws for anything but a whole number of credits (or micro-dollars) from 0 on. */
export function checkCredits(credits: number): void {
  if (Number.isSafeInteger(credits) && credits >= 0) return;
  throw new Error(`Credits and micro-dollars are whole and not below zero, not ${credits}.`);
}
