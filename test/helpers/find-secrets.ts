import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import postgres from "postgres";
import { onTestFinished } from "vitest";

/** Where a text was found, by the name of the place; nothing of what stands there. */
export type Found = readonly string[];

/** The forms in which a secret could stand somewhere. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [secret, bytes.toString("base64").replace(/=+$/, ""), bytes.toString("hex")];
}

/** The places whose bytes hold one of the secrets, in any of the forms. */
export function findSecrets(
  secrets: readonly string[],
  places: Iterable<readonly [name: string, content: string | Uint8Array]>,
): Found {
  const forms = secrets.flatMap(formsOf);
  const found: string[] = [];
  for (const [name, content] of places) {
    const bytes = Buffer.from(content);
    if (forms.some((form) => bytes.includes(form))) found.push(name);
  }
  return found;
}

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

/** Every file of a folder, with its bytes. */
export async function filesOf(folder: string): Promise<[string, Uint8Array][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async ({ parentPath, name }): Promise<[string, Uint8Array]> => {
      const path = join(parentPath, name);
      return [path, await readFile(path)];
    }),
  );
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
