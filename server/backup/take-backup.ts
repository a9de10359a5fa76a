import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { AssetStore } from "../assets/asset-store.ts";
import { copyAssets } from "../assets/copy-assets.ts";
import { openDiskAssetStore } from "../assets/disk-asset-store.ts";
import { diskFiles, syncFolder } from "../assets/file-operations.ts";
import { copyDatabase, readCopy, readPostgres, type Contents } from "../store/snapshot.ts";
import { BackupError, backupFiles, hashFile, type Manifest } from "./manifest.ts";

/** What is saved, and where to. */
export interface BackupOptions {
  /** The relay's data folder. */
  readonly folder: string;
  /** The database that relays share; null where the folder holds it. */
  readonly databaseUrl: string | null;
  /** Opens the bytes of the relay of this id, once there is a relay's data. */
  readonly openBytes: (relay: string) => Promise<Pick<AssetStore, "open" | "sizeOf">>;
  /** A folder that is not there yet. */
  readonly target: string;
  readonly version: string;
  readonly nowMs: number;
}

/**
 * Saves a relay, also while it works: first its database, then the bytes that the copy's index names.
 * Bytes never change and are not taken away while something names them, so that the later copy has all
 * that the earlier one needs. The engine's file stays behind: it is a cache, and a later one than the
 * database would pass over what the database has not seen. The backup appears whole or not at all.
 */
export async function takeBackup(options: BackupOptions): Promise<Manifest> {
  const { target } = options;
  if (await stat(target).catch(() => null)) {
    throw new BackupError(`${target} is there already. Name a folder that is not.`);
  }
  const part = `${target}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true, mode: 0o700 });
  try {
    const manifest = await save(options, part);
    await rename(part, target);
    await syncFolder(diskFiles, dirname(target));
    return manifest;
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}

async function save(options: BackupOptions, part: string): Promise<Manifest> {
  const { contents, database } = await saveDatabase(options, part);
  const assets = await openDiskAssetStore({ folder: join(part, backupFiles.assets) });
  const bytes = await options.openBytes(contents.relay ?? "");
  const { copied, missing } = await copyAssets(bytes, assets, contents.assets);
  await rm(join(part, backupFiles.assets, "temp"), { recursive: true, force: true });
  const manifest: Manifest = {
    format: 1,
    madeBy: options.version,
    madeAtMs: options.nowMs,
    relay: contents.relay,
    tables: contents.tables,
    database,
    assets: [...copied],
    missing: [...missing],
  };
  await writeDurably(join(part, backupFiles.manifest), `${JSON.stringify(manifest, null, 1)}\n`);
  await syncFolder(diskFiles, part);
  return manifest;
}

async function saveDatabase(
  { folder, databaseUrl }: BackupOptions,
  part: string,
): Promise<{ readonly contents: Contents; readonly database: Manifest["database"] }> {
  if (databaseUrl !== null) {
    return { contents: await readPostgres(databaseUrl), database: { kind: "postgres" } };
  }
  const file = join(part, backupFiles.database);
  await copyDatabase(folder, file);
  const contents = await readCopy(file);
  await sync(file);
  const { size } = await stat(file);
  return { contents, database: { kind: "file", bytes: size, sha256: await hashFile(file) } };
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
