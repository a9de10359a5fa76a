import { attemptMoves, type AttemptState } from "./attempt-moves.ts";
import { readAttempt, type Attempt } from "./attempts.ts";
import type { Database } from "./database.ts";
import { prepare } from "./prepare.ts";

const attemptsOfNode = prepare(
  (database, { team, run, node }: { team: string; run: string; node: string }) =>
    database
      .selectFrom("attempt")
      .selectAll()
      .where("team", "=", team)
      .where("run", "=", run)
      .where("node", "=", node)
      .orderBy("call")
      .orderBy("try_number")
      .compile(),
);

/** Every attempt of a node in a run, oldest first. */
export async function attemptsOf(
  database: Database,
  team: string,
  run: string,
  node: string,
): Promise<Attempt[]> {
  const { rows } = await attemptsOfNode(database, { team, run, node });
  return rows.map(readAttempt);
}

/** An attempt of this team, or null. */
export async function attemptById(
  database: Database,
  team: string,
  id: string,
): Promise<Attempt | null> {
  const row = await database
    .selectFrom("attempt")
    .selectAll()
    .where("team", "=", team)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ? readAttempt(row) : null;
}

/** The attempt that a provider was told under a reference of ours, of whatever team, or null. */
export async function attemptByReference(
  database: Database,
  provider: string,
  reference: string,
): Promise<Attempt | null> {
  const row = await database
    .selectFrom("attempt")
    .selectAll()
    .where("reference", "=", reference)
    .where("provider", "=", provider)
    .executeTakeFirst();
  return row ? readAttempt(row) : null;
}

/** Every attempt that has not come to an end, of all teams, oldest first. */
export async function openAttempts(database: Database): Promise<Attempt[]> {
  const states = (Object.keys(attemptMoves) as AttemptState[]).filter(
    (state) => attemptMoves[state].length > 0,
  );
  const rows = await database
    .selectFrom("attempt")
    .selectAll()
    .where("state", "in", states)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows.map(readAttempt);
}
