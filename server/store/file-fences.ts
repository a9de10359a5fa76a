import type { FileFence } from "#domain/file-fence";
import type { Database, Transaction } from "./database.ts";

/** Sessions that showed themselves longer ago than this are forgotten; they open the file anew. */
const sessionMs = 7 * 24 * 3_600_000;

/** What the relay remembers of a file, or null for one that nobody has opened. */
export async function findFence(
  database: Database,
  team: string,
  file: string,
): Promise<FileFence | null> {
  const row = await database
    .selectFrom("file_fence")
    .selectAll()
    .where("team", "=", team)
    .where("file", "=", file)
    .executeTakeFirst();
  if (!row) return null;
  const { generation, name, session } = row;
  return { generation, name, fileKey: row.file_key, session, openedAtMs: row.opened_at };
}

/**
 * Remembers a file by a newer generation. False, and nothing written, when the one that is known is as
 * new: somebody else opened the file in between.
 */
export async function saveFence(
  transaction: Transaction,
  team: string,
  file: string,
  fence: FileFence,
): Promise<boolean> {
  const values = {
    generation: fence.generation,
    name: fence.name,
    file_key: fence.fileKey,
    session: fence.session,
    opened_at: fence.openedAtMs,
  };
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto("file_fence")
    .values({ team, file, ...values })
    .onConflict((conflict) =>
      conflict
        .columns(["team", "file"])
        .doUpdateSet(values)
        .where("file_fence.generation", "<", fence.generation),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** The newest generation that a session of a file showed or was given, or null for an unknown one. */
export async function findSession(
  database: Database,
  team: string,
  file: string,
  session: string,
): Promise<number | null> {
  const row = await database
    .selectFrom("file_session")
    .select("generation")
    .where("team", "=", team)
    .where("file", "=", file)
    .where("session", "=", session)
    .executeTakeFirst();
  return row?.generation ?? null;
}

/** Notes the generation of a session of a file, and forgets sessions that are long gone. */
export async function saveSession(
  transaction: Transaction,
  team: string,
  file: string,
  values: { readonly session: string; readonly generation: number; readonly nowMs: number },
): Promise<void> {
  const { session, generation, nowMs } = values;
  await transaction
    .deleteFrom("file_session")
    .where("team", "=", team)
    .where("file", "=", file)
    .where("seen_at", "<", nowMs - sessionMs)
    .execute();
  const seen = { generation, seen_at: nowMs };
  await transaction
    .insertInto("file_session")
    .values({ team, file, session, ...seen })
    .onConflict((conflict) => conflict.columns(["team", "file", "session"]).doUpdateSet(seen))
    .execute();
}
