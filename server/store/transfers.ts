import { sql } from "kysely";
import type { Transaction } from "./database.ts";

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
  await insertTransfer(transaction, team, values, entries);
  // Always in the same order: two transfers at once then wait for each other and never in a circle.
  const inOrder = [...entries].sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [account, credits] of inOrder) await addTo(transaction, account, credits);
}

/** Writes a transfer and its entries down, without touching a balance. */
export async function insertTransfer(
  transaction: Transaction,
  team: string,
  values: TransferValues,
  entries: Entries,
): Promise<void> {
  checkCredits(values.credits);
  checkCredits(values.microDollars ?? 0);
  await transaction
    .insertInto("transfer")
    .values({
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
    })
    .execute();
  const rows = entries
    .filter(([, credits]) => credits !== 0)
    .map(([account, credits]) => ({ transfer: values.id, account, credits }));
  if (rows.length > 0) await transaction.insertInto("entry").values(rows).execute();
}

/** Takes credits from an account in one conditional write; false, and nothing done, if it has fewer. */
export async function takeFrom(
  transaction: Transaction,
  account: string,
  credits: number,
): Promise<boolean> {
  if (credits === 0) return true;
  const { numUpdatedRows } = await transaction
    .updateTable("account")
    .set({ credits: sql<number>`credits - ${credits}` })
    .where("name", "=", account)
    .where("credits", ">=", credits)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

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
  const { numUpdatedRows } = await transaction
    .updateTable("account")
    .set({ credits: sql<number>`credits + ${credits}` })
    .where("name", "=", account)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return;
  await transaction.insertInto("account").values({ name: account, credits }).execute();
}

/** Throws for anything but a whole number of credits (or micro-dollars) from 0 on. */
export function checkCredits(credits: number): void {
  if (Number.isSafeInteger(credits) && credits >= 0) return;
  throw new Error(`Credits and micro-dollars are whole and not below zero, not ${credits}.`);
}
