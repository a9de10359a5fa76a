import * as z from "zod";
import type { Database, Transaction } from "./database.ts";

const stateSchema = z.enum(["waiting", "running", "done", "failed", "skipped", "reused"]);

/** How a node stands in a run, and the result that it gives to the nodes below it. */
export interface NodeRun {
  readonly state: z.infer<typeof stateSchema>;
  readonly version: string | null;
}

/** Writes down how a node stands. Throws for a run that the team does not have. */
export async function setNodeRun(
  transaction: Transaction,
  team: string,
  run: string,
  node: string,
  values: NodeRun,
): Promise<void> {
  const { state, version } = values;
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto("node_run")
    .values({ team, run, node, state, version })
    .onConflict((conflict) =>
      conflict
        .columns(["run", "node"])
        .doUpdateSet({ state, version })
        .where("node_run.team", "=", team),
    )
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) throw new Error(`There is no run ${run}.`);
}

/** Nodes of one statement: both databases take many more values than theirs (https://sqlite.org/limits.html). */
const nodesAtOnce = 1_000;

/** Writes down how the nodes of a new run stand. Throws NotUnique where one was written down before. */
export async function insertNodeRuns(
  transaction: Transaction,
  team: string,
  run: string,
  nodes: ReadonlyMap<string, NodeRun>,
): Promise<void> {
  const rows = [...nodes].map(([node, { state, version }]) => ({
    team,
    run,
    node,
    state,
    version,
  }));
  for (let at = 0; at < rows.length; at += nodesAtOnce) {
    await transaction
      .insertInto("node_run")
      .values(rows.slice(at, at + nodesAtOnce))
      .execute();
  }
}

/** How the nodes of a run stand, by node: every one of them, or those that are named. */
export async function nodeRuns(
  database: Database,
  team: string,
  run: string,
  nodes?: readonly string[],
): Promise<Map<string, NodeRun>> {
  let query = database
    .selectFrom("node_run")
    .select(["node", "state", "version"])
    .where("team", "=", team)
    .where("run", "=", run);
  if (nodes) query = query.where("node", "in", nodes);
  const rows = await query.execute();
  return new Map(
    rows.map((row) => [row.node, { state: stateSchema.parse(row.state), version: row.version }]),
  );
}
