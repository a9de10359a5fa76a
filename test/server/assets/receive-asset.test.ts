import { execFile } from "node:child_process";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { StorageFull, type AssetStore } from "../../../server/assets/asset-store.ts";
import { openDiskAssetStore } from "../../../server/assets/disk-asset-store.ts";
import { diskFiles } from "../../../server/assets/file-operations.ts";
import { createInspector } from "../../../server/assets/inspector.ts";
import { receiveAsset, type Received } from "../../../server/assets/receive-asset.ts";
import {
  listFiles,
  makeFolder,
  readAll,
  removeFolder,
  sha256,
} from "../../helpers/asset-folder.ts";
import { buildPng, noisePng } from "../../helpers/build-png.ts";

const inspector = createInspector();
afterAll(() => inspector.close());

let folder = "";
let store: AssetStore;
beforeEach(async () => {
  folder = await makeFolder();
  store = await openDiskAssetStore({ folder, minimumFreeBytes: 0 });
});
afterEach(() => removeFolder(folder));

const picture = buildPng({ widthPx: 12, heightPx: 8 });
const hash = sha256(picture);

describe("receiveAsset", () => {
  it("keeps a picture and describes it", async () => {
    const chunks = [picture.subarray(0, 20), picture.subarray(20)];
    const received = await receiveAsset({ store, inspector }, chunks, { expectedHash: hash });
    const asset = {
      hash,
      mediaType: "image/png",
      bytes: picture.length,
      widthPx: 12,
      heightPx: 8,
      durationMs: null,
    };
    expect(received).toEqual({ kind: "kept", asset });
    expect(await readAll(store.open(hash))).toEqual(picture);
    expect(await listFiles(folder)).toHaveLength(1);
  });

  it.each([
    ["a page", Buffer.from("<html>"), {}, "type-unsupported"],
    ["nothing", Buffer.alloc(0), {}, "empty"],
    ["half a picture", picture.subarray(0, 50), {}, "unreadable"],
    ["other bytes than announced", picture, { expectedHash: "0".repeat(64) }, "hash-mismatch"],
    ["too many bytes", picture, { maxBytes: 30 }, "too-large"],
  ])("refuses %s and keeps nothing of it", async (_name, bytes, options, code) => {
    const received = await receiveAsset({ store, inspector }, [bytes], options);
    expect(received).toMatchObject({ kind: "refused", code });
    expect(received).toHaveProperty("sentence", expect.stringMatching(/^[A-Z].+\.$/));
    expect(await listFiles(folder)).toEqual([]);
  });

  it("does not harm bytes that are there already when the same are refused", async () => {
    await receiveAsset({ store, inspector }, [picture]);
    const mostBytes = { image: 5, video: 1e6, audio: 5, text: 5 };
    const again = await receiveAsset({ store, inspector }, [picture], { mostBytes });
    expect(again).toMatchObject({ kind: "refused", code: "too-large" });
    expect(await store.has(hash)).toBe(true);
  });

  it("keeps the same picture from many sides at once", async () => {
    const all = Array.from({ length: 6 }, () => receiveAsset({ store, inspector }, [picture]));
    for (const received of await Promise.all(all)) expect(received.kind).toBe("kept");
    expect(await listFiles(folder)).toHaveLength(1);
  });

  it("F50: leaves nothing when the sender breaks off, or the receiver is told to stop", async () => {
    async function* broken() {
      yield await Promise.resolve(picture);
      throw new Error("aborted");
    }
    await expect(receiveAsset({ store, inspector }, broken())).rejects.toThrow("aborted");
    const stop = new AbortController();
    async function* stopping() {
      yield await Promise.resolve(picture);
      stop.abort(new Error("stopped"));
    }
    await expect(
      receiveAsset({ store, inspector }, stopping(), { signal: stop.signal }),
    ).rejects.toThrow("stopped");
    expect(await listFiles(folder)).toEqual([]);
  });

  it("F27: is not a refusal but an error when the disk is full, so that it can be tried again", async () => {
    const full = await openDiskAssetStore({
      folder,
      minimumFreeBytes: 0,
      files: {
        ...diskFiles,
        rename: () => Promise.reject(Object.assign(new Error("ENOSPC"), { code: "ENOSPC" })),
      },
    });
    const receiving = receiveAsset({ store: full, inspector }, [picture]);
    await expect(receiving).rejects.toBeInstanceOf(StorageFull);
    expect(await listFiles(folder)).toEqual([]);
  });

  it("F47: takes 48 MB of noise and holds little of them", async () => {
    const [warmUp, file] = [join(folder, "warm-up.png"), join(folder, "noise.png")];
    await writeFile(warmUp, noisePng(300, 300));
    await writeFile(file, noisePng(4_000, 4_000));
    const program = fileURLToPath(new URL("../../helpers/receive-file.ts", import.meta.url));
    const values = [program, join(folder, "other"), warmUp, file];
    const { stdout } = await promisify(execFile)(process.execPath, values);
    const { received, grownBytes } = JSON.parse(stdout) as {
      received: Received;
      grownBytes: number;
    };
    const { size } = await stat(file);
    expect(received).toMatchObject({
      kind: "kept",
      asset: { widthPx: 4_000, heightPx: 4_000, bytes: size },
    });
    expect(size).toBeGreaterThan(48e6);
    expect(grownBytes).toBeLessThan(50e6);
  });
});
