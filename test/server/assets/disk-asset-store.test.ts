import { mkdir, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AssetMismatch, AssetTooLarge } from "../../../server/assets/asset-store.ts";
import { openDiskAssetStore } from "../../../server/assets/disk-asset-store.ts";
import { diskFiles, type FileOperations } from "../../../server/assets/file-operations.ts";
import type { Failpoint } from "../../../server/failpoint.ts";
import {
  listFiles,
  makeFolder,
  readAll,
  removeFolder,
  sha256,
} from "../../helpers/asset-folder.ts";

let folder = "";
beforeEach(async () => {
  folder = join(await makeFolder(), "assets");
});
afterEach(() => removeFolder(join(folder, "..")));

const hello = Buffer.from("hello");
const helloHash = sha256(hello);
const helloPlace = join(helloHash.slice(0, 2), helloHash.slice(2, 4), helloHash);
const limits = { maxBytes: 1_000 };
const isWindows = process.platform === "win32";

function open(files: Partial<FileOperations> = {}, reach?: (name: Failpoint) => Promise<void>) {
  return openDiskAssetStore({
    folder,
    files: { ...diskFiles, ...files },
    minimumFreeBytes: 0,
    ...(reach && { reach }),
  });
}

async function put(store: Awaited<ReturnType<typeof open>>, bytes: Uint8Array) {
  const staged = await store.stage([bytes], { maxBytes: 1e9 });
  await staged.keep();
  return staged.hash;
}

/** A disk whose file handles behave as told. */
function handlesWith(change: (handle: object) => void): Partial<FileOperations> {
  return {
    open: async (...values) => {
      const handle = await diskFiles.open(...values);
      change(handle);
      return handle;
    },
  };
}

describe("the disk asset store", () => {
  it("keeps bytes under their hash and reads them whole, in part and in memory", async () => {
    const store = await open();
    const staged = await store.stage([hello.subarray(0, 2), hello.subarray(2)], limits);
    expect(staged).toMatchObject({ hash: helloHash, bytes: 5 });
    expect(await store.has(helloHash)).toBe(false);
    await staged.keep();
    expect(await listFiles(folder)).toEqual([helloPlace]);
    expect(await store.sizeOf(helloHash)).toBe(5);
    expect(await readAll(store.open(helloHash))).toEqual(hello);
    expect(await readAll(store.open(helloHash, { start: 1, end: 3 }))).toEqual(Buffer.from("ell"));
    expect(await store.read(helloHash)).toEqual(new Uint8Array(hello));
    expect(await store.withFile(helloHash, (file) => Promise.resolve(file))).toBe(
      join(folder, helloPlace),
    );
  });

  it.skipIf(isWindows)("lets nobody else read anything", async () => {
    await mkdir(folder, { mode: 0o755 });
    const store = await open();
    await put(store, hello);
    const modeOf = async (path: string) => (await stat(join(folder, path))).mode & 0o777;
    expect(await modeOf(".")).toBe(0o700);
    expect(await modeOf("temp")).toBe(0o700);
    expect(await modeOf(join(helloPlace, ".."))).toBe(0o700);
    expect(await modeOf(helloPlace)).toBe(0o600);
  });

  it("has nothing under a name that is no hash", async () => {
    const store = await open();
    await put(store, hello);
    for (const name of ["../x", `../${helloHash}`, helloHash.toUpperCase(), `${helloHash}\0`, ""]) {
      expect(await store.has(name)).toBe(false);
      expect(await store.read(name)).toBeNull();
      expect(await store.withFile(name, () => Promise.resolve(1))).toBeNull();
      await store.remove(name);
      expect(() => store.open(name)).toThrow(TypeError);
    }
    expect(await store.has(helloHash)).toBe(true);
  });

  it("forgets what is removed, and what is discarded", async () => {
    const store = await open();
    await put(store, hello);
    await store.remove(helloHash);
    const staged = await store.stage([hello], limits);
    await staged.discard();
    expect(await listFiles(folder)).toEqual([]);
    expect(await store.read(helloHash)).toBeNull();
    await expect(readAll(store.open(helloHash))).rejects.toThrow("ENOENT");
  });

  it("refuses more bytes than allowed as soon as they come, and stops the source", async () => {
    const store = await open();
    let isStopped = false;
    let sent = 0;
    async function* endless() {
      try {
        for (;;) yield await Promise.resolve(Buffer.alloc((sent += 100) && 100));
      } finally {
        isStopped = true;
      }
    }
    await expect(store.stage(endless(), limits)).rejects.toBeInstanceOf(AssetTooLarge);
    expect(isStopped).toBe(true);
    expect(sent).toBe(1_100);
    expect(await listFiles(folder)).toEqual([]);
  });

  it("refuses bytes that were announced as others", async () => {
    const store = await open();
    const wrong = { ...limits, expectedHash: sha256(Buffer.from("other")) };
    await expect(store.stage([hello], wrong)).rejects.toBeInstanceOf(AssetMismatch);
    expect(await listFiles(folder)).toEqual([]);
    const right = await store.stage([hello], { ...limits, expectedHash: helloHash });
    await right.discard();
  });

  it("F50: leaves nothing of an upload whose sender breaks off or falls silent", async () => {
    const store = await open();
    async function* broken() {
      yield await Promise.resolve(hello);
      throw new Error("aborted by the sender");
    }
    await expect(store.stage(broken(), limits)).rejects.toThrow("aborted by the sender");
    const stop = new AbortController();
    async function* silent() {
      yield await Promise.resolve(hello);
      stop.abort(new Error("the reader left"));
      await new Promise(() => undefined);
    }
    await expect(store.stage(silent(), { ...limits, signal: stop.signal })).rejects.toThrow(
      "the reader left",
    );
    await expect(store.stage([hello], { ...limits, signal: stop.signal })).rejects.toThrow(
      "the reader left",
    );
    expect(await listFiles(folder)).toEqual([]);
  });

  it("F5, F50: sweeps what a crash left on its way in", async () => {
    await mkdir(join(folder, "temp"), { recursive: true });
    await writeFile(join(folder, "temp", "left-over"), "x");
    const store = await open();
    expect(await listFiles(folder)).toEqual([]);
    await put(store, hello);
    expect(await (await open()).has(helloHash)).toBe(true);
  });

  it("leaves what another relay is writing into the same folder", async () => {
    await mkdir(join(folder, "temp"), { recursive: true });
    await writeFile(join(folder, "temp", "on-its-way"), "x");
    await writeFile(join(folder, "temp", "left-over"), "x");
    await utimes(join(folder, "temp", "left-over"), 1, 1);
    await openDiskAssetStore({ folder, sweepBeforeMs: 5_000 });
    expect(await listFiles(folder)).toEqual(["temp/on-its-way"]);
  });

  it("writes the same bytes from many sides at once and has them once", async () => {
    const store = await open();
    const bytes = Buffer.alloc(300_000, 7);
    const hashes = await Promise.all(Array.from({ length: 12 }, () => put(store, bytes)));
    expect(new Set(hashes).size).toBe(1);
    expect(await listFiles(folder)).toHaveLength(1);
    expect(await readAll(store.open(sha256(bytes)))).toEqual(bytes);
  });

  it("replaces bytes that were damaged on the disk", async () => {
    const store = await open();
    await put(store, hello);
    await writeFile(join(folder, helloPlace), "he");
    await put(store, hello);
    expect(await store.read(helloHash)).toEqual(new Uint8Array(hello));
  });

  it("closes the file of a reader that leaves", async () => {
    const closed: string[] = [];
    const handles = handlesWith((handle) => {
      const real = (handle as { close: () => Promise<void> }).close.bind(handle);
      Object.assign(handle, {
        close: () => {
          closed.push("closed");
          return real();
        },
      });
    });
    const bytes = Buffer.alloc(1_000_000, 1);
    const hash = await put(await open(), bytes);
    const reader = (await open(handles)).open(hash).getReader();
    expect(closed).toEqual([]);
    await reader.read();
    await reader.cancel();
    expect(closed).toEqual(["closed"]);
  });
});
