import type { Graph } from "#domain/graph";
import type { NodeRun } from "../store/node-runs.ts";
import type { RunRow } from "../store/runs.ts";
import type { RunParts } from "./run-parts.ts";
import type { ProviderLines } from "./turns.ts";

/** What the nodes of a run share in this process. */
export interface RunContext {
  readonly parts: RunParts;
  readonly run: RunRow;
  /** The run's graph with the models that were priced, whatever became available since. */
  readonly graph: Graph;
  /** How each node stood when this pass began, and stands since it brought it to its end. */
  readonly standings: Map<string, NodeRun>;
  readonly signal: AbortSignal;
  readonly lineOf: ProviderLines["lineOf"];
  /** Whether this process still is, for certain, the one that works on the run. */
  readonly isOurs: () => boolean;
}
