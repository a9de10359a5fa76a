import type { Database, Transaction } from "./database.ts";
import { prepare } from "./prepare.ts";

/** A provider key as it is kept: sealed, with what may be shown of it. */
export interface SealedKey {
  readonly provider: string;
  readonly version: number;
  readonly sealed: string;
  readonly lastFour: string;
  readonly setAtMs: number;
}

/** A sealed key with its team, for what serves the relay as a whole. */
export interface TeamKey {
  readonly team: string;
  readonly provider: string;
  readonly version: number;
  readonly sealed: string;
}

const keysInUse = prepare((database, { team }: { team: string }) =>
  database
    .selectFrom("provider_key")
    .selectAll()
    .where("team", "=", team)
    .where("ended_at", "is", null)
    .orderBy("provider")
    .compile(),
);

/** The keys of a team that are in use, by provider. */
export async function listKeys(database: Database, team: string): Promise<SealedKey[]> {
  const { rows } = await keysInUse(database, { team });
  return rows.flatMap(toKey);
}

/**
 * One version of a team's key, also one that was followed by another; null stands for the newest.
 * Answers null for what was removed or never was.
 */
export async function findKey(
  database: Database,
  team: string,
  provider: string,
  version: number | null,
): Promise<SealedKey | null> {
  const ofProvider = database
    .selectFrom("provider_key")
    .selectAll()
    .where("team", "=", team)
    .where("provider", "=", provider);
  const row = await (
    version === null
      ? ofProvider.where("ended_at", "is", null)
      : ofProvider.where("version", "=", version)
  ).executeTakeFirst();
  return (row && toKey(row)[0]) ?? null;
}

/** The version that the next key of a provider gets: never one that was given before. */
export async function nextKeyVersion(
  transaction: Transaction,
  team: string,
  provider: string,
): Promise<number> {
  const row = await transaction
    .selectFrom("provider_key")
    .select((select) => select.fn.max<number | null>("version").as("newest"))
    .where("team", "=", team)
    .where("provider", "=", provider)
    .executeTakeFirst();
  return (row?.newest ?? 0) + 1;
}

/** Puts a key in the place of the one before, which stays readable for attempts that began with it. */
export async function saveKey(
  transaction: Transaction,
  team: string,
  key: SealedKey,
): Promise<void> {
  const { provider, version, sealed, lastFour, setAtMs } = key;
  await transaction
    .updateTable("provider_key")
    .set({ ended_at: setAtMs })
    .where("team", "=", team)
    .where("provider", "=", provider)
    .where("ended_at", "is", null)
    .execute();
  await transaction
    .insertInto("provider_key")
    .values({
      team,
      provider,
      version,
      sealed,
      last_four: lastFour,
      set_at: setAtMs,
      ended_at: null,
    })
    .execute();
}

/** Takes every version of a key away. False when the team has none in use. */
export async function removeKey(
  transaction: Transaction,
  team: string,
  provider: string,
  nowMs: number,
): Promise<boolean> {
  const ofProvider = (row: "sealed" | "ended_at") =>
    transaction
      .updateTable("provider_key")
      .set(row === "sealed" ? { sealed: null, last_four: "" } : { ended_at: nowMs })
      .where("team", "=", team)
      .where("provider", "=", provider);
  await ofProvider("sealed").execute();
  const { numUpdatedRows } = await ofProvider("ended_at")
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Lets go of keys that were followed by another before `beforeMs`: no attempt is open that long. */
export async function forgetFollowedKeys(
  transaction: Transaction,
  beforeMs: number,
): Promise<void> {
  await transaction
    .updateTable("provider_key")
    .set({ sealed: null, last_four: "" })
    .where("ended_at", "<", beforeMs)
    .where("sealed", "is not", null)
    .execute();
}

/** The next sealed keys of all teams behind one, in a fixed order; for sealing them anew. */
export async function keysBehind(
  database: Database,
  after: TeamKey | null,
  most: number,
): Promise<TeamKey[]> {
  const { team, provider, version } = after ?? { team: "", provider: "", version: 0 };
  const rows = await database
    .selectFrom("provider_key")
    .select(["team", "provider", "version", "sealed"])
    .where("sealed", "is not", null)
    .where((row) =>
      row.or([
        row("team", ">", team),
        row.and([row("team", "=", team), row("provider", ">", provider)]),
        row.and([
          row("team", "=", team),
          row("provider", "=", provider),
          row("version", ">", version),
        ]),
      ]),
    )
    .orderBy("team")
    .orderBy("provider")
    .orderBy("version")
    .limit(most)
    .execute();
  return rows.flatMap((row) => (row.sealed === null ? [] : [{ ...row, sealed: row.sealed }]));
}

/** Puts the same secret, sealed anew, in its row; false when the row was changed meanwhile. */
export async function replaceSealed(
  transaction: Transaction,
  { team, provider, version, sealed }: TeamKey,
  next: string,
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable("provider_key")
    .set({ sealed: next })
    .where("team", "=", team)
    .where("provider", "=", provider)
    .where("version", "=", version)
    .where("sealed", "=", sealed)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function toKey(row: {
  readonly provider: string;
  readonly version: number;
  readonly sealed: string | null;
  readonly last_four: string;
  readonly set_at: number;
}): SealedKey[] {
  const { provider, version, sealed, last_four: lastFour, set_at: setAtMs } = row;
  return sealed === null ? [] : [{ provider, version, sealed, lastFour, setAtMs }];
}
