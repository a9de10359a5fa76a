import { nodeRuns } from "../store/node-runs.ts";
import { appendEvent } from "../store/run-events.ts";
import type { Graph } from "#domain/graph";
import { endRun, getRun, isCancelRequested, type RunRow } from "../store/runs.ts";
import type { RunAddress } from "./engine.ts";
import type { RunContext } from "./run-context.ts";
import { runNode } from "./run-node.ts";
import { spentInRun } from "../store/read-ledger.ts";

/**
 * Executes a run from wherever it stands: each step as soon as what it needs has ended, never level
 * by level; then the run's end. A failed node stops only what is below it. Throws only when our own
 * store fails; the engine comes back to it then.
 */
export async function executeRun(
  shared: Omit<RunContext, "run" | "graph" | "standings">,
  address: RunAddress,
): Promise<void> {
  const { parts } = shared;
  const run = await getRun(parts.store.database, address.team, address.run);
  if (run?.state !== "running") return;
  const standings = await nodeRuns(parts.store.database, run.team, run.id);
  const context: RunContext = { ...shared, run, graph: pricedGraph(run), standings };
  const ends = new Map<string, Promise<void>>();
  for (const step of run.plan.steps) {
    if (step.action === "reuse") continue;
    const needed = step.needs.flatMap((node) => ends.get(node) ?? []);
    ends.set(
      step.node,
      Promise.all(needed).then(async () => {
        standings.set(step.node, await runNode(context, step));
      }),
    );
  }
  // Every branch comes to rest before the pass is given up, so that no two passes work at once.
  const settled = await Promise.allSettled(ends.values());
  const broken = settled.find((end) => end.status === "rejected");
  if (broken) throw broken.reason;
  await finish(context);
}

function pricedGraph({ graph, plan }: RunRow): Graph {
  const models = new Map(plan.steps.map((step) => [step.node, step.model]));
  const nodes = graph.nodes.map((node) => ({ ...node, model: models.get(node.id) ?? node.model }));
  return { ...graph, nodes };
}

async function finish(context: RunContext): Promise<void> {
  const { parts, run } = context;
  await parts.store.transaction(async (transaction) => {
    const states = [...(await nodeRuns(transaction, run.team, run.id)).values()];
    const isStopped = await isCancelRequested(transaction, run.team, run.id);
    const hasFailed = states.some((state) => state.state === "failed");
    const hasSkipped = states.some((state) => state.state === "skipped");
    const state = isStopped && hasSkipped ? "cancelled" : hasFailed ? "failed" : "done";
    const spent = await spentInRun(transaction, run.team, run.id);
    const nowMs = parts.clock.nowMs();
    if (!(await endRun(transaction, run.team, run.id, { state, ...spent, nowMs }))) return;
    const event = { type: "run-end", state, ...spent } as const;
    await appendEvent(transaction, run.team, run.id, event, nowMs);
  });
  parts.hub.notify(run.id);
}
