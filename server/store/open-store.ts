import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { pid } from "node:process";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { Kysely } from "kysely";
import type { Database } from "./database.ts";
import { lockFolder } from "./lock-folder.ts";
import { migrate } from "./migrate.ts";
import { createMigrations, type Migration } from "./migrations.ts";
import { sqliteFlavour } from "./sql-flavour.ts";
import { shareCommits, type DoTransaction } from "./share-commits.ts";
import { sqliteDialect, type Wait } from "./sqlite-dialect.ts";

/** The relay's memory: what is committed here has happened. */
export interface Store {
  readonly database: Database;
  /**
   * Does the work in one commit: all of it or, when it throws, nothing. Within it every query goes
   * through the transaction; one past it throws. Throws StorageFull when there is no room. Work of
   * runs lets that go first for which somebody waits.
   */
  readonly transaction: DoTransaction;
  /** Waits for what was asked before, then closes and gives the folder free. */
  close(): Promise<void>;
}

/** How a store is opened. */
export interface StoreOptions {
  readonly folder: string;
  readonly nowMs: () => number;
  /** The process that a second relay is told of; this one unless said. */
  readonly pid?: number;
  /** How to wait while another program, such as a backup, holds the database; a timer unless said. */
  readonly wait?: Wait;
  /** Other tables than the released ones; for tests of upgrades. */
  readonly migrations?: readonly Migration[];
}

/**
 * Opens the store of a folder and owns the folder until it is closed. Throws StoreLocked when another
 * relay owns it, and one sentence when the store was written by a newer program or cannot be read.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { folder } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of ["relay.lock", "relay.db"]) await createPrivate(join(folder, name));
  const lock = await lockFolder(folder, { pid: options.pid ?? pid, nowMs: options.nowMs() });
  try {
    const file = openFile(join(folder, "relay.db"));
    const dialect = sqliteDialect(file, options.wait ?? ((durationMs) => sleep(durationMs)));
    const database: Database = new Kysely({ dialect });
    try {
      await migrate(database, options.migrations ?? createMigrations(sqliteFlavour));
    } catch (error) {
      await database.destroy();
      throw error;
    }
    const commits = shareCommits(database);
    return {
      database,
      transaction: commits.transaction,
      close: async () => {
        await commits.rest();
        await database.destroy();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Makes a file that only its owner reads; SQLite gives its companions (-wal, -shm) the same mode. */
async function createPrivate(path: string): Promise<void> {
  try {
    const file = await open(path, "wx", 0o600);
    await file.close();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return;
    throw error;
  }
}

/**
 * Every commit reaches the disk before it is told (synchronous FULL), in one file (WAL). A lock of
 * another program is waited for by the dialect, off the event loop; only here SQLite itself waits.
 */
function openFile(path: string): DatabaseSync {
  const file = new DatabaseSync(path, { timeout: 250 });
  try {
    file.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
    file.exec("PRAGMA busy_timeout = 0");
    return file;
  } catch (error) {
    file.close();
    throw new Error(`${path} cannot be read as the relay's data. Put a backup in its place.`, {
      cause: error,
    });
  }
}
