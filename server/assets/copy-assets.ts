import { AssetMismatch, AssetTooLarge, type AssetStore } from "./asset-store.ts";

/** What an index says of some bytes. */
export interface IndexedBytes {
  readonly hash: string;
  readonly bytes: number;
}

/** What became of a copy. */
export interface Copied {
  /** What arrived, or was there before. */
  readonly copied: readonly IndexedBytes[];
  /** What the first store does not have, or has in a damaged form. */
  readonly missing: readonly IndexedBytes[];
}

/**
 * Copies bytes from one store into another, one after the other, each held against its hash and safely on
 * disk before the next; what the other store has already is not copied again.
 */
export async function copyAssets(
  from: Pick<AssetStore, "open" | "sizeOf">,
  to: Pick<AssetStore, "sizeOf" | "stage">,
  wanted: readonly IndexedBytes[],
): Promise<Copied> {
  const copied: IndexedBytes[] = [];
  const missing: IndexedBytes[] = [];
  for (const each of wanted) {
    const isThere = (await to.sizeOf(each.hash)) === each.bytes || (await copyOne(from, to, each));
    (isThere ? copied : missing).push(each);
  }
  return { copied, missing };
}

/** False where the bytes are not there or not what their hash says. Throws StorageFull. */
async function copyOne(
  from: Pick<AssetStore, "open" | "sizeOf">,
  to: Pick<AssetStore, "stage">,
  { hash, bytes }: IndexedBytes,
): Promise<boolean> {
  if ((await from.sizeOf(hash)) !== bytes) return false;
  try {
    const limits = { maxBytes: bytes, expectedHash: hash, canUseReserve: true };
    const staged = await to.stage(from.open(hash), limits);
    await staged.keep();
    return true;
  } catch (error) {
    if (error instanceof AssetMismatch || error instanceof AssetTooLarge) return false;
    // Taken away between the look and the read, as a sweep does.
    if ((await from.sizeOf(hash)) === null) return false;
    throw error;
  }
}
