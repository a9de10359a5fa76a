import { mkdir, readdir, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDiskAssetStore } from "../../../server/assets/disk-asset-store.ts";
import { diskFiles, type FileOperations } from "../../../server/assets/file-operations.ts";
import type { Failpoint } from "../../../server/failpoint.ts";
import { assetStoreContract } from "../../contract/asset-store-contract.ts";
import { listFiles, makeFolder, removeFolder, sha256 } from "../../helpers/asset-folder.ts";

let folder = "";
beforeEach(async () => {
  folder = join(await makeFolder(), "assets");
});
afterEach(() => removeFolder(join(folder, "..")));

const hello = Buffer.from("hello");
const helloHash = sha256(hello);
const helloPlace = join(helloHash.slice(0, 2), helloHash.slice(2, 4), helloHash);
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

assetStoreContract("a disk", async () => {
  const own = await makeFolder();
  return {
    store: await openDiskAssetStore({ folder: own, minimumFreeBytes: 0 }),
    leftOvers: () => readdir(join(own, "temp")),
    close: () => removeFolder(own),
  };
});

describe("the disk asset store", () => {
  it("keeps bytes at a place that follows from their hash, and lists nothing else", async () => {
    const store = await open();
    await put(store, hello);
    expect(await listFiles(folder)).toEqual([helloPlace]);
    for (const name of ["readme.txt", join(helloHash.slice(0, 2), "x"), `${helloPlace}.old`]) {
      await writeFile(join(folder, name), "not ours");
    }
    await mkdir(join(folder, "00", "11", "22".repeat(32)), { recursive: true });
    const listed = [];
    for await (const page of store.list()) listed.push(...page.map(({ hash }) => hash));
    expect(listed).toEqual([helloHash]);
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

  it("sweeps what a crash left on its way in", async () => {
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
