import type { Clock } from "../clock.ts";
import { StorageFull, type AssetStore, type ByteSource, type StagedAsset } from "./asset-store.ts";

/** Copies of bytes that lie elsewhere, for as long as there is room for them. */
export interface LocalCache {
  /** Keeps a copy of bytes that are staged on this disk already; without room there is none. */
  add(staged: StagedAsset): Promise<void>;
  /** Gets the bytes unless they are here; at the same time once for all. False when there are none. */
  fill(hash: string, fetch: () => Promise<ByteSource | null>): Promise<boolean>;
  remove(hash: string): Promise<void>;
  /** Takes away what was not used for a while until no more than so many bytes are left. */
  trim(mostBytes: number): Promise<void>;
}

/** What a cache is made of. */
export interface CacheParts {
  /** Where the copies lie. */
  readonly disk: AssetStore;
  readonly clock: Clock;
  readonly mostBytes: number;
}

/** A copy that was used this recently may be open in a child process, and stays. */
const inUseMs = 10 * 60_000;

/**
 * Opens the cache of copies that lie on a disk. It is bounded by bytes, except for what was used in the
 * last ten minutes; what was used longest ago goes first.
 */
export async function openLocalCache(parts: CacheParts): Promise<LocalCache> {
  const { disk, clock, mostBytes } = parts;
  /** In the order of use. */
  const copies = new Map<string, { readonly bytes: number; readonly usedAtMs: number }>();
  const underWay = new Map<string, Promise<boolean>>();
  for (const { hash, bytes, writtenAtMs } of await oldestFirst(disk)) {
    copies.set(hash, { bytes, usedAtMs: writtenAtMs });
  }
  const note = (hash: string, bytes: number) => {
    copies.delete(hash);
    copies.set(hash, { bytes, usedAtMs: clock.nowMs() });
  };
  const trim = async (most: number) => {
    let total = 0;
    for (const { bytes } of copies.values()) total += bytes;
    for (const [hash, { bytes, usedAtMs }] of [...copies]) {
      if (total <= most || usedAtMs > clock.nowMs() - inUseMs) return;
      copies.delete(hash);
      total -= bytes;
      await disk.remove(hash);
    }
  };
  const keep = async (staged: StagedAsset) => {
    await staged.keep();
    note(staged.hash, staged.bytes);
    await trim(mostBytes);
  };
  const copy = async (hash: string, fetch: () => Promise<ByteSource | null>) => {
    const source = await fetch();
    if (!source) return false;
    const limits = { maxBytes: Number.MAX_SAFE_INTEGER, expectedHash: hash, canUseReserve: true };
    await keep(await disk.stage(source, limits));
    return true;
  };
  return {
    add: async (staged) => {
      await keep(staged).catch((error: unknown) => {
        if (!(error instanceof StorageFull)) throw error;
      });
    },
    fill: async (hash, fetch) => {
      const shared = underWay.get(hash);
      if (shared) return shared;
      const size = await disk.sizeOf(hash);
      if (size !== null) note(hash, size);
      if (size !== null) return true;
      const work = underWay.get(hash) ?? copy(hash, fetch).finally(() => underWay.delete(hash));
      underWay.set(hash, work);
      return work;
    },
    remove: async (hash) => {
      copies.delete(hash);
      await disk.remove(hash);
    },
    trim,
  };
}

async function oldestFirst(disk: AssetStore) {
  const found = [];
  for await (const page of disk.list()) found.push(...page);
  return found.sort((one, other) => one.writtenAtMs - other.writtenAtMs);
}
