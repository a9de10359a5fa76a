import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  AssetMismatch,
  AssetTooLarge,
  type AssetStore,
  type StoredBytes,
} from "../../server/assets/asset-store.ts";
import { readAll, sha256 } from "../helpers/asset-folder.ts";

/** A store with nothing in it. */
export interface OpenAssetStore {
  readonly store: AssetStore;
  /** What lies about that is no kept asset: nothing, once whatever came was kept or refused. */
  leftOvers(): Promise<readonly string[]>;
  close(): Promise<void>;
}

const hello = Buffer.from("hello");
const helloHash = sha256(hello);
const limits = { maxBytes: 1_000 };

/** What every place for bytes must do alike. */
export function assetStoreContract(name: string, open: () => Promise<OpenAssetStore>): void {
  describe(`the asset store on ${name}`, () => {
    let opened: OpenAssetStore;
    let store: AssetStore;
    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterEach(() => opened.close());

    const put = async (bytes: Uint8Array) => {
      const staged = await store.stage([bytes], { maxBytes: 1e9 });
      await staged.keep();
      return staged.hash;
    };
    const listAll = async () => {
      const found: StoredBytes[] = [];
      for await (const page of store.list()) found.push(...page);
      return found;
    };

    it("keeps bytes under their hash and reads them whole, in part and in memory", async () => {
      const staged = await store.stage([hello.subarray(0, 2), hello.subarray(2)], limits);
      expect(staged).toMatchObject({ hash: helloHash, bytes: 5 });
      expect(await store.has(helloHash)).toBe(false);
      await staged.keep();
      await staged.discard();
      expect(await store.has(helloHash)).toBe(true);
      expect(await store.sizeOf(helloHash)).toBe(5);
      expect(await readAll(store.open(helloHash))).toEqual(hello);
      const middle = store.open(helloHash, { start: 1, end: 3 });
      expect(await readAll(middle)).toEqual(Buffer.from("ell"));
      expect(await store.read(helloHash)).toEqual(new Uint8Array(hello));
      expect(await opened.leftOvers()).toEqual([]);
    });

    it("lends bytes as a file for as long as they are used", async () => {
      await put(hello);
      const { readFile } = await import("node:fs/promises");
      const lent = await store.withFile(helloHash, (file) => readFile(file, "utf8"));
      expect(lent).toBe("hello");
      expect(await store.withFile(sha256(Buffer.from("x")), () => Promise.resolve(1))).toBeNull();
    });

    it("has nothing under a name that is no hash", async () => {
      await put(hello);
      for (const name of ["../x", `../${helloHash}`, helloHash.toUpperCase(), `${helloHash}\0`]) {
        expect(await store.has(name)).toBe(false);
        expect(await store.sizeOf(name)).toBeNull();
        expect(await store.read(name)).toBeNull();
        expect(await store.withFile(name, () => Promise.resolve(1))).toBeNull();
        await store.remove(name);
        expect(() => store.open(name)).toThrow(TypeError);
      }
      expect(await store.has(helloHash)).toBe(true);
    });

    it("forgets what is removed, twice too, and what is discarded", async () => {
      await put(hello);
      await store.remove(helloHash);
      await store.remove(helloHash);
      const staged = await store.stage([hello], limits);
      await staged.discard();
      expect(await store.has(helloHash)).toBe(false);
      expect(await store.sizeOf(helloHash)).toBeNull();
      expect(await store.read(helloHash)).toBeNull();
      await expect(readAll(store.open(helloHash))).rejects.toThrow();
      expect(await listAll()).toEqual([]);
      expect(await opened.leftOvers()).toEqual([]);
    });

    it("takes bytes again that were removed", async () => {
      await put(hello);
      await store.remove(helloHash);
      await put(hello);
      expect(await store.read(helloHash)).toEqual(new Uint8Array(hello));
    });

    it("lists what it has with its size and when it was written", async () => {
      const before = Date.now() - 60_000;
      const all = [hello, Buffer.from("world"), Buffer.alloc(70_000, 3)];
      for (const bytes of all) await put(bytes);
      const listed = await listAll();
      const known = (found: Pick<StoredBytes, "hash" | "bytes">) => `${found.hash} ${found.bytes}`;
      expect(listed.map(known).sort()).toEqual(
        all.map((bytes) => known({ hash: sha256(bytes), bytes: bytes.length })).sort(),
      );
      for (const { writtenAtMs } of listed) expect(writtenAtMs).toBeGreaterThan(before);
    });

    it("refuses more bytes than allowed as soon as they come, and stops the source", async () => {
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
      expect(await opened.leftOvers()).toEqual([]);
    });

    it("refuses bytes that were announced as others", async () => {
      const wrong = { ...limits, expectedHash: sha256(Buffer.from("other")) };
      await expect(store.stage([hello], wrong)).rejects.toBeInstanceOf(AssetMismatch);
      const right = await store.stage([hello], { ...limits, expectedHash: helloHash });
      await right.discard();
      expect(await opened.leftOvers()).toEqual([]);
    });

    it("leaves nothing of an upload whose sender breaks off or falls silent", async () => {
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
      const stopped = { ...limits, signal: stop.signal };
      await expect(store.stage(silent(), stopped)).rejects.toThrow("the reader left");
      await expect(store.stage([hello], stopped)).rejects.toThrow("the reader left");
      expect(await opened.leftOvers()).toEqual([]);
    });

    it("writes the same bytes from many sides at once and has them once", async () => {
      const bytes = Buffer.alloc(300_000, 7);
      const hashes = await Promise.all(Array.from({ length: 12 }, () => put(bytes)));
      expect(new Set(hashes).size).toBe(1);
      expect(await listAll()).toHaveLength(1);
      expect(await readAll(store.open(sha256(bytes)))).toEqual(bytes);
    });

    it("gives any range of a larger file, and ends where the reader leaves", async () => {
      const bytes = Buffer.from(Array.from({ length: 400_000 }, (_, at) => at % 251));
      const hash = await put(bytes);
      for (const [start, end] of [
        [0, 0],
        [131_071, 131_072],
        [399_999, 399_999],
        [5, 399_998],
      ] as const) {
        const part = await readAll(store.open(hash, { start, end }));
        expect(part.equals(bytes.subarray(start, end + 1))).toBe(true);
      }
      const reader = store.open(hash).getReader();
      await reader.read();
      await reader.cancel();
    });
  });
}
