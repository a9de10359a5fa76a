import type { Insertable } from "kysely";
import { runEventSchema, type NumberedEvent, type RunEvent } from "#domain/run-event";
import type { Database, Transaction } from "./database.ts";
import { prepare } from "./prepare.ts";
import { inParts } from "./row-parts.ts";
import type { Schema } from "./schema.ts";

const countEvent = prepare((database, { team, run }: { team: string; run: string }) =>
  database
    .updateTable("run")
    .set((expression) => ({ last_event: expression("last_event", "+", 1) }))
    .where("team", "=", team)
    .where("id", "=", run)
    .returning("last_event")
    .compile(),
);

const insertRows = prepare((database, { rows }: { rows: readonly Insertable<Schema["event"]>[] }) =>
  database.insertInto("event").values(rows).compile(),
);

/** Writes events down behind the last one of a run, whose counter the caller has set already. */
export async function insertEvents(
  transaction: Transaction,
  team: string,
  run: string,
  { after, events, nowMs }: { after: number; events: readonly RunEvent[]; nowMs: number },
): Promise<void> {
  const rows = events.map((event, at) => ({
    team,
    run,
    number: after + at + 1,
    at: nowMs,
    is_end: event.type === "run-end" ? 1 : 0,
    event: JSON.stringify(runEventSchema.parse(event)),
  }));
  for (const some of inParts(rows)) await insertRows(transaction, { rows: some });
}

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
  const { rows } = await countEvent(transaction, { team, run });
  const [row] = rows;
  if (!row) throw new Error(`There is no run ${run}.`);
  await insertEvents(transaction, team, run, {
    after: row.last_event - 1,
    events: [event],
    nowMs,
  });
  return row.last_event;
}

const eventsBehind = prepare(
  (
    database,
    { team, run, number, limit }: { team: string; run: string; number: number; limit: number },
  ) =>
    database
      .selectFrom("event")
      .select(["number", "at", "event"])
      .where("team", "=", team)
      .where("run", "=", run)
      .where("number", ">", number)
      .orderBy("number")
      .limit(limit)
      .compile(),
);

/** The events of a run behind a number, in order, at most `limit`. */
export async function eventsAfter(
  database: Database,
  team: string,
  run: string,
  number: number,
  limit: number,
): Promise<NumberedEvent[]> {
  const { rows } = await eventsBehind(database, { team, run, number, limit });
  return rows.map((row) => ({
    number: row.number,
    atMs: row.at,
    event: runEventSchema.parse(JSON.parse(row.event)),
  }));
}
