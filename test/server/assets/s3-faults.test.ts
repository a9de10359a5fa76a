import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StorageFull, StorageUnavailable } from "../../../server/assets/asset-store.ts";
import { diskFiles, type FileOperations } from "../../../server/assets/file-operations.ts";
import { openS3AssetStore } from "../../../server/assets/s3-asset-store.ts";
import { openWayToStorage, type WayToStorage } from "../../../server/assets/s3-send.ts";
import type { S3Settings } from "../../../server/assets/s3-settings.ts";
import { systemClock, type Clock } from "../../../server/clock.ts";
import { examineS3 } from "../../../server/cli/examine-s3.ts";
import { makeFolder, readAll, removeFolder, sha256 } from "../../helpers/asset-folder.ts";
import { openS3Server, type S3Server } from "../../helpers/s3-server.ts";
import { createStorageClock } from "../../helpers/storage-clock.ts";

let server: S3Server;
let folder = "";
let ways: WayToStorage[] = [];
beforeEach(async () => {
  server = await openS3Server();
  folder = await makeFolder();
});
afterEach(async () => {
  for (const way of ways) await way.close();
  ways = [];
  await server.close();
  await removeFolder(folder);
});

const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 253));
const hash = sha256(bytes);
const key = `relay-1/${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`;
const waits: number[] = [];
const quickClock = createStorageClock(() => server, waits);

/** A way to a storage of these settings; its own deadline is by the real clock. */
function sendTo(settings: S3Settings) {
  const way = openWayToStorage(settings, systemClock);
  ways.push(way);
  return way.send;
}

const open = (
  settings: Partial<S3Settings> = {},
  more: { readonly files?: FileOperations; readonly mostCachedBytes?: number } = {},
) =>
  openS3AssetStore({
    settings: { ...server.settings, ...settings },
    send: sendTo({ ...server.settings, ...settings }),
    relay: "relay-1",
    clock: quickClock,
    disk: { folder, minimumFreeBytes: 0, ...(more.files && { files: more.files }) },
    ...(more.mostCachedBytes !== undefined && { mostCachedBytes: more.mostCachedBytes }),
  });

async function put(store: Awaited<ReturnType<typeof open>>) {
  const staged = await store.stage([bytes], { maxBytes: 1e9 });
  await staged.keep();
}
const emptyCache = async () => {
  await removeFolder(folder);
  return open();
};

describe("what is put on S3", () => {
  it("is there under the relay's own name before it counts as kept, and is sent once", async () => {
    const store = await open();
    await put(store);
    expect(server.objects.get(key)?.bytes.equals(bytes)).toBe(true);
    await put(store);
    expect(server.asked.filter((ask) => ask.startsWith("PUT"))).toEqual([`PUT ${key}`]);
  });

  it("is sent again when it lies there damaged", async () => {
    const store = await open();
    server.objects.set(key, { bytes: Buffer.from("half"), writtenAtMs: 0 });
    await put(store);
    expect(server.objects.get(key)?.bytes.equals(bytes)).toBe(true);
  });

  it.each([
    ["503 SlowDown", { kind: "answer", status: 503, code: "SlowDown" }],
    ["500 InternalError", { kind: "answer", status: 500, code: "InternalError" }],
    ["a cut connection", { kind: "cut", afterBytes: 1_000 }],
    ["bytes that were changed on the way", { kind: "answer", status: 400, code: "BadDigest" }],
    ["an answer that is lost", { kind: "deaf" }],
    ["no answer at all", { kind: "stall" }],
  ] as const)("is sent again after %s", async (_name, fault) => {
    const store = await open();
    server.fail("PUT", fault, fault);
    await put(store);
    expect(server.objects.get(key)?.bytes.equals(bytes)).toBe(true);
  });

  it("is given up after a few tries, and is nowhere then (F27)", async () => {
    const store = await open();
    const busy = { kind: "answer", status: 503, code: "SlowDown" } as const;
    server.fail("PUT", busy, busy, busy, busy, busy, busy);
    waits.length = 0;
    const staged = await store.stage([bytes], { maxBytes: 1e9 });
    await expect(staged.keep()).rejects.toThrow(/is busy or broken \(SlowDown\)/);
    expect(waits.filter((wait) => wait < 10_000)).toEqual([250, 500, 1_000]);
    expect(await store.has(hash)).toBe(false);
    await staged.discard();
    expect(await readdir(join(folder, "temp"))).toEqual([]);
  });

  it("says that the storage is full (F27)", async () => {
    server.fail("PUT", { kind: "answer", status: 507, code: "XMinioStorageFull" });
    const keeping = put(await open());
    await expect(keeping).rejects.toThrow(StorageFull);
    await expect(keeping).rejects.toThrow(/full \(XMinioStorageFull\)\. Make room there\.$/);
  });

  it.each([
    ["another secret", { secret: "wrong" }, /SPACES_S3_KEY_ID and SPACES_S3_SECRET/],
    ["another key", { keyId: "AKIDOTHER" }, /SPACES_S3_KEY_ID and SPACES_S3_SECRET/],
    ["another region", { region: "us-east-1" }, /SPACES_S3_REGION/],
    ["a bucket that there is not", { bucket: "nothing-here" }, /SPACES_S3_BUCKET/],
    ["a port where nobody is", { endpoint: "http://127.0.0.1:9" }, /SPACES_S3_ENDPOINT/],
  ])("is refused under %s, with the setting to look at", async (_name, wrong, sentence) => {
    const finding = await examineS3({ ...server.settings, ...wrong }, quickClock);
    expect(finding.isGood).toBe(false);
    expect(finding.sentence).toMatch(sentence);
    expect(finding.sentence).not.toContain(server.settings.secret);
    expect(finding.sentence).not.toContain("wrong");
  });

  it("is forbidden by a key that may not write", async () => {
    server.fail("PUT", { kind: "answer", status: 403, code: "AccessDenied" });
    const keeping = put(await open());
    await expect(keeping).rejects.toThrow(StorageUnavailable);
    await expect(keeping).rejects.toThrow(/list, read, write and delete/);
  });

  it("says so where this machine's clock is wrong", async () => {
    server.fail("PUT", { kind: "answer", status: 403, code: "RequestTimeTooSkewed" });
    await expect(put(await open())).rejects.toThrow("clock is wrong");
  });
});

describe("what is read from S3", () => {
  it("is taken up where the connection was cut, once and again", async () => {
    await put(await open());
    const store = await emptyCache();
    server.fail("GET", { kind: "cut", afterBytes: 1_000 }, { kind: "cut", afterBytes: 70_000 });
    expect((await readAll(store.open(hash))).equals(bytes)).toBe(true);
    server.fail("GET", { kind: "dry", afterBytes: 10 });
    const part = await readAll(store.open(hash, { start: 5, end: 200_000 }));
    expect(part.equals(bytes.subarray(5, 200_001))).toBe(true);
  });

  it("is an error when it never comes whole", async () => {
    await put(await open());
    const store = await emptyCache();
    server.fail(
      "GET",
      ...Array.from({ length: 20 }, () => ({ kind: "cut", afterBytes: 5 }) as const),
    );
    await expect(readAll(store.open(hash))).rejects.toThrow(StorageUnavailable);
  });

  it("is not believed when it has other bytes than its name says", async () => {
    const store = await open();
    server.objects.set(key, { bytes: Buffer.from(bytes).fill(1, 0, 5), writtenAtMs: 0 });
    await expect(store.read(hash)).rejects.toThrow("not the ones that were announced");
    expect(await readdir(join(folder, "temp"))).toEqual([]);
  });

  it("is got once for many who want it as a file, and stays on the disk for a while", async () => {
    await put(await open());
    const store = await emptyCache();
    const all = Array.from({ length: 5 }, () => store.withFile(hash, (file) => readIt(file)));
    for (const read of await Promise.all(all)) expect(read).toBe(bytes.length);
    expect(await store.withFile(hash, (file) => readIt(file))).toBe(bytes.length);
    expect(server.asked.filter((ask) => ask === `GET ${key}`)).toHaveLength(1);
  });
});

describe("the copies on the disk", () => {
  const copies = async () =>
    (await readdir(folder, { recursive: true })).filter((name) => /[0-9a-f]{64}$/.test(name));
  const later = (ms: number): Clock => ({ ...quickClock, nowMs: () => Date.now() + ms });
  const openAt = (ms: number, files?: FileOperations) =>
    openS3AssetStore({
      settings: server.settings,
      send: sendTo(server.settings),
      relay: "relay-1",
      clock: later(ms),
      mostCachedBytes: 500_000,
      disk: { folder, ...(files ? { files } : { minimumFreeBytes: 0 }) },
    });
  const keep = async (store: Awaited<ReturnType<typeof open>>, fill: number) => {
    const staged = await store.stage([Buffer.alloc(300_000, fill)], { maxBytes: 1e9 });
    await staged.keep();
  };

  it("are bounded: what was used longest ago goes, what is in use stays", async () => {
    const store = await openAt(0);
    await keep(store, 1);
    await keep(store, 2);
    expect(await copies()).toHaveLength(2);
    const next = await openAt(5 * 60_000);
    await keep(next, 3);
    expect(await copies()).toHaveLength(3);
    const last = await openAt(11 * 60_000);
    await keep(last, 4);
    expect(await copies()).toHaveLength(1);
    expect(server.objects.size).toBe(4);
  });

  it("make room where the disk has little (F28)", async () => {
    await keep(await openAt(0), 1);
    let isLow = true;
    const statfs = (async (path: string) => {
      const real = await diskFiles.statfs(path);
      return Object.assign(real, { bavail: isLow ? 100 : 10_000_000, bsize: 4_096 });
    }) as FileOperations["statfs"];
    const rm: FileOperations["rm"] = async (...values) => {
      await diskFiles.rm(...values);
      isLow = false;
    };
    const store = await openAt(11 * 60_000, { ...diskFiles, statfs, rm });
    isLow = true;
    await store.checkRoom();
    expect(await copies()).toEqual([]);
    isLow = true;
    await expect(store.checkRoom()).rejects.toThrow(StorageFull);
  });
});

describe("the doctor", () => {
  it("tries a storage and leaves nothing there", async () => {
    const finding = await examineS3(server.settings, quickClock);
    expect(finding).toMatchObject({ isGood: true, what: "Storage" });
    expect(server.objects.size).toBe(0);
  });
});

async function readIt(file: string): Promise<number> {
  return (await diskFiles.readFile(file)).length;
}
