import * as z from "zod";
import type { Selectable } from "kysely";
import { boundInputSchema, type WorkflowUse } from "#domain/workflow-use";
import type { Database, Transaction } from "./database.ts";
import { prepare } from "./prepare.ts";
import type { Schema } from "./schema.ts";

/** A workflow that a team keeps, as it was saved; the workflow itself is parsed by who runs it. */
export interface StoredWorkflow extends WorkflowUse {
  readonly id: string;
  readonly graph: unknown;
  /** Grows with every change of it. */
  readonly revision: number;
}

const workflowsOf = prepare((database, { team }: { team: string }) =>
  database
    .selectFrom("workflow")
    .selectAll()
    .where("team", "=", team)
    .orderBy("title")
    .orderBy("id")
    .compile(),
);

/** The workflows of a team, by title. */
export async function listWorkflows(database: Database, team: string): Promise<StoredWorkflow[]> {
  const { rows } = await workflowsOf(database, { team });
  return rows.map(readRow);
}

/** A workflow of a team, or null. */
export async function findWorkflow(
  database: Database,
  team: string,
  id: string,
): Promise<StoredWorkflow | null> {
  const row = await database
    .selectFrom("workflow")
    .selectAll()
    .where("team", "=", team)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ? readRow(row) : null;
}

/** Keeps a workflow, in the place of the one of that id. */
export async function saveWorkflow(
  transaction: Transaction,
  team: string,
  id: string,
  { title, inputs, output, graph }: WorkflowUse & { readonly graph: unknown },
): Promise<void> {
  const before = await findWorkflow(transaction, team, id);
  const values = {
    title,
    inputs: JSON.stringify(inputs),
    output,
    graph: JSON.stringify(graph),
    revision: (before?.revision ?? 0) + 1,
  };
  await transaction
    .insertInto("workflow")
    .values({ team, id, ...values })
    .onConflict((conflict) => conflict.columns(["team", "id"]).doUpdateSet(values))
    .execute();
}

/** Takes a workflow away; false when there was none. */
export async function removeWorkflow(
  transaction: Transaction,
  team: string,
  id: string,
): Promise<boolean> {
  const removed = await transaction
    .deleteFrom("workflow")
    .where("team", "=", team)
    .where("id", "=", id)
    .executeTakeFirst();
  return removed.numDeletedRows > 0n;
}

function readRow(row: Selectable<Schema["workflow"]>): StoredWorkflow {
  const graph: unknown = JSON.parse(row.graph);
  return {
    id: row.id,
    title: row.title,
    inputs: z.array(boundInputSchema).parse(JSON.parse(row.inputs)),
    output: row.output,
    graph,
    revision: row.revision,
  };
}
