import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDiskAssetStore } from "../../../server/assets/disk-asset-store.ts";
import { openWayToBytes } from "../../../server/cli/relay-bytes.ts";
import { restoreBackup } from "../../../server/backup/restore-backup.ts";
import { takeBackup } from "../../../server/backup/take-backup.ts";
import { buildPng } from "../../helpers/build-png.ts";
import { hashOf, openTestRelay, type TestRelay } from "../../helpers/open-test-relay.ts";
import { createTestDatabase, hasPostgres, type TestDatabase } from "../../helpers/postgres.ts";

describe.skipIf(!(await hasPostgres()))("a backup of a relay on PostgreSQL", () => {
  let root: string;
  let database: TestDatabase;
  let opened: TestRelay;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "spaces-backup-"));
    database = await createTestDatabase();
    opened = await openTestRelay([], join(root, "data"), database.url);
  });
  afterAll(async () => {
    await opened.close(true);
    await database.drop();
    await rm(root, { recursive: true, force: true });
  });
  const upload = async (widthPx: number) => {
    const bytes = buildPng({ widthPx, heightPx: 4 });
    const hash = hashOf(bytes);
    await opened.client.call("assetPut", { path: { hash }, body: new Uint8Array(bytes) });
    return hash;
  };
  const restore = (folder: string, databaseUrl: string | null) =>
    restoreBackup({
      source: join(root, "backup"),
      folder: join(root, folder),
      databaseUrl,
      nowMs: Date.now,
      openBytes: openWayToBytes({ s3: null }).open,
    });

  test("has the files that the database names; the database is for pg_dump", async () => {
    const hash = await upload(5);
    const openBytes = () =>
      openDiskAssetStore({ folder: join(root, "data", "assets", "bytes"), sweepBeforeMs: 0 });
    const target = join(root, "backup");
    const options = { folder: join(root, "data"), databaseUrl: database.url, openBytes, target };
    const manifest = await takeBackup({ ...options, version: "0.0.0", nowMs: 1_000 });
    expect(manifest).toMatchObject({ database: { kind: "postgres" }, missing: [] });
    expect(manifest.assets.map((each) => each.hash)).toEqual([hash]);
    expect((await readdir(target)).sort()).toEqual(["assets", "manifest.json"]);

    await expect(restore("alone", null)).rejects.toThrow("Restore its database first");
    await restore("restored", database.url);
    const restored = await openDiskAssetStore({
      folder: join(root, "restored", "assets", "bytes"),
    });
    expect(await restored.has(hash)).toBe(true);
  });

  test("is refused for a database that is newer than it", async () => {
    await upload(6);
    await expect(restore("late", database.url)).rejects.toThrow("names 1 files");
    expect(await readdir(join(root, "late")).catch(() => [])).toEqual([]);
  });
});
