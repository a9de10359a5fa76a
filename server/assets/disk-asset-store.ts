import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import { hashSchema } from "#domain/asset";
import { noFailpoints, type ReachFailpoint } from "../failpoint.ts";
import {
  AssetMismatch,
  StorageFull,
  type AssetStore,
  type StagedAsset,
  type StageOptions,
  type ByteSource,
} from "./asset-store.ts";
import {
  diskFiles,
  isSystemError,
  makeSweptFolder,
  syncFolder,
  type FileOperations,
} from "./file-operations.ts";
import { listFolder } from "./list-folder.ts";
import { fileSize, readFile } from "./read-file.ts";
import { writeTempFile } from "./write-temp-file.ts";

/** Where the store keeps its files, and what it leans on. */
export interface DiskAssetStoreOptions {
  readonly folder: string;
  /**
   * Below so much free space nothing but paid results is taken. Unless said: 1 GiB, or 5 % of the disk where
   * that is more, up to 10 GiB (reliability.md F28).
   */
  readonly minimumFreeBytes?: number;
  /** What was on its way in before this time is swept; whatever there is unless said. */
  readonly sweepBeforeMs?: number;
  readonly files?: FileOperations;
  readonly reach?: ReachFailpoint;
}

const gibibyte = 1024 ** 3;

/** Five percent of a large disk is room for years; more than 10 GiB are never asked for. */
function usualMinimumBytes(diskBytes: number): number {
  return Math.max(gibibyte, Math.min(diskBytes / 20, 10 * gibibyte));
}

/** What a write needs of the store. */
interface Disk {
  readonly folder: string;
  readonly files: FileOperations;
  readonly reach: ReachFailpoint;
}

/**
 * Opens an asset store in a folder: an asset lies in `ab/cd/<hash>`, bytes on
 * their way in `temp`, which is swept now. Only this user can read any of it.
 */
export async function openDiskAssetStore(options: DiskAssetStoreOptions): Promise<AssetStore> {
  const { folder, files = diskFiles, reach = noFailpoints } = options;
  const disk: Disk = { folder, files, reach };
  await files.mkdir(folder, { recursive: true, mode: 0o700 });
  await files.chmod(folder, 0o700);
  await makeSweptFolder(files, join(folder, "temp"), options.sweepBeforeMs ?? Infinity);

  const checkRoom = async () => {
    const { bavail, bsize, blocks } = await files.statfs(folder);
    const least = options.minimumFreeBytes ?? usualMinimumBytes(blocks * bsize);
    if (bavail * bsize < least) throw new StorageFull();
  };
  const sizeOf = async (hash: string) => {
    const place = placeOf(folder, hash);
    return place === null ? null : fileSize(files, place);
  };
  return {
    checkRoom,
    stage: async (source, wanted) => {
      if (wanted.canUseReserve !== true) await checkRoom();
      return stage(disk, source, wanted);
    },
    has: async (hash) => (await sizeOf(hash)) !== null,
    sizeOf,
    read: async (hash) => {
      const place = placeOf(folder, hash);
      if (place === null || (await sizeOf(hash)) === null) return null;
      return new Uint8Array(await files.readFile(place));
    },
    open: (hash, range) => {
      const place = placeOf(folder, hash);
      if (place === null) throw new TypeError("An asset's hash is 64 hexadecimal digits.");
      return ReadableStream.from(readFile(files, place, range));
    },
    withFile: async (hash, use) => {
      const place = placeOf(folder, hash);
      return place === null || (await sizeOf(hash)) === null ? null : use(place);
    },
    remove: async (hash) => {
      const place = placeOf(folder, hash);
      if (place !== null) await files.rm(place, { force: true });
    },
    list: () => listFolder(files, folder),
  };
}

async function stage(disk: Disk, source: ByteSource, wanted: StageOptions): Promise<StagedAsset> {
  const file = join(disk.folder, "temp", randomUUID());
  const forget = () => disk.files.rm(file, { force: true });
  const orForget = async <Value>(write: () => Promise<Value>): Promise<Value> => {
    try {
      return await write();
    } catch (error) {
      // What cannot be removed now is swept at the next start; the first error says more.
      await forget().catch(() => undefined);
      throw isSystemError(error, "ENOSPC", "EDQUOT") ? new StorageFull(error) : error;
    }
  };
  const { hash, bytes } = await orForget(async () => {
    const written = await writeTempFile(disk.files, file, source, wanted);
    const { expectedHash } = wanted;
    if (expectedHash !== undefined && expectedHash !== written.hash) throw new AssetMismatch();
    await disk.reach("afterTmpWrite");
    return written;
  });
  let isKept = false;
  return {
    hash,
    bytes,
    file,
    keep: () =>
      orForget(async () => {
        await moveIntoStore(disk, file, { hash, bytes });
        isKept = true;
        await disk.reach("afterStore");
      }),
    discard: async () => {
      if (!isKept) await forget();
    },
  };
}

async function moveIntoStore(
  { folder, files }: Disk,
  file: string,
  { hash, bytes }: { readonly hash: string; readonly bytes: number },
): Promise<void> {
  const place = placeOf(folder, hash);
  if (place === null) throw new Error("A SHA-256 is 64 hexadecimal digits.");
  const inner = dirname(place);
  const made = await files.mkdir(inner, { recursive: true, mode: 0o700 });
  // The same bytes may be there: then they stay, because a file that is being read cannot be
  // replaced on Windows. A wrong size is damage, and is replaced.
  if ((await fileSize(files, place)) === bytes) await files.rm(file, { force: true });
  else await files.rename(file, place);
  await syncFolder(files, inner);
  if (made === undefined) return;
  await syncFolder(files, dirname(inner));
  await syncFolder(files, folder);
}

function placeOf(folder: string, hash: string): string | null {
  if (!hashSchema.safeParse(hash).success) return null;
  return join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
}
