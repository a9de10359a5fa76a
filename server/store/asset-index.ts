import { assetSchema, type Asset } from "#domain/asset";
import type { Database, Transaction } from "./database.ts";

/** Notes that a team has an asset; only then may the team see it. Twice is once. */
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
    })
    .onConflict((conflict) => conflict.columns(["team", "hash"]).doNothing())
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

/** Those of the hashes that this team does not have. */
export async function missingAssets(
  database: Database,
  team: string,
  hashes: readonly string[],
): Promise<string[]> {
  if (hashes.length === 0) return [];
  const rows = await database
    .selectFrom("asset")
    .select("hash")
    .where("team", "=", team)
    .where("hash", "in", [...hashes])
    .execute();
  const known = new Set(rows.map((row) => row.hash));
  return hashes.filter((hash) => !known.has(hash));
}
