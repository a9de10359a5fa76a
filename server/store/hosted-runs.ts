import { sql } from "kysely";
import type { Database, Transaction } from "./database.ts";

// Which open runs are worked on, and which wait in the database for earlier ones of the same member.
// So one member's five hundred runs keep nobody else from starting, and a start of the relay loads few.

/** So many runs of a member are worked on at a time, by all processes together. */
export const mostHosted = 24;

/** Whether a new run of a member is worked on at once: nothing of theirs waits before it. */
export async function hasRoomToHost(
  transaction: Transaction,
  team: string,
  member: string,
): Promise<boolean> {
  return (await countOpen(transaction, { team, member, isHosted: [0, 1] })) < mostHosted;
}

/** How many runs of a member are open, {@link mostHosted} at most: read from an index alone. */
async function countOpen(
  database: Database,
  { team, member, isHosted }: { team: string; member: string; isHosted: number[] },
): Promise<number> {
  const open = await database
    .selectFrom("run")
    .select("started_at")
    .where("state", "=", "running")
    .where("is_hosted", "in", isHosted)
    .where("team", "=", team)
    .where("member", "=", member)
    .limit(mostHosted)
    .execute();
  return open.length;
}

/** Every open run that is worked on or was when its process died, oldest first. */
export async function hostedRuns(database: Database): Promise<{ team: string; run: string }[]> {
  return database
    .selectFrom("run")
    .select(["team", "id as run"])
    .where("state", "=", "running")
    .where("is_hosted", "=", 1)
    .orderBy("started_at")
    .execute();
}

/** Everybody whose runs wait for earlier ones of theirs. */
export async function waitingMembers(
  database: Database,
): Promise<{ team: string; member: string }[]> {
  return database
    .selectFrom("run")
    .select(["team", "member"])
    .distinct()
    .where("state", "=", "running")
    .where("is_hosted", "=", 0)
    .execute();
}

/** Takes on the oldest waiting runs of a member, as many as there is room for. Answers which. */
export async function hostWaiting(
  database: Database,
  team: string,
  member: string,
): Promise<string[]> {
  const roomNow = async () =>
    mostHosted - (await countOpen(database, { team, member, isHosted: [1] }));
  // A full house is told from the index alone.
  if ((await roomNow()) === 0) return [];
  const waiting = await database
    .selectFrom("run")
    .select("id")
    .where("state", "=", "running")
    .where("is_hosted", "=", 0)
    .where("team", "=", team)
    .where("member", "=", member)
    .orderBy("started_at")
    .orderBy("id")
    .limit(mostHosted)
    .execute();
  if (waiting.length === 0) return [];
  // Counted after what waits was read: whatever another process took on meanwhile counts here.
  const next = waiting.slice(0, await roomNow()).map(({ id }) => id);
  if (next.length === 0) return [];
  // Another process may be doing the same; each run is taken on by one.
  const taken = await database
    .updateTable("run")
    .set({ is_hosted: 1 })
    .where("team", "=", team)
    .where("id", "in", next)
    .where("is_hosted", "=", 0)
    .returning("id")
    .execute();
  return taken.map(({ id }) => id);
}

/** Takes a run on whatever else its member has open: one that is stopped is over in a moment. */
export async function hostRun(transaction: Transaction, team: string, id: string): Promise<void> {
  await transaction
    .updateTable("run")
    .set({ is_hosted: 1 })
    .where("team", "=", team)
    .where("id", "=", id)
    .execute();
}

/** How many runs of a team are open, and how many calls they make in all. */
export async function openWork(
  transaction: Transaction,
  team: string,
): Promise<{ readonly runs: number; readonly calls: number }> {
  const { rows } = await sql<{ runs: number; calls: number }>`
    SELECT COUNT(*) AS runs, CAST(COALESCE(SUM(calls), 0) AS BIGINT) AS calls FROM run
    WHERE state = 'running' AND is_hosted IN (0, 1) AND team = ${team}`.execute(transaction);
  return rows[0] ?? { runs: 0, calls: 0 };
}

/** Whose run it is, or null where the team has no such run. */
export async function memberOfRun(
  database: Database,
  team: string,
  run: string,
): Promise<string | null> {
  const row = await database
    .selectFrom("run")
    .select("member")
    .where("team", "=", team)
    .where("id", "=", run)
    .executeTakeFirst();
  return row?.member ?? null;
}
