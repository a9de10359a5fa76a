import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openAssets } from "../../../server/assets/assets.ts";
import { openDiskAssetStore } from "../../../server/assets/disk-asset-store.ts";
import { diskFiles, type FileOperations } from "../../../server/assets/file-operations.ts";
import { systemClock } from "../../../server/clock.ts";
import { findAsset } from "../../../server/store/asset-index.ts";
import { openStore } from "../../../server/store/open-store.ts";
import { listFiles, makeFolder, removeFolder, sha256 } from "../../helpers/asset-folder.ts";
import { buildPng } from "../../helpers/build-png.ts";

let folder = "";
beforeEach(async () => {
  folder = await makeFolder();
});
afterEach(() => removeFolder(folder));

/** A disk that writes down what is done with it, in order. */
function recording(done: string[]): FileOperations {
  return {
    ...diskFiles,
    open: async (path, flags, ...rest) => {
      const handle = await diskFiles.open(path, flags, ...rest);
      const name = flags === "r" ? `folder ${String(path)}` : "file";
      const write = handle.write.bind(handle) as (...values: unknown[]) => unknown;
      const sync = handle.sync.bind(handle);
      Object.assign(handle, {
        write: (...values: unknown[]) => {
          done.push(`write ${name}`);
          return write(...values);
        },
        sync: () => {
          done.push(`sync ${name}`);
          return sync();
        },
      });
      return handle;
    },
    rename: async (from, to) => {
      done.push("rename");
      await diskFiles.rename(from, to);
    },
  };
}

describe("F9: bytes that are told to be kept", () => {
  test("were written, synced, renamed, and their folders synced, in this order", async () => {
    const done: string[] = [];
    const store = await openDiskAssetStore({ folder, files: recording(done), minimumFreeBytes: 0 });
    const bytes = Buffer.from("hello");
    const staged = await store.stage([bytes], { maxBytes: 1_000 });
    done.push("staged");
    await staged.keep();
    const hash = sha256(bytes);
    const inner = join(folder, hash.slice(0, 2), hash.slice(2, 4));
    expect(done).toEqual([
      "write file",
      "sync file",
      "staged",
      "rename",
      ...[inner, dirname(inner), folder].map((each) => `sync folder ${each}`),
    ]);
  });

  test("have their row only after that: a crash in between leaves a file and no row", async () => {
    const data = join(folder, "data");
    const store = await openStore({ folder: data, nowMs: () => 0 });
    const crash = (name: string) =>
      name === "afterStore" ? Promise.reject(new Error("crash")) : Promise.resolve();
    const parts = { store, clock: systemClock, isShared: false };
    const picture = buildPng({ widthPx: 4, heightPx: 4 });
    const dying = await openAssets(join(folder, "assets"), { ...parts, reach: crash });
    await expect(dying.keep("red", picture)).rejects.toThrow("crash");
    expect(await findAsset(store.database, "red", sha256(picture))).toBeNull();
    expect(await listFiles(join(folder, "assets"))).toHaveLength(1);
    await dying.close();
    const reach = () => Promise.resolve();
    const next = await openAssets(join(folder, "assets"), { ...parts, reach });
    expect((await next.keep("red", picture)).kind).toBe("kept");
    expect(await findAsset(store.database, "red", sha256(picture))).not.toBeNull();
    await next.close();
    await store.close();
  });
});
