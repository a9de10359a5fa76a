import { sql } from "kysely";
import type { Database } from "./database.ts";

// Relay processes that share a PostgreSQL database. Each has a row for as long as it says again and
// again that it lives; what it has taken (turns.ts) goes with its row. The database's clock decides,
// because two machines never agree about the time.

/** The time of the database, in milliseconds since 1970, at the moment that it is asked. */
export const databaseNowMs = sql<number>`(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT`;

/** Writes a process down; it counts as alive for `leaseMs` from now. */
export async function joinProcesses(
  database: Database,
  process: string,
  leaseMs: number,
): Promise<void> {
  const until = sql<number>`${databaseNowMs} + ${leaseMs}`;
  await database.insertInto("relay_process").values({ id: process, until }).execute();
}

/** Says that a process lives on. False when it was taken for dead: what it had taken is gone. */
export async function renewProcess(
  database: Database,
  process: string,
  leaseMs: number,
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable("relay_process")
    .set({ until: sql<number>`${databaseNowMs} + ${leaseMs}` })
    .where("id", "=", process)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Takes away the processes that have not said for their lease that they live, and all they had taken. */
export async function forgetDeadProcesses(database: Database): Promise<void> {
  await database.deleteFrom("relay_process").where("until", "<", databaseNowMs).execute();
}

/** Takes away a process that ends, and all it had taken. */
export async function leaveProcesses(database: Database, process: string): Promise<void> {
  await database.deleteFrom("relay_process").where("id", "=", process).execute();
}
