import { sql } from "kysely";
import type { Transaction } from "./database.ts";
import { countPaid } from "./paid-in-month.ts";
import { prepare } from "./prepare.ts";
import type { Hold } from "./read-ledger.ts";
import { NotUnique } from "./store-error.ts";
import {
  accountOf,
  addTo,
  checkCredits,
  houseAccounts,
  insertTransfers,
  record,
  takeFrom,
  type Entries,
  type TransferValues,
} from "./transfers.ts";

/** What a call costs on the team's own account, which is written down beside the ledger; nothing unless said. */
interface Beside {
  readonly microDollars?: number;
}

/** The database refused it: this hold has been posted or given back before; nothing was written. */
export class HoldEnded extends Error {
  override readonly name = "HoldEnded";

  constructor(hold: string, cause: unknown) {
    super(`The hold ${hold} has ended before.`, { cause });
  }
}

/**
 * Gives a team credits; the journal keeps the reason, in words. The same id gives once; the same id
 * with other credits throws.
 */
export async function grant(
  transaction: Transaction,
  team: string,
  values: {
    readonly id: string;
    readonly credits: number;
    readonly reason?: string;
    readonly nowMs: number;
  },
): Promise<void> {
  const known = await transaction
    .selectFrom("transfer")
    .select(["kind", "credits"])
    .where("id", "=", values.id)
    .where("team", "=", team)
    .executeTakeFirst();
  if (known?.kind === "grant" && known.credits === values.credits) return;
  if (known) throw new Error(`${values.id} already stands for another transfer.`);
  await record(transaction, team, { ...values, kind: "grant" }, [
    [houseAccounts.granted, -values.credits],
    [accountOf("available", team), values.credits],
  ]);
}

/** A hold that is about to be made. */
export type NewHold = Omit<Hold, "microDollars"> &
  Beside & {
    readonly run: string;
    readonly node: string;
    readonly nowMs: number;
  };

/** Reserves credits for a call. False, and nothing written, when the team has fewer. */
export function hold(transaction: Transaction, team: string, values: NewHold): Promise<boolean> {
  return holdAll(transaction, team, [values]);
}

/** Reserves credits for calls, all or none: false, and nothing written, when the team has fewer. */
export async function holdAll(
  transaction: Transaction,
  team: string,
  holds: readonly NewHold[],
): Promise<boolean> {
  for (const { credits } of holds) checkCredits(credits);
  const sum = holds.reduce((before, { credits }) => before + credits, 0);
  const available = accountOf("available", team);
  const held = accountOf("held", team);
  if (!(await takeFrom(transaction, available, sum))) return false;
  await insertTransfers(
    transaction,
    team,
    holds.map((values) => ({
      values: { ...values, kind: "hold" },
      entries: [
        [available, -values.credits],
        [held, values.credits],
      ],
    })),
  );
  await addTo(transaction, held, sum);
  return true;
}

/**
 * Ends a hold by paying at most what it holds; the rest goes back. `overrun` is what the provider
 * billed above the hold: the house pays it. Throws HoldEnded when the hold has ended before.
 */
export async function post(
  transaction: Transaction,
  team: string,
  values: Beside & {
    readonly hold: string;
    readonly credits: number;
    readonly overrun: number;
    readonly nowMs: number;
  },
): Promise<void> {
  const held = await findHold(transaction, team, values.hold);
  if (values.credits > held.credits) throw new Error("A post cannot be larger than its hold.");
  await endHold(transaction, team, held, { ...values, kind: "post" }, [
    [accountOf("held", team), -held.credits],
    [accountOf("spent", team), values.credits],
    [accountOf("available", team), held.credits - values.credits],
    ...houseEntries(values.overrun),
  ]);
  await countPaid(transaction, team, { ...values, run: held.run });
}

/**
 * Ends a hold by giving everything back. `houseLoss` is what a provider may have billed although the
 * user pays nothing. Throws HoldEnded when the hold has ended before.
 */
export async function voidHold(
  transaction: Transaction,
  team: string,
  values: Beside & { readonly hold: string; readonly houseLoss: number; readonly nowMs: number },
): Promise<void> {
  const held = await findHold(transaction, team, values.hold);
  await endHold(transaction, team, held, { ...values, credits: 0, kind: "void" }, [
    [accountOf("held", team), -held.credits],
    [accountOf("available", team), held.credits],
    ...houseEntries(values.houseLoss),
  ]);
  await countPaid(transaction, team, { ...values, credits: 0, run: held.run });
}

function houseEntries(credits: number): Entries {
  checkCredits(credits);
  return [
    [houseAccounts.loss, credits],
    [houseAccounts.providers, -credits],
  ];
}

const holdById = prepare((database, { team, id }: { team: string; id: string }) =>
  database
    .selectFrom("transfer")
    .select(["run", "node", "call", "credits"])
    .where("id", "=", id)
    .where("team", "=", team)
    .where("kind", "=", sql.lit("hold"))
    .compile(),
);

async function findHold(transaction: Transaction, team: string, id: string) {
  const { rows } = await holdById(transaction, { team, id });
  const [held] = rows;
  if (!held) throw new Error(`There is no hold ${id}.`);
  return held;
}

/** The end has the hold's own id in it, and the database lets a hold have one. */
async function endHold(
  transaction: Transaction,
  team: string,
  held: { readonly run: string | null; readonly node: string | null; readonly call: number | null },
  values: Omit<TransferValues, "id"> & { readonly hold: string },
  entries: Entries,
): Promise<void> {
  const { run, node, call } = held;
  const id = `${values.hold}-end`;
  try {
    await record(transaction, team, { ...values, id, run, node, call }, entries);
  } catch (error) {
    throw error instanceof NotUnique ? new HoldEnded(values.hold, error) : error;
  }
}
