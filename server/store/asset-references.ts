import type { Database, Transaction } from "./database.ts";
import { prepare } from "./prepare.ts";

/** What needs an asset: a kept result, a run until its end, or the links that a team gave out. */
export interface AssetOwner {
  readonly kind: "version" | "run" | "share";
  readonly id: string;
}

/** The hashes of all assets that are named anywhere in a value that is kept as JSON. */
export function hashesIn(...values: readonly unknown[]): string[] {
  const found = JSON.stringify(values).matchAll(/"hash":"([0-9a-f]{64})"/g);
  return [...new Set([...found].map(([, hash]) => hash ?? ""))].sort();
}

/**
 * Notes that something needs these assets of the team: from this commit on they are not swept. Answers
 * those that the team does not have; of them nothing is noted.
 */
export async function referToAssets(
  transaction: Transaction,
  team: string,
  owner: AssetOwner,
  hashes: readonly string[],
): Promise<string[]> {
  const missing = await reviveAssets(transaction, team, hashes);
  const there = hashes.filter((hash) => !missing.includes(hash));
  if (there.length === 0) return missing;
  await transaction
    .insertInto("asset_reference")
    .columns(["team", "hash", "kind", "owner"])
    .expression((expression) =>
      expression
        .selectFrom("asset")
        .select((row) => [
          "team",
          "hash",
          row.val(owner.kind).as("kind"),
          row.val(owner.id).as("o"),
        ])
        .where("team", "=", team)
        .where("hash", "in", there),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return missing;
}

const deleteReferences = prepare(
  (database, { team, kind, id }: { team: string; kind: string; id: string }) =>
    database
      .deleteFrom("asset_reference")
      .where("team", "=", team)
      .where("kind", "=", kind)
      .where("owner", "=", id)
      .returning("hash")
      .compile(),
);

/** Notes that something needs its assets no more; what nothing else needs is kept for its time from now. */
export async function releaseAssets(
  transaction: Transaction,
  team: string,
  { kind, id }: AssetOwner,
): Promise<void> {
  const { rows } = await deleteReferences(transaction, { team, kind, id });
  await unmark(
    transaction,
    team,
    rows.map((row) => row.hash),
  );
}

/**
 * Somebody is about to use these assets of the team: they are kept for their whole time from now. Answers
 * those that the team does not have.
 */
export async function reviveAssets(
  database: Database | Transaction,
  team: string,
  hashes: readonly string[],
): Promise<string[]> {
  if (hashes.length === 0) return [];
  const look = () =>
    database
      .selectFrom("asset")
      .select(["hash", "unused_since"])
      .where("team", "=", team)
      .where("hash", "in", [...hashes])
      .execute();
  let rows = await look();
  const marked = rows.filter((row) => row.unused_since !== null).map((row) => row.hash);
  if (marked.length > 0) {
    await unmark(database, team, marked);
    // A sweep may have been quicker: what counts is what is there after our mark.
    rows = await look();
  }
  const known = new Set(rows.map((row) => row.hash));
  return hashes.filter((hash) => !known.has(hash));
}

async function unmark(
  database: Database | Transaction,
  team: string,
  hashes: readonly string[],
): Promise<void> {
  if (hashes.length === 0) return;
  await database
    .updateTable("asset")
    .set({ unused_since: null })
    .where("team", "=", team)
    .where("hash", "in", [...hashes])
    .where("unused_since", "is not", null)
    .execute();
}
