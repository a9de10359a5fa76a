import type { Version } from "#domain/version";
import type { Database } from "./database.ts";
import { versionsById } from "./versions.ts";

/** Results are looked for in so many of a team's newest runs: these are found without reading all. */
const newestRuns = 50;

/**
 * What the newest runs of a team made, of every file, the newest run first, at most `limit`. What a run
 * only used again is none of its results.
 */
export async function newestResults(
  database: Database,
  team: string,
  limit = 60,
): Promise<Version[]> {
  const rows = await database
    .selectFrom("node_run")
    .innerJoin(
      database
        .selectFrom("run")
        .select(["id", "started_at"])
        .where("team", "=", team)
        .orderBy("started_at", "desc")
        .orderBy("id", "desc")
        .limit(newestRuns)
        .as("newest"),
      "newest.id",
      "node_run.run",
    )
    .select("node_run.version")
    .where("node_run.team", "=", team)
    .where("node_run.version", "is not", null)
    .where("node_run.state", "!=", "reused")
    .orderBy("newest.started_at", "desc")
    .orderBy("newest.id", "desc")
    .orderBy("node_run.node")
    .limit(limit)
    .execute();
  const ids = rows.flatMap(({ version }) => (version === null ? [] : [version]));
  const found = await versionsById(database, team, ids);
  return ids.flatMap((id) => found.get(id) ?? []);
}
