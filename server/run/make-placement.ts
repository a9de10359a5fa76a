import { definitionOf } from "#domain/nodes/index";
import type { Version } from "#domain/version";
import type { Transaction } from "../store/database.ts";
import { insertPlacement } from "../store/placements.ts";
import type { RunRow } from "../store/runs.ts";
import type { RunParts } from "./run-parts.ts";

/** Which item of a version is wished for, for the how-manieth time, and by whom. */
export interface Wish {
  readonly index: number;
  readonly attempt: number;
  readonly session: string | null;
  readonly nowMs: number;
}

/**
 * Keeps the wish to see an item of a version on the canvas. Its pid follows from what is wished alone,
 * so that the same wish can never be two. Answers the pid.
 */
export async function makePlacement(
  parts: Pick<RunParts, "hashText">,
  transaction: Transaction,
  run: RunRow,
  version: Version,
  { index, attempt, session, nowMs }: Wish,
): Promise<string> {
  const node = run.graph.nodes.find((each) => each.id === version.node);
  if (!node) throw new Error(`Run ${run.id} has no node ${version.node}.`);
  const { port } = definitionOf(node.type).output;
  const { id, file, team } = run;
  const pid = parts.hashText(JSON.stringify([file, node.id, id, port, index, attempt]));
  const placed = { pid, file, node: node.id, run: id, version: version.id, port };
  await insertPlacement(transaction, team, { ...placed, index, attempt, session, nowMs });
  return pid;
}
