import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StorageFull } from "../../../server/assets/asset-store.ts";
import { openDiskAssetStore } from "../../../server/assets/disk-asset-store.ts";
import { diskFiles, type FileOperations } from "../../../server/assets/file-operations.ts";
import type { Failpoint } from "../../../server/failpoint.ts";
import { listFiles, makeFolder, removeFolder, sha256 } from "../../helpers/asset-folder.ts";

let folder = "";
beforeEach(async () => {
  folder = join(await makeFolder(), "assets");
});
afterEach(() => removeFolder(join(folder, "..")));

const hello = Buffer.from("hello");
const helloHash = sha256(hello);
const helloPlace = join(helloHash.slice(0, 2), helloHash.slice(2, 4), helloHash);
const limits = { maxBytes: 1_000 };

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

function noSpace(): Error {
  return Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
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

describe("F27: a disk that is full or breaks", () => {
  const nth = (n: number) => {
    let calls = 0;
    return () => ++calls === n;
  };
  it.each([1, 2, 3])("says so at write %i and keeps nothing", async (n) => {
    const isNow = nth(n);
    const store = await open(
      handlesWith((handle) => {
        const real = (handle as { write: (...values: unknown[]) => unknown }).write.bind(handle);
        Object.assign(handle, {
          write: (...values: unknown[]) => (isNow() ? Promise.reject(noSpace()) : real(...values)),
        });
      }),
    );
    const chunks = [hello, hello, hello];
    await expect(store.stage(chunks, limits)).rejects.toBeInstanceOf(StorageFull);
    expect(await listFiles(folder)).toEqual([]);
  });

  it("writes the rest when the disk takes only a part at a time", async () => {
    const store = await open(
      handlesWith((handle) => {
        const real = (
          handle as { write: (bytes: Uint8Array, at: number, n: number) => unknown }
        ).write.bind(handle);
        Object.assign(handle, {
          write: (bytes: Uint8Array, at: number, n: number) => real(bytes, at, Math.min(n, 2)),
        });
      }),
    );
    await put(store, hello);
    expect(await store.read(helloHash)).toEqual(new Uint8Array(hello));
  });

  it("says so at fsync and keeps nothing", async () => {
    const store = await open(
      handlesWith((handle) => Object.assign(handle, { sync: () => Promise.reject(noSpace()) })),
    );
    await expect(store.stage([hello], limits)).rejects.toBeInstanceOf(StorageFull);
    expect(await listFiles(folder)).toEqual([]);
  });

  it("says so at rename, keeps nothing and takes the bytes when there is space again", async () => {
    const isNow = nth(1);
    const store = await open({
      rename: (from, to) => (isNow() ? Promise.reject(noSpace()) : diskFiles.rename(from, to)),
    });
    const staged = await store.stage([hello], limits);
    await expect(staged.keep()).rejects.toBeInstanceOf(StorageFull);
    expect(await listFiles(folder)).toEqual([]);
    await put(store, hello);
    expect(await store.has(helloHash)).toBe(true);
  });

  it("F9: does not say that bytes are safe before their folder is", async () => {
    let isBroken = false;
    const store = await open({
      open: async (path, ...rest) => {
        const handle = await diskFiles.open(path, ...rest);
        const fail = () => Promise.reject(Object.assign(new Error("EIO"), { code: "EIO" }));
        if (isBroken && String(path).endsWith(helloHash.slice(2, 4))) {
          Object.assign(handle, { sync: fail });
        }
        return handle;
      },
    });
    const staged = await store.stage([hello], limits);
    isBroken = true;
    await expect(staged.keep()).rejects.toThrow("EIO");
    isBroken = false;
    await put(store, hello);
    expect(await listFiles(folder)).toEqual([helloPlace]);
  });

  it("F28: takes nothing but paid results when little space is left", async () => {
    const statfs = (async (path: string) =>
      Object.assign(await diskFiles.statfs(path), {
        bavail: 100,
        bsize: 4_096,
      })) as FileOperations["statfs"];
    const store = await openDiskAssetStore({ folder, files: { ...diskFiles, statfs } });
    await expect(store.checkRoom()).rejects.toBeInstanceOf(StorageFull);
    await expect(store.stage([hello], limits)).rejects.toBeInstanceOf(StorageFull);
    const paid = await store.stage([hello], { ...limits, canUseReserve: true });
    await paid.keep();
    expect(await store.has(helloHash)).toBe(true);
  });
});

describe("F28: low space", () => {
  const gibibyte = 1024 ** 3;
  it.each([
    ["20 GiB", 20, 1.01, 0.99],
    ["100 GiB", 100, 5.01, 4.99],
    ["4 TiB", 4_096, 10.01, 9.99],
  ])("begins where a disk of %s has too little left", async (_name, disk, enough, little) => {
    let free = enough;
    const statfs = (async (path: string) =>
      Object.assign(await diskFiles.statfs(path), {
        bsize: 1_024,
        blocks: (disk * gibibyte) / 1_024,
        bavail: Math.round((free * gibibyte) / 1_024),
      })) as FileOperations["statfs"];
    const store = await openDiskAssetStore({ folder, files: { ...diskFiles, statfs } });
    await store.checkRoom();
    free = little;
    await expect(store.checkRoom()).rejects.toBeInstanceOf(StorageFull);
  });
});

describe("F5, F6: the crash points of a write", () => {
  it("are passed with the bytes on disk, before and after they are in the store", async () => {
    const seen: string[] = [];
    const store = await open({}, async (name) => {
      seen.push(name, ...(await listFiles(folder)));
    });
    const staged = await store.stage([hello], limits);
    await staged.keep();
    expect(seen).toEqual([
      "afterTmpWrite",
      expect.stringMatching(/^temp./),
      "afterStore",
      helloPlace,
    ]);
  });

  it("leave no file on its way in when they throw", async () => {
    const store = await open({}, () => Promise.reject(new Error("failpoint")));
    await expect(store.stage([hello], limits)).rejects.toThrow("failpoint");
    expect(await listFiles(folder)).toEqual([]);
  });
});
