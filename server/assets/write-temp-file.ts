import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { AssetTooLarge, type ByteSource } from "./asset-store.ts";
import type { FileOperations } from "./file-operations.ts";

/** The event loop is free again after so many bytes at most. */
const pieceBytes = 1024 * 1024;

/** What was written. */
export interface Written {
  readonly hash: string;
  readonly bytes: number;
}

/**
 * Writes a new file that only this user can read, hashed and counted on the way and safe from a
 * power cut when this resolves. Throws AssetTooLarge above `maxBytes`, the signal's
 * reason when it aborts, and what the source or the disk threw; the file is the caller's to remove.
 */
export async function writeTempFile(
  operations: FileOperations,
  file: string,
  source: ByteSource,
  { maxBytes, signal }: { readonly maxBytes: number; readonly signal?: AbortSignal | undefined },
): Promise<Written> {
  const handle = await operations.open(file, "wx", 0o600);
  try {
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const chunk of untilAborted(source, signal)) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new AssetTooLarge(maxBytes);
      hash.update(chunk);
      await writeWhole(handle, chunk);
    }
    await handle.sync();
    return { hash: hash.digest("hex"), bytes };
  } finally {
    await handle.close();
  }
}

/** One write may take less than it was given. */
async function writeWhole(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  let offset = 0;
  while (offset < chunk.length) {
    const { bytesWritten } = await handle.write(chunk, offset, chunk.length - offset);
    offset += bytesWritten;
  }
}

/** The source's bytes in small pieces, until the signal aborts: also while the source is silent. */
async function* untilAborted(
  source: ByteSource,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const stopped = Promise.withResolvers<never>();
  stopped.promise.catch(() => undefined);
  const stop = () => stopped.reject(signal?.reason);
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop, { once: true });
  const iterator =
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  let isDone = false;
  try {
    for (;;) {
      const next = await Promise.race([stopped.promise, iterator.next()]);
      isDone = next.done === true;
      if (next.done === true) return;
      for (let start = 0; start < next.value.length; start += pieceBytes) {
        yield next.value.subarray(start, start + pieceBytes);
      }
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    // Not awaited: a source that hangs would hold the end back for ever.
    if (!isDone) void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}
