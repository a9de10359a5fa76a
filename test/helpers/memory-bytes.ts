import { createHash } from "node:crypto";
import type { AssetStore } from "../../server/assets/asset-store.ts";

/** Bytes in memory with the time of a test, and the crashes that it wants. */
export interface MemoryBytes {
  readonly store: AssetStore;
  readonly kept: Map<string, { readonly bytes: Uint8Array; readonly writtenAtMs: number }>;
  /** The next removal ends the process, before or after the bytes are gone. */
  crashAtRemoval: "before" | "after" | null;
}

/** The end of a process at some point. */
export class Crash extends Error {}

/** An asset store in memory. Like every other, it leaves bytes alone that it has already. */
export function openMemoryBytes(nowMs: () => number): MemoryBytes {
  const kept: MemoryBytes["kept"] = new Map();
  const no = () => Promise.reject(new Error("Not in these tests."));
  const memory: MemoryBytes = {
    kept,
    crashAtRemoval: null,
    store: {
      stage: async (source) => {
        const pieces: Uint8Array[] = [];
        for await (const piece of source) pieces.push(piece);
        const bytes = Buffer.concat(pieces);
        const hash = createHash("sha256").update(bytes).digest("hex");
        return {
          hash,
          bytes: bytes.length,
          file: "",
          keep: () => {
            if (!kept.has(hash)) kept.set(hash, { bytes, writtenAtMs: nowMs() });
            return Promise.resolve();
          },
          discard: () => Promise.resolve(),
        };
      },
      has: (hash) => Promise.resolve(kept.has(hash)),
      sizeOf: (hash) => Promise.resolve(kept.get(hash)?.bytes.length ?? null),
      read: (hash) => Promise.resolve(kept.get(hash)?.bytes ?? null),
      open: () => new ReadableStream(),
      withFile: no,
      remove: async (hash) => {
        const crash = memory.crashAtRemoval;
        memory.crashAtRemoval = null;
        if (crash === "before") throw new Crash();
        // Others get their turn while a storage is asked.
        await new Promise((resolve) => setImmediate(resolve));
        kept.delete(hash);
        if (crash === "after") throw new Crash();
      },
      checkRoom: () => Promise.resolve(),
      list: async function* () {
        await Promise.resolve();
        const all = [...kept].map(([hash, { bytes, writtenAtMs }]) => ({
          hash,
          bytes: bytes.length,
          writtenAtMs,
        }));
        for (let at = 0; at < all.length; at += 2) yield all.slice(at, at + 2);
      },
    },
  };
  return memory;
}
