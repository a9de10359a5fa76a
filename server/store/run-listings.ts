import * as z from "zod";
import type { Selectable } from "kysely";
import { planSchema, type Plan } from "#domain/plan";
import { runEndSchema } from "#domain/run-event";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

const stateSchema = z.union([z.literal("running"), runEndSchema]);

/** The columns of a {@link RunListing}. */
const listed = [
  ...(["id", "team", "member", "file", "plan", "state", "is_cancel_requested"] as const),
  ...(["credits", "micro_dollars", "last_event", "started_at", "ended_at"] as const),
] as const;

/** A run as a list shows it. */
export interface RunListing {
  readonly id: string;
  readonly team: string;
  readonly member: string;
  readonly file: string;
  readonly plan: Plan;
  readonly state: z.infer<typeof stateSchema>;
  readonly isCancelRequested: boolean;
  readonly credits: number;
  readonly microDollars: number;
  readonly lastEvent: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
}

/**
 * The newest runs of a file, newest first, at most `limit`. Without their graphs: reading fifty of
 * the largest would keep everybody else waiting for a third of a second.
 */
export async function listRuns(
  database: Database,
  team: string,
  file: string,
  limit = 50,
): Promise<RunListing[]> {
  const rows = await database
    .selectFrom("run")
    .select(listed)
    .where("team", "=", team)
    .where("file", "=", file)
    .orderBy("started_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map(readListing);
}

/** A run of the team with the name of its file, as it was called when it was opened last. */
export interface TeamRunListing extends RunListing {
  /** Null for a file that no panel opened. */
  readonly fileName: string | null;
}

/** The newest runs of a team, of every file, newest first, at most `limit`. Without their graphs. */
export async function listTeamRuns(
  database: Database,
  team: string,
  limit = 50,
): Promise<TeamRunListing[]> {
  // Their plans are read once it is known which ones they are: sorting carries ids alone.
  const newest = database
    .selectFrom("run")
    .select("id")
    .where("team", "=", team)
    .orderBy("started_at", "desc")
    .orderBy("id", "desc")
    .limit(limit);
  const rows = await database
    .selectFrom("run")
    .leftJoin("file_fence", (join) =>
      join.onRef("file_fence.team", "=", "run.team").onRef("file_fence.file", "=", "run.file"),
    )
    .select(listed.map((column) => `run.${column}` as const))
    .select("file_fence.name as file_name")
    .where("run.id", "in", newest)
    .orderBy("run.started_at", "desc")
    .orderBy("run.id", "desc")
    .execute();
  return rows.map((row) => ({ ...readListing(row), fileName: row.file_name }));
}

/** A row as a list shows it. */
export function readListing(
  row: Pick<Selectable<Schema["run"]>, (typeof listed)[number]>,
): RunListing {
  return {
    id: row.id,
    team: row.team,
    member: row.member,
    file: row.file,
    plan: planSchema.parse(JSON.parse(row.plan)),
    state: stateSchema.parse(row.state),
    isCancelRequested: row.is_cancel_requested === 1,
    credits: row.credits,
    microDollars: row.micro_dollars,
    lastEvent: row.last_event,
    startedAtMs: row.started_at,
    endedAtMs: row.ended_at,
  };
}
