import type { Database } from "./database.ts";

// What only one of the processes on a PostgreSQL database may do at a time. A turn is a row, so that
// the database itself refuses a second one; it goes when its process gives it back or is dead.

/** Takes a run for a process, to work on it alone. False when another process has it. */
export async function takeRun(database: Database, run: string, process: string): Promise<boolean> {
  const taken = await database
    .insertInto("run_turn")
    .values({ run, process })
    .onConflict((conflict) => conflict.doNothing())
    .returning("run")
    .executeTakeFirst();
  return taken !== undefined;
}

/** Gives a run back. */
export async function leaveRun(database: Database, run: string, process: string): Promise<void> {
  await database
    .deleteFrom("run_turn")
    .where("run", "=", run)
    .where("process", "=", process)
    .execute();
}
