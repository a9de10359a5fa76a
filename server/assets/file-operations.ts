import * as files from "node:fs/promises";
import { join } from "node:path";

/** What the asset store does with a disk; handed in so that a full or broken disk can be tried. */
export type FileOperations = Pick<
  typeof files,
  "chmod" | "mkdir" | "open" | "readdir" | "readFile" | "rename" | "rm" | "stat" | "statfs"
>;

/** The machine's own disk. */
export const diskFiles: FileOperations = files;

/** Whether an error of the system has this code, as "ENOENT". */
export function isSystemError(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.some((code) => error.code === code);
}

/**
 * Makes the names in a folder durable: a rename is safe from a power cut only after this. Does
 * nothing where folders cannot be opened (Windows).
 */
export async function syncFolder(operations: FileOperations, folder: string): Promise<void> {
  const handle = await operations.open(folder, "r").catch((error: unknown) => {
    if (isSystemError(error, "EISDIR", "EPERM", "EACCES")) return null;
    throw error;
  });
  if (!handle) return;
  try {
    await handle.sync();
  } catch (error) {
    if (!isSystemError(error, "EPERM", "EINVAL")) throw error;
  } finally {
    await handle.close();
  }
}

/**
 * Makes a folder that only this user can enter, and sweeps from it what was last written before a time
 * in milliseconds since 1970: where other processes use it too, theirs is younger.
 */
export async function makeSweptFolder(
  operations: FileOperations,
  folder: string,
  beforeMs: number,
): Promise<void> {
  await operations.mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await operations.readdir(folder)) {
    const path = join(folder, name);
    const found = await operations.stat(path).catch((error: unknown) => {
      // Its owner was quicker.
      if (isSystemError(error, "ENOENT")) return null;
      throw error;
    });
    if (found && found.mtimeMs < beforeMs) await operations.rm(path, { force: true });
  }
}
