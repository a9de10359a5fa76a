import { sql, type Kysely } from "kysely";
import type { Migration } from "./migrations.ts";
import type { Schema } from "./schema.ts";

/**
 * Brings the tables to this program's form, each change in a commit of its own: one that is broken
 * off leaves nothing and is done again at the next start. Throws one sentence when the tables come
 * from a newer program, before any of them is touched.
 */
export async function migrate(
  database: Kysely<Schema>,
  migrations: readonly Migration[],
): Promise<void> {
  await sql`CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, place INTEGER NOT NULL)`.execute(
    database,
  );
  const done = await database.selectFrom("migration").selectAll().orderBy("place").execute();
  const unknown = done.find((each) => !migrations.some(({ name }) => name === each.name));
  if (unknown) {
    throw new Error(
      `This data was written by a newer version of Spaces (it has "${unknown.name}"). Update, then start again.`,
    );
  }
  for (const [place, migration] of migrations.entries()) {
    if (done.some((each) => each.name === migration.name)) continue;
    await database.transaction().execute(async (transaction) => {
      for (const statement of migration.statements) await sql.raw(statement).execute(transaction);
      await transaction.insertInto("migration").values({ name: migration.name, place }).execute();
    });
  }
}
