import { runEventSchema, type NumberedEvent, type RunEvent } from "#domain/run-event";
import type { Database, Transaction } from "./database.ts";

/**
 * Adds an event to a run, in the commit of what it tells. Numbers go from 1 without a gap: the run's
 * own counter gives them, within the transaction. Answers the number. Throws for a run that the team
 * does not have, NotUnique for a second run-end, and for an event that could not be read back: it would
 * end every reader's stream for good.
 */
export async function appendEvent(
  transaction: Transaction,
  team: string,
  run: string,
  event: RunEvent,
  nowMs: number,
): Promise<number> {
  const row = await transaction
    .updateTable("run")
    .set((expression) => ({ last_event: expression("last_event", "+", 1) }))
    .where("team", "=", team)
    .where("id", "=", run)
    .returning("last_event")
    .executeTakeFirstOrThrow(() => new Error(`There is no run ${run}.`));
  await transaction
    .insertInto("event")
    .values({
      team,
      run,
      number: row.last_event,
      at: nowMs,
      is_end: event.type === "run-end" ? 1 : 0,
      event: JSON.stringify(runEventSchema.parse(event)),
    })
    .execute();
  return row.last_event;
}

/** The events of a run behind a number, in order, at most `limit`. */
export async function eventsAfter(
  database: Database,
  team: string,
  run: string,
  number: number,
  limit: number,
): Promise<NumberedEvent[]> {
  const rows = await database
    .selectFrom("event")
    .select(["number", "at", "event"])
    .where("team", "=", team)
    .where("run", "=", run)
    .where("number", ">", number)
    .orderBy("number")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    number: row.number,
    atMs: row.at,
    event: runEventSchema.parse(JSON.parse(row.event)),
  }));
}
