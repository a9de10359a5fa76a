import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Another relay owns the folder. */
export class StoreLocked extends Error {
  override readonly name = "StoreLocked";

  constructor(folder: string, owner: string) {
    super(
      `Another relay${owner} already works on ${folder}. Stop it first, or set SPACES_DATA to another folder.`,
    );
  }
}

/** Who takes a folder: told to whoever comes second. */
export interface LockOwner {
  readonly pid: number;
  readonly nowMs: number;
}

/** A folder that this process owns. */
export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Takes a folder for one relay. The lock is the operating system's, taken through SQLite on a file of
 * its own: it ends with its process however that dies, cannot be taken over by two at once, and holds
 * between containers in which every relay has the same process id. Throws StoreLocked when another
 * relay has it. Nothing else may open relay.lock: closing any handle of a process on a file ends its
 * POSIX locks (https://sqlite.org/howtocorrupt.html, 2.2); who has it stands in relay.pid.
 */
export async function lockFolder(folder: string, owner: LockOwner): Promise<FolderLock> {
  const noteFile = join(folder, "relay.pid");
  const lock = new DatabaseSync(join(folder, "relay.lock"), { timeout: 0 });
  try {
    lock.exec("BEGIN IMMEDIATE");
  } catch (error) {
    lock.close();
    if (!isHeld(error)) throw error;
    throw new StoreLocked(folder, await readOwner(noteFile));
  }
  const note = `${owner.pid} ${new Date(owner.nowMs).toISOString()}\n`;
  await writeFile(noteFile, note, { mode: 0o600 });
  return {
    release: async () => {
      await rm(noteFile, { force: true });
      lock.close();
    },
  };
}

/** " (process 4711)", or nothing when its owner has not written it down yet. */
async function readOwner(noteFile: string): Promise<string> {
  const note = await readFile(noteFile, "utf8").catch(() => "");
  const pid = /^\d+/.exec(note)?.[0];
  return pid === undefined ? "" : ` (process ${pid})`;
}

/** SQLITE_BUSY. */
function isHeld(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === 5;
}
