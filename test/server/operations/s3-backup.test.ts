import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { restoreBackup } from "../../../server/backup/restore-backup.ts";
import { takeBackup } from "../../../server/backup/take-backup.ts";
import { openWayToBytes, type WayToBytes } from "../../../server/cli/relay-bytes.ts";
import { startRelay } from "../../../server/relay.ts";
import { buildPng } from "../../helpers/build-png.ts";
import { hashOf } from "../../helpers/open-test-relay.ts";
import { openS3Server, type S3Server } from "../../helpers/s3-server.ts";

const picture = buildPng({ widthPx: 12, heightPx: 8 });
const hash = hashOf(picture);

let server: S3Server;
let way: WayToBytes;
let root: string;
const at = (name: string) => join(root, name);
beforeAll(async () => {
  server = await openS3Server();
  way = openWayToBytes({ s3: server.settings });
  root = await mkdtemp(join(tmpdir(), "spaces-s3-backup-"));
});
afterAll(async () => {
  await way.close();
  await server.close();
  await rm(root, { recursive: true, force: true });
});

/** Starts a relay whose files are on S3 and asks it for the picture, or gives it to it. */
async function askRelay(folder: string, method: "GET" | "PUT"): Promise<Buffer> {
  const relay = await startRelay({
    folder,
    port: 0,
    version: "0.0.0",
    pid: process.pid,
    failpoints: "",
    kill: () => undefined,
    writeLog: () => undefined,
    s3: server.settings,
  });
  try {
    const response = await fetch(`http://localhost:${relay.port}/v1/assets/${hash}`, {
      method,
      headers: {
        authorization: `Bearer ${await relay.newToken("test")}`,
        "content-type": "image/png",
      },
      ...(method === "PUT" && { body: new Uint8Array(picture) }),
    });
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  } finally {
    await relay.stop();
  }
}

const restore = (folder: string) =>
  restoreBackup({
    source: at("backup"),
    folder: at(folder),
    databaseUrl: null,
    nowMs: Date.now,
    openBytes: way.open,
  });

test("a relay on S3 is saved from there and put back there", async () => {
  await askRelay(at("data"), "PUT");
  await rm(join(at("data"), "assets", "copies"), { recursive: true });
  const manifest = await takeBackup({
    folder: at("data"),
    databaseUrl: null,
    openBytes: (relay) => way.open(join(at("data"), "assets"), relay),
    target: at("backup"),
    version: "0.0.0",
    nowMs: 1_000,
  });
  expect(manifest).toMatchObject({ assets: [{ hash }], missing: [] });

  const keys = [...server.objects.keys()];
  server.objects.clear();
  await restore("restored");
  expect([...server.objects.keys()]).toEqual(keys);
  await rm(join(at("restored"), "assets", "copies"), { recursive: true });
  expect((await askRelay(at("restored"), "GET")).equals(picture)).toBe(true);
});

test("a damaged backup leaves a folder on S3 without a database", async () => {
  const file = join(at("backup"), "assets", hash.slice(0, 2), hash.slice(2, 4), hash);
  await writeFile(file, "something else");
  server.objects.clear();
  await expect(restore("damaged")).rejects.toThrow("1 files are missing or changed");
  expect(await readdir(at("damaged"))).toEqual([]);
  expect(server.objects.size).toBe(0);
});
