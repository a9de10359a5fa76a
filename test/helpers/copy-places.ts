import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import postgres from "postgres";
import { onTestFinished } from "vitest";

/**
 * A copy of a folder that a store may be open in, made by another process: whoever closes a file of SQLite
 * in this one would end its locks (https://sqlite.org/howtocorrupt.html, 2.2).
 */
export async function copyFolder(folder: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "spaces-copy-"));
  onTestFinished(() => rm(copy, { recursive: true, force: true }));
  const words = "fs.cpSync(process.argv[1], process.argv[2], { recursive: true })";
  execFileSync(execPath, ["-e", words, folder, copy]);
  return copy;
}

/** Every row of every table of a PostgreSQL database, as text. */
export async function rowsOf(url: string): Promise<[string, string][]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const tables = await sql<{ schema: string; name: string }[]>`
      SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
      WHERE table_schema NOT IN ('pg_catalog', 'information_schema')`;
    const all: [string, string][] = [];
    for (const { schema, name } of tables) {
      const rows = await sql<{ row: string }[]>`
        SELECT each::text AS row FROM ${sql(schema)}.${sql(name)} AS each`;
      all.push([`${schema}.${name}`, rows.map(({ row }) => row).join("\n")]);
    }
    return all;
  } finally {
    await sql.end();
  }
}
