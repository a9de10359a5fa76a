import { assetSchema, type Asset } from "#domain/asset";
import type { Database, Transaction } from "./database.ts";

/**
 * Notes that a team has an asset; only then may the team see it. Twice is once, and keeps it for its whole
 * time from now. Its bytes were announced before (announceBytes) and are in the asset store.
 */
export async function saveAsset(
  transaction: Database | Transaction,
  team: string,
  asset: Asset,
  nowMs: number,
): Promise<void> {
  await transaction
    .insertInto("asset")
    .values({
      team,
      hash: asset.hash,
      media_type: asset.mediaType,
      bytes: asset.bytes,
      width_px: asset.widthPx,
      height_px: asset.heightPx,
      duration_ms: asset.durationMs,
      created_at: nowMs,
      unused_since: null,
    })
    .onConflict((conflict) =>
      conflict.columns(["team", "hash"]).doUpdateSet({ unused_since: null }),
    )
    .execute();
}

/** An asset of this team, or null. */
export async function findAsset(
  database: Database,
  team: string,
  hash: string,
): Promise<Asset | null> {
  const row = await database
    .selectFrom("asset")
    .selectAll()
    .where("team", "=", team)
    .where("hash", "=", hash)
    .executeTakeFirst();
  if (!row) return null;
  return assetSchema.parse({
    hash: row.hash,
    mediaType: row.media_type,
    bytes: row.bytes,
    widthPx: row.width_px,
    heightPx: row.height_px,
    durationMs: row.duration_ms,
  });
}

/** Notes of which asset a picture was made, so that it is kept as long as that one is needed. */
export async function saveDerived(
  transaction: Transaction,
  team: string,
  hash: string,
  source: string,
): Promise<void> {
  if (hash === source) return;
  await transaction
    .insertInto("derived_asset")
    .values({ team, hash, source })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Whether a picture is known to be made of an asset. */
export async function isDerivedOf(
  database: Database,
  team: string,
  hash: string,
  source: string,
): Promise<boolean> {
  if (hash === source) return true;
  const row = await database
    .selectFrom("derived_asset")
    .select("hash")
    .where("team", "=", team)
    .where("hash", "=", hash)
    .where("source", "=", source)
    .executeTakeFirst();
  return row !== undefined;
}
