import { sql } from "kysely";
import type { Database, Transaction } from "./database.ts";

/** An asset of a team, and whether anything needs it. */
export interface AssetUse {
  readonly team: string;
  readonly hash: string;
  readonly bytes: number;
  readonly unusedSinceMs: number | null;
  readonly isNeeded: boolean;
}

/** Whether the asset of a row is needed: referred to itself, or made of one that is. */
const isNeeded = sql<boolean>`(EXISTS (SELECT 1 FROM asset_reference AS own
    WHERE own.team = asset.team AND own.hash = asset.hash)
  OR EXISTS (SELECT 1 FROM derived_asset AS made JOIN asset_reference AS source
      ON source.team = made.team AND source.hash = made.source
    WHERE made.team = asset.team AND made.hash = asset.hash))`;

/** Some assets of all teams in a fixed order, those after the given one. */
export async function assetUses(
  database: Database,
  after: Pick<AssetUse, "team" | "hash"> | null,
  limit: number,
): Promise<AssetUse[]> {
  const rows = await database
    .selectFrom("asset")
    .select(["team", "hash", "bytes", "unused_since"])
    .select(sql<number>`CASE WHEN ${isNeeded} THEN 1 ELSE 0 END`.as("is_needed"))
    .$if(after !== null, (query) =>
      query.where((each) =>
        each.or([
          each("team", ">", after?.team ?? ""),
          each.and([each("team", "=", after?.team ?? ""), each("hash", ">", after?.hash ?? "")]),
        ]),
      ),
    )
    .orderBy("team")
    .orderBy("hash")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    team: row.team,
    hash: row.hash,
    bytes: row.bytes,
    unusedSinceMs: row.unused_since,
    isNeeded: row.is_needed === 1,
  }));
}

/** Marks an asset as unused since a time, or takes its mark away; only if its mark is still as it was seen. */
export async function markAsset(
  database: Database,
  { team, hash, unusedSinceMs }: AssetUse,
  markMs: number | null,
): Promise<void> {
  await database
    .updateTable("asset")
    .set({ unused_since: markMs })
    .where("team", "=", team)
    .where("hash", "=", hash)
    .where("unused_since", unusedSinceMs === null ? "is" : "=", unusedSinceMs)
    .execute();
}

/**
 * Forgets an asset of a team if its mark is still as it was seen and nothing needs it now. Whoever refers to
 * it at the same time takes the mark away first, and is waited for.
 */
export async function forgetAsset(
  transaction: Transaction,
  { team, hash, unusedSinceMs }: AssetUse,
): Promise<boolean> {
  const { numDeletedRows } = await transaction
    .deleteFrom("asset")
    .where("team", "=", team)
    .where("hash", "=", hash)
    .where("unused_since", "=", unusedSinceMs)
    .where(sql<boolean>`NOT ${isNeeded}`)
    .executeTakeFirst();
  if (numDeletedRows === 0n) return false;
  await transaction
    .deleteFrom("derived_asset")
    .where("team", "=", team)
    .where("source", "=", hash)
    .execute();
  return true;
}

/**
 * Announces bytes before they are put into the asset store: for the grace that the sweep gives from now
 * they stay there. False while they are being taken out; then they must not be put yet.
 */
export async function announceBytes(
  transaction: Transaction,
  hash: string,
  nowMs: number,
): Promise<boolean> {
  const row = await transaction
    .insertInto("asset_bytes")
    .values({ hash, kept_at: nowMs, leaving_until: null })
    .onConflict((conflict) => conflict.column("hash").doUpdateSet({ kept_at: nowMs }))
    .returning("leaving_until")
    .executeTakeFirstOrThrow();
  if (row.leaving_until === null) return true;
  // Whoever took them out has been dead for longer than any request lives.
  if (row.leaving_until >= nowMs) return false;
  await setLeaving(transaction, hash, null);
  return true;
}

/**
 * Begins to take bytes out of the asset store: false when a team has them, when they were announced after
 * `beforeMs`, or when somebody else is at it. The row is locked first, so that nobody can announce them
 * between the look and the commit.
 */
export async function beginToTakeOut(
  transaction: Transaction,
  hash: string,
  values: { readonly beforeMs: number; readonly nowMs: number; readonly untilMs: number },
): Promise<boolean> {
  const row = await transaction
    .insertInto("asset_bytes")
    .values({ hash, kept_at: 0, leaving_until: null })
    .onConflict((conflict) =>
      conflict.column("hash").doUpdateSet((each) => ({ kept_at: each.ref("asset_bytes.kept_at") })),
    )
    .returning(["kept_at", "leaving_until"])
    .executeTakeFirstOrThrow();
  const isBusy = row.leaving_until !== null && row.leaving_until >= values.nowMs;
  if (isBusy || row.kept_at >= values.beforeMs) return false;
  if ((await hashesOfTeams(transaction, [hash])).has(hash)) return false;
  await setLeaving(transaction, hash, values.untilMs);
  return true;
}

/** The bytes are out: they may be put again. Only whoever began it until then ends it. */
export async function endTakingOut(
  database: Database,
  hash: string,
  untilMs: number,
): Promise<void> {
  await database
    .deleteFrom("asset_bytes")
    .where("hash", "=", hash)
    .where("leaving_until", "=", untilMs)
    .execute();
}

/** Those of the hashes that any team has. */
export async function hashesOfTeams(
  database: Database,
  hashes: readonly string[],
): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const rows = await database
    .selectFrom("asset")
    .select("hash")
    .where("hash", "in", [...hashes])
    .execute();
  return new Set(rows.map((row) => row.hash));
}

/** Some announced bytes that no team has and that were announced before a time. */
export async function bytesOfNobody(
  database: Database,
  values: { readonly beforeMs: number; readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await database
    .selectFrom("asset_bytes")
    .select("hash")
    .where("hash", ">", values.after)
    .where("kept_at", "<", values.beforeMs)
    .where(sql<boolean>`NOT EXISTS (SELECT 1 FROM asset WHERE asset.hash = asset_bytes.hash)`)
    .orderBy("hash")
    .limit(values.limit)
    .execute();
  return rows.map((row) => row.hash);
}

async function setLeaving(
  transaction: Transaction,
  hash: string,
  untilMs: number | null,
): Promise<void> {
  await transaction
    .updateTable("asset_bytes")
    .set({ leaving_until: untilMs })
    .where("hash", "=", hash)
    .execute();
}
