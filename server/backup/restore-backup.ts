import { copyFile, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { AssetStore } from "../assets/asset-store.ts";
import { copyAssets } from "../assets/copy-assets.ts";
import { openDiskAssetStore } from "../assets/disk-asset-store.ts";
import { diskFiles, syncFolder } from "../assets/file-operations.ts";
import { checkLedger } from "../store/check-ledger.ts";
import { openStore } from "../store/open-store.ts";
import { readPostgres } from "../store/snapshot.ts";
import { BackupError, backupFiles, hashFile, readManifest, type Manifest } from "./manifest.ts";

/** What is restored, and where to. */
export interface RestoreOptions {
  /** The backup. */
  readonly source: string;
  /** A data folder that is empty or not there yet. */
  readonly folder: string;
  /** The database that was restored before, for a backup of a relay on PostgreSQL. */
  readonly databaseUrl: string | null;
  readonly nowMs: () => number;
  /** Opens the bytes of the relay of this id below a folder for assets, or beyond this machine. */
  readonly openBytes: (
    folder: string,
    relay: string,
  ) => Promise<Pick<AssetStore, "sizeOf" | "stage">>;
}

const inTheMaking = "restoring";

/**
 * Puts a backup into an empty data folder. Everything is held against its hash, the store is opened and
 * its ledger read before any of it counts; the database comes last, so that a restore that is broken off
 * leaves a folder without one. Throws BackupError with all that is damaged; nothing is left then but
 * what reached a bucket, which the relay's sweep takes away where nothing names it.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  const { source, folder } = options;
  const manifest = await readManifest(source);
  await checkPlace(options, manifest);
  const part = join(folder, inTheMaking);
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true, mode: 0o700 });
  try {
    const damages = [
      ...(await copyBytes(options, part, manifest)),
      ...(manifest.database.kind === "file" ? await copyStore(options, part, manifest) : []),
    ];
    if (damages.length > 0) {
      throw new BackupError(`The backup is damaged, nothing was restored: ${damages.join("; ")}.`);
    }
    await rename(join(part, "assets"), join(folder, "assets"));
    if (manifest.database.kind === "file") {
      await rename(join(part, backupFiles.database), join(folder, backupFiles.database));
    }
    await syncFolder(diskFiles, folder);
    return manifest;
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

async function checkPlace({ folder, databaseUrl }: RestoreOptions, manifest: Manifest) {
  const found = await readdir(folder).catch(() => []);
  // What a restore that was broken off had made may go.
  if (found.some((name) => name !== inTheMaking)) {
    throw new BackupError(
      `${folder} is not empty. Nothing is overwritten: set SPACES_DATA to an empty folder.`,
    );
  }
  const isShared = manifest.database.kind === "postgres";
  if (isShared !== (databaseUrl !== null)) {
    throw new BackupError(
      isShared
        ? "This backup has the files of a relay on PostgreSQL. Restore its database first, by " +
            "pg_restore, and name it in SPACES_DATABASE_URL."
        : "This backup has a database of its own. Unset SPACES_DATABASE_URL to restore it.",
    );
  }
  if (databaseUrl === null) return;
  const { assets } = await readPostgres(databaseUrl);
  const saved = new Set([...manifest.assets, ...manifest.missing].map(({ hash }) => hash));
  const newer = assets.filter(({ hash }) => !saved.has(hash));
  if (newer.length === 0) return;
  throw new BackupError(
    `The database names ${newer.length} files that this backup is too old to have. Restore a dump ` +
      "of the database that was made before the backup.",
  );
}

async function copyBytes(
  { source, openBytes }: RestoreOptions,
  part: string,
  manifest: Manifest,
): Promise<string[]> {
  const from = await openDiskAssetStore({ folder: join(source, backupFiles.assets) });
  const to = await openBytes(join(part, "assets"), manifest.relay ?? "");
  const { missing } = await copyAssets(from, to, manifest.assets);
  if (missing.length === 0) return [];
  const named = missing.slice(0, 5).map(({ hash }) => hash);
  return [`${missing.length} files are missing or changed, such as ${named.join(", ")}`];
}

/** Copies the database and opens it as a relay would, which also brings its tables up to date. */
async function copyStore(
  { source, nowMs }: RestoreOptions,
  part: string,
  { database }: Manifest,
): Promise<string[]> {
  const file = join(part, backupFiles.database);
  const isThere = await copyFile(join(source, backupFiles.database), file).then(
    () => true,
    () => false,
  );
  if (!isThere) return [`${backupFiles.database} is missing`];
  if (database.kind === "file" && (await hashFile(file)) !== database.sha256) {
    return [`${backupFiles.database} is not what was written`];
  }
  const store = await openStore({ folder: part, nowMs });
  try {
    return (await checkLedger(store.database)).map(
      (sentence) => `its ledger is wrong: ${sentence}`,
    );
  } finally {
    await store.close();
  }
}
