import { chmod, stat } from "node:fs/promises";
import { join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { Kysely, sql } from "kysely";
import type { Database } from "./database.ts";
import { createPostgresConnections } from "./postgres-connections.ts";
import { postgresDialect } from "./postgres-dialect.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";

/** What a store says of itself, for a backup. */
export interface Contents {
  /** The relay's id; null where no relay has ever started on it. */
  readonly relay: string | null;
  /** The newest change of its tables. */
  readonly tables: string;
  /** The bytes that its index names, each once. */
  readonly assets: readonly { readonly hash: string; readonly bytes: number }[];
}

/** A database that cannot be copied or read, in a sentence. */
export class SnapshotFailed extends Error {
  override readonly name = "SnapshotFailed";
}

/** All pages in one step: what another process commits meanwhile is in it whole or not at all. */
const allPages = 2 ** 31 - 1;

/**
 * Copies the database of a folder into a file of its own by SQLite's online backup, as it is between two
 * commits. The relay may be at work: SQLite's own locks hold between processes, and readers do not keep
 * writers waiting (WAL). It never touches relay.lock, which is the relay's own.
 */
export async function copyDatabase(folder: string, target: string): Promise<void> {
  const source = join(folder, "relay.db");
  if (!(await stat(source).catch(() => null))) {
    throw new SnapshotFailed(`There is no relay's data in ${folder}. Look at SPACES_DATA.`);
  }
  const database = new DatabaseSync(source, { timeout: 5_000 });
  try {
    await backup(database, target, { rate: allPages });
  } finally {
    database.close();
  }
  await chmod(target, 0o600);
}

/** Reads a copy, which must be whole. Throws SnapshotFailed. */
export async function readCopy(file: string): Promise<Contents> {
  const raw = new DatabaseSync(file);
  const database: Database = new Kysely({ dialect: sqliteDialect(raw, (ms) => sleep(ms)) });
  try {
    // Of one file alone, without the companions that a relay at work has.
    raw.exec("PRAGMA journal_mode = DELETE");
    const [found] = raw.prepare("PRAGMA integrity_check(1)").all();
    if (found?.["integrity_check"] !== "ok") throw new SnapshotFailed("The database is damaged.");
    return await readContents(database);
  } finally {
    await database.destroy();
  }
}

/** Reads what a PostgreSQL database says of itself, and changes nothing in it. */
export async function readPostgres(url: string): Promise<Contents> {
  const dialect = postgresDialect(createPostgresConnections(url, 1));
  const database: Database = new Kysely({ dialect });
  try {
    return await readContents(database);
  } finally {
    await database.destroy();
  }
}

async function readContents(database: Database): Promise<Contents> {
  const team = await database.selectFrom("team").select("relay").limit(1).executeTakeFirst();
  const newest = await database
    .selectFrom("migration")
    .select("name")
    .orderBy("place", "desc")
    .executeTakeFirstOrThrow();
  const assets = await database
    .selectFrom("asset")
    .select(["hash", sql<number>`max(bytes)`.as("bytes")])
    .groupBy("hash")
    .orderBy("hash")
    .execute();
  return { relay: team?.relay ?? null, tables: newest.name, assets };
}
