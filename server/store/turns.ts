import { sql } from "kysely";
import type { Database } from "./database.ts";

// What only so many of the processes on a PostgreSQL database may do at a time. A turn is a row, so
// that the database itself refuses one too many; it goes when its process gives it back or is dead.

/**
 * Takes one of a provider's places for a process. Answers its number, from 0, or null when all are
 * taken. Throws when the process is not among the living.
 */
export async function takePlace(
  database: Database,
  provider: string,
  places: number,
  process: string,
): Promise<number | null> {
  for (;;) {
    const { rows: free } = await sql<{ place: number }>`
      SELECT place FROM generate_series(0, ${places}::INTEGER - 1) AS place
      WHERE NOT EXISTS (SELECT FROM provider_place AS taken
        WHERE taken.provider = ${provider} AND taken.place = place.place)
      ORDER BY random() LIMIT 1`.execute(database);
    const [found] = free;
    if (!found) return null;
    const taken = await database
      .insertInto("provider_place")
      .values({ provider, place: found.place, process })
      .onConflict((conflict) => conflict.doNothing())
      .returning("place")
      .executeTakeFirst();
    // Somebody else may have been quicker, at this place; another one may still be free.
    if (taken) return taken.place;
  }
}

/** Gives a place back. */
export async function leavePlace(
  database: Database,
  provider: string,
  place: number,
  process: string,
): Promise<void> {
  await database
    .deleteFrom("provider_place")
    .where("provider", "=", provider)
    .where("place", "=", place)
    .where("process", "=", process)
    .execute();
}

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
