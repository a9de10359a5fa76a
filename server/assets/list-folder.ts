import { join } from "node:path";
import { hashSchema } from "#domain/asset";
import type { StoredBytes } from "./asset-store.ts";
import { isSystemError, type FileOperations } from "./file-operations.ts";

/**
 * The assets that lie in a folder as `ab/cd/<hash>`, one inner folder at a time. Files of other names
 * are not ours and are left out.
 */
export async function* listFolder(
  files: FileOperations,
  folder: string,
): AsyncGenerator<readonly StoredBytes[]> {
  for (const outer of await names(files, folder, 2)) {
    for (const inner of await names(files, join(folder, outer), 2)) {
      const found: StoredBytes[] = [];
      for (const hash of await names(files, join(folder, outer, inner), 64)) {
        if (!hashSchema.safeParse(hash).success || !hash.startsWith(outer + inner)) continue;
        const stats = await files.stat(join(folder, outer, inner, hash)).catch(orGone);
        if (stats?.isFile()) found.push({ hash, bytes: stats.size, writtenAtMs: stats.mtimeMs });
      }
      if (found.length > 0) yield found;
    }
  }
}

async function names(files: FileOperations, folder: string, length: number): Promise<string[]> {
  const found = await files.readdir(folder).catch(orGone);
  return (found ?? []).filter((name) => name.length === length);
}

/** Others may take things away meanwhile. */
function orGone(error: unknown): null {
  if (isSystemError(error, "ENOENT", "ENOTDIR")) return null;
  throw error;
}
