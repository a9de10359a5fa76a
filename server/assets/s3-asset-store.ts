import { hashSchema } from "#domain/asset";
import { systemClock, type Clock } from "../clock.ts";
import { StorageFull, type AssetStore, type StagedAsset } from "./asset-store.ts";
import { openDiskAssetStore, type DiskAssetStoreOptions } from "./disk-asset-store.ts";
import { openLocalCache, type LocalCache } from "./local-cache.ts";
import { createS3Client, type S3Client } from "./s3-client.ts";
import { keyOf, readPage } from "./s3-list.ts";
import { readObject } from "./s3-read.ts";
import type { SendToStorage } from "./s3-send.ts";
import type { S3Settings } from "./s3-settings.ts";

/** Where the store keeps its objects, and what it leans on. */
export interface S3AssetStoreOptions {
  readonly settings: S3Settings;
  readonly send: SendToStorage;
  /**
   * The relay whose assets these are: its objects lie under `<relay>/`, so that relays that share a
   * bucket never sweep each other's.
   */
  readonly relay: string;
  /** The disk on which bytes are staged and copies lie. */
  readonly disk: DiskAssetStoreOptions;
  readonly clock?: Clock;
  /** How many bytes of copies are kept on the disk; 2 GiB unless said. */
  readonly mostCachedBytes?: number;
}

const usualMostCachedBytes = 2 * 1024 ** 3;

/** What the parts of the store share. */
interface Place {
  readonly client: S3Client;
  readonly cache: LocalCache;
  readonly keyOf: (hash: string) => string;
}

/**
 * Opens an asset store in a bucket of S3 or what is compatible with it. Bytes come and go by way of this
 * machine's disk; they are kept once the bucket has them. A damaged copy of another size is put again.
 */
export async function openS3AssetStore(options: S3AssetStoreOptions): Promise<AssetStore> {
  const { settings, send, clock = systemClock, relay } = options;
  const prefix = `${relay}/`;
  const disk = await openDiskAssetStore(options.disk);
  const mostBytes = options.mostCachedBytes ?? usualMostCachedBytes;
  const cache = await openLocalCache({ disk, clock, mostBytes });
  const client = createS3Client({ settings, send, clock });
  const place: Place = { client, cache, keyOf: (hash) => keyOf(prefix, hash) };
  const sizeOf = async (hash: string) => (isHash(hash) ? client.head(place.keyOf(hash)) : null);
  const readThrough = (hash: string) => readObject({ client, clock, key: place.keyOf(hash) });
  const fill = (hash: string) => cache.fill(hash, () => readThrough(hash).whenThere());
  const checkRoom = async () => {
    try {
      await disk.checkRoom();
    } catch (error) {
      if (!(error instanceof StorageFull)) throw error;
      await cache.trim(0);
      await disk.checkRoom();
    }
  };
  return {
    checkRoom,
    stage: async (source, wanted) => {
      if (wanted.canUseReserve !== true) await checkRoom();
      return keepBeyond(place, await disk.stage(source, { ...wanted, canUseReserve: true }));
    },
    has: async (hash) => (await sizeOf(hash)) !== null,
    sizeOf,
    read: async (hash) => (isHash(hash) && (await fill(hash)) ? disk.read(hash) : null),
    open: (hash, range) => {
      if (!isHash(hash)) throw new TypeError("An asset's hash is 64 hexadecimal digits.");
      const copy = () => disk.open(hash, range);
      return ReadableStream.from(preferCopy(copy, () => readThrough(hash).pieces(range)));
    },
    withFile: async (hash, use) =>
      isHash(hash) && (await fill(hash)) ? disk.withFile(hash, use) : null,
    remove: async (hash) => {
      if (!isHash(hash)) return;
      await client.remove(place.keyOf(hash));
      await cache.remove(hash);
    },
    list: () => listPages(client, prefix),
  };
}

function isHash(hash: string): boolean {
  return hashSchema.safeParse(hash).success;
}

/** Staged bytes that are kept when the bucket has them; the disk's own copy comes after. */
function keepBeyond({ client, cache, keyOf: key }: Place, staged: StagedAsset): StagedAsset {
  const { hash, bytes, file } = staged;
  return {
    ...staged,
    keep: async () => {
      if ((await client.head(key(hash))) !== bytes) {
        await client.put(key(hash), { path: file, hash, bytes });
      }
      await cache.add(staged);
    },
  };
}

/** The copy on the disk, or the object where there is none; once a piece was read there is no change. */
async function* preferCopy(
  copy: () => AsyncIterable<Uint8Array>,
  object: () => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let hasBegun = false;
  try {
    for await (const piece of copy()) {
      hasBegun = true;
      yield piece;
    }
    return;
  } catch (error) {
    if (hasBegun) throw error;
  }
  yield* object();
}

async function* listPages(client: S3Client, prefix: string) {
  let token: string | null = null;
  do {
    const page = readPage(await client.list(prefix, token), prefix);
    yield page.stored;
    token = page.next;
  } while (token !== null);
}
