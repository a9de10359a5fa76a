import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isSystemError } from "./file-operations.ts";

/**
 * Writes down whose assets lie in a folder, at the first time. False when it is another relay's: one that
 * was pointed at a new database sees a folder full of files that it knows nothing of, and must not sweep them.
 */
export async function claimFolder(folder: string, relay: string): Promise<boolean> {
  const file = join(folder, "relay");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await writeFile(file, relay, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (!isSystemError(error, "EEXIST")) throw error;
    return (await readFile(file, "utf8")) === relay;
  }
}
