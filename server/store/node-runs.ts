import type { Insertable } from "kysely";
import * as z from "zod";
import type { Database, Transaction } from "./database.ts";
import { prepare } from "./prepare.ts";
import { inParts } from "./row-parts.ts";
import type { Schema } from "./schema.ts";

const stateSchema = z.enum(["waiting", "running", "done", "failed", "skipped", "reused"]);

/** How a node stands in a run, and the result that it gives to the nodes below it. */
export interface NodeRun {
  readonly state: z.infer<typeof stateSchema>;
  readonly version: string | null;
}

type Row = Insertable<Schema["node_run"]>;

const putNodeRun = prepare((database, row: Row) => putRow(database, row, false));
const putWaiting = prepare((database, row: Row) => putRow(database, row, true));

function putRow(database: Database, row: Row, isOnlyWaiting: boolean) {
  return database
    .insertInto("node_run")
    .values(row)
    .onConflict((conflict) => {
      const update = conflict
        .columns(["run", "node"])
        .doUpdateSet({ state: row.state, version: row.version })
        .where("node_run.team", "=", row.team);
      return isOnlyWaiting ? update.where("node_run.state", "=", "waiting") : update;
    })
    .compile();
}

const insertRows = prepare((database, { rows }: { rows: readonly Row[] }) =>
  database.insertInto("node_run").values(rows).compile(),
);

/** Writes down how a node stands. Throws for a run that the team does not have. */
export async function setNodeRun(
  transaction: Transaction,
  team: string,
  run: string,
  node: string,
  values: NodeRun,
): Promise<void> {
  const { state, version } = values;
  const { numAffectedRows } = await putNodeRun(transaction, { team, run, node, state, version });
  if (numAffectedRows !== 1n) throw new Error(`There is no run ${run}.`);
}

/** Writes down the end of a node that never began. Throws where it did, by whomever. */
export async function endWaitingNode(
  transaction: Transaction,
  team: string,
  run: string,
  node: string,
  { state, version }: NodeRun,
): Promise<void> {
  const { numAffectedRows } = await putWaiting(transaction, { team, run, node, state, version });
  if (numAffectedRows !== 1n) throw new Error(`Node ${node} of run ${run} waits no more.`);
}

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
  for (const some of inParts(rows)) await insertRows(transaction, { rows: some });
}

const ofRun = prepare((database, { team, run }: { team: string; run: string }) =>
  database
    .selectFrom("node_run")
    .select(["node", "state", "version"])
    .where("team", "=", team)
    .where("run", "=", run)
    .compile(),
);

/** How the nodes of a run stand, by node. */
export async function nodeRuns(
  database: Database,
  team: string,
  run: string,
): Promise<Map<string, NodeRun>> {
  const { rows } = await ofRun(database, { team, run });
  return new Map(
    rows.map((row) => [row.node, { state: stateSchema.parse(row.state), version: row.version }]),
  );
}
