import type { ByteRange } from "./asset-store.ts";
import { isSystemError, type FileOperations } from "./file-operations.ts";

const chunkBytes = 128 * 1024;

/** A file, or a range within it, piece by piece. Opens it at the first piece, closes it at the end. */
export async function* readFile(
  operations: FileOperations,
  file: string,
  range?: ByteRange,
): AsyncGenerator<Uint8Array> {
  const handle = await operations.open(file, "r");
  try {
    const { start, end } = range ?? { start: 0, end: (await handle.stat()).size - 1 };
    let position = start;
    while (position <= end) {
      const buffer = new Uint8Array(Math.min(chunkBytes, end - position + 1));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
      if (bytesRead === 0) throw new RangeError("The range goes beyond the end of the file.");
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** Bytes of a file, or null when there is none. */
export async function fileSize(operations: FileOperations, file: string): Promise<number | null> {
  try {
    const stats = await operations.stat(file);
    return stats.isFile() ? stats.size : null;
  } catch (error) {
    if (isSystemError(error, "ENOENT", "ENOTDIR")) return null;
    throw error;
  }
}
