import { sql } from "kysely";
import type { Database, Transaction } from "./database.ts";
import type { Store } from "./open-store.ts";
import { prepare } from "./prepare.ts";

// Which open runs are worked on, and which wait in the database for earlier ones of the same member.
// So one member's five hundred runs keep nobody else from starting, and a start of the relay loads few.

/**
 * The state of an open run, written into a query as it is: SQLite makes the plan of a query anew each time
 * that it is given a value which an index has in its condition (https://sqlite.org/partialindex.html).
 */
export const running = sql.lit("running");

/** So many runs of a member are worked on at a time, by all processes together. */
export const mostHosted = 24;

/** Every open run that is worked on or was when its process died, oldest first. */
export async function hostedRuns(database: Database): Promise<{ team: string; run: string }[]> {
  return database
    .selectFrom("run")
    .select(["team", "id as run"])
    .where("state", "=", running)
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
    .where("state", "=", running)
    .where("is_hosted", "=", 0)
    .execute();
}

const countHosted = prepare((database, { team, member }: { team: string; member: string }) =>
  sql<{ runs: number }>`SELECT COUNT(*) AS runs FROM run
    WHERE state = ${running} AND is_hosted = 1 AND team = ${team} AND member = ${member}`.compile(
    database,
  ),
);

const waitingRunsOf = prepare((database, { team, member }: { team: string; member: string }) =>
  database
    .selectFrom("run")
    .select("id")
    .where("state", "=", running)
    .where("is_hosted", "=", 0)
    .where("team", "=", team)
    .where("member", "=", member)
    .orderBy("started_at")
    .limit(mostHosted)
    .compile(),
);

const takeOn = prepare((database, { team, runs }: { team: string; runs: readonly string[] }) =>
  database
    .updateTable("run")
    .set({ is_hosted: 1 })
    .where("team", "=", team)
    .where("id", "in", runs)
    .where("is_hosted", "=", 0)
    .returning("id")
    .compile(),
);

/** Takes on the oldest waiting runs of a member, as many as there is room for. Answers which. */
export async function hostWaiting(
  { database, transaction }: Pick<Store, "database" | "transaction">,
  team: string,
  member: string,
): Promise<string[]> {
  const roomNow = async () => {
    const { rows } = await countHosted(database, { team, member });
    return Math.max(0, mostHosted - (rows[0]?.runs ?? 0));
  };
  // A full house is told from the index alone.
  if ((await roomNow()) === 0) return [];
  const { rows: waiting } = await waitingRunsOf(database, { team, member });
  if (waiting.length === 0) return [];
  // Counted after what waits was read: whatever another process took on meanwhile counts here.
  const next = waiting.slice(0, await roomNow()).map(({ id }) => id);
  if (next.length === 0) return [];
  // Another process may be doing the same; each run is taken on by one.
  const taken = await transaction((one) => takeOn(one, { team, runs: next }), "at-work");
  return taken.rows.map(({ id }) => id);
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

/** What is open of a team. */
export interface OpenWork {
  readonly runs: number;
  /** How many calls these runs make in all. */
  readonly calls: number;
  /** A new run of the member is worked on at once: nothing of theirs waits before it. */
  readonly hasRoomToHost: boolean;
}

const workOfTeam = prepare((database, { team, member }: { team: string; member: string }) =>
  sql<{ runs: number; calls: number; of_member: number }>`
    SELECT COUNT(*) AS runs, CAST(COALESCE(SUM(calls), 0) AS BIGINT) AS calls,
      COUNT(*) FILTER (WHERE member = ${member}) AS of_member FROM run
    WHERE state = ${running} AND is_hosted IN (0, 1) AND team = ${team}`.compile(database),
);

/** What is open of a team, before one of its members starts another run: told by an index alone. */
export async function openWork(
  database: Database,
  team: string,
  member: string,
): Promise<OpenWork> {
  const { rows } = await workOfTeam(database, { team, member });
  const { runs, calls, of_member: ofMember } = rows[0] ?? { runs: 0, calls: 0, of_member: 0 };
  return { runs, calls, hasRoomToHost: ofMember < mostHosted };
}

const memberByRun = prepare((database, { team, run }: { team: string; run: string }) =>
  database
    .selectFrom("run")
    .select("member")
    .where("team", "=", team)
    .where("id", "=", run)
    .compile(),
);

/** Whose run it is, or null where the team has no such run. */
export async function memberOfRun(
  database: Database,
  team: string,
  run: string,
): Promise<string | null> {
  const { rows } = await memberByRun(database, { team, run });
  return rows[0]?.member ?? null;
}
