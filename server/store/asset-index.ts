import { assetSchema, type Asset } from "#domain/asset";
import { stockCreditSchema, type StockCredit } from "#domain/stock-credit";
import type { Database, Transaction } from "./database.ts";

/**
 * Notes that a team has an asset; only then may the team see it. Twice is once, and keeps it for its whole
 * time from now; a credit that it has once stays. Its bytes were announced before (announceBytes) and are in the asset store.
 */
export async function saveAsset(
  transaction: Database | Transaction,
  team: string,
  asset: Asset,
  nowMs: number,
): Promise<void> {
  const credit = asset.credit ? JSON.stringify(asset.credit) : null;
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
      credit,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["team", "hash"])
        .doUpdateSet({ unused_since: null, ...(credit !== null && { credit }) }),
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
    ...(row.credit !== null && { credit: parseCredit(row.credit) }),
  });
}

/** What has to be said of some of a team's assets, each once, in the order of the hashes. */
export async function creditsOf(
  transaction: Database | Transaction,
  team: string,
  hashes: readonly string[],
): Promise<StockCredit[]> {
  if (hashes.length === 0) return [];
  const rows = await transaction
    .selectFrom("asset")
    .select(["hash", "credit"])
    .where("team", "=", team)
    .where("hash", "in", [...new Set(hashes)])
    .where("credit", "is not", null)
    .execute();
  const known = new Map(rows.map(({ hash, credit }) => [hash, credit]));
  return [...new Set(hashes)].flatMap((hash) => {
    const credit = known.get(hash);
    return credit ? [parseCredit(credit)] : [];
  });
}

function parseCredit(credit: string): StockCredit {
  return stockCreditSchema.parse(JSON.parse(credit));
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
