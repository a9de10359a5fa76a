import type { Item } from "#domain/item";
import type { Step } from "#domain/plan";
import { endWaitingNode, type NodeRun } from "../store/node-runs.ts";
import { appendEvent } from "../store/run-events.ts";
import { isCancelRequested } from "../store/runs.ts";
import { latestVersions, versionsById } from "../store/versions.ts";
import { beginNode, resumeNode } from "./pursue-node.ts";
import { refreshModels } from "./refresh-models.ts";
import type { RunContext } from "./run-context.ts";
import { feedingNodes, readyNode, type ReadyNode } from "./run-inputs.ts";
import { checkTurn } from "./turns.ts";
import { settleNode, voidHoldsOf } from "./settle-node.ts";

/**
 * Brings one node of a run to its end, and answers it: skipped, reused, done or failed. Safe to call
 * again from whatever it had reached; a node that has ended is left alone.
 */
export async function runNode(context: RunContext, step: Step): Promise<NodeRun> {
  const { parts, run, standings } = context;
  const own = standings.get(step.node);
  if (own && own.state !== "waiting" && own.state !== "running") return own;
  // What this pass knows of the nodes is old where the run was taken over meanwhile.
  checkTurn(context);
  const hasBegun = own?.state === "running";
  const culprit = step.needs.find((node) => isLost(standings.get(node)?.state));
  const isStopped = await isCancelRequested(parts.store.database, run.team, run.id);
  if (!hasBegun && (culprit !== undefined || isStopped))
    return skip(context, step, culprit ?? null);
  const above = aboveOf(context, step.node);
  const ready = await prepare(context, step, above);
  const reused = hasBegun ? null : await reuse(context, step, ready);
  if (reused) return reused;
  const ends = hasBegun ? await resumeNode(context, ready) : await beginNode(context, ready);
  return settleNode(context, ready, above, ends);
}

/** The results that a node's calls are made of, by the nodes that gave them. */
function aboveOf({ graph, standings }: RunContext, node: string): Map<string, string> {
  const above = new Map<string, string>();
  for (const id of feedingNodes(graph, node)) {
    const version = standings.get(id)?.version ?? null;
    if (version !== null) above.set(id, version);
  }
  return above;
}

function isLost(state: string | undefined): boolean {
  return state === "failed" || state === "skipped";
}

async function skip(context: RunContext, step: Step, because: string | null): Promise<NodeRun> {
  const { parts, run } = context;
  const skipped = { state: "skipped", version: null } as const;
  await parts.store.transaction(async (transaction) => {
    const nowMs = parts.clock.nowMs();
    await endWaitingNode(transaction, run.team, run.id, step.node, skipped);
    await voidHoldsOf(transaction, run, step.node, nowMs);
    const event = { type: "node-skipped", node: step.node, because } as const;
    await appendEvent(transaction, run.team, run.id, event, nowMs);
  });
  parts.hub.notify(run.id);
  return skipped;
}

async function prepare(
  { parts, run, graph }: RunContext,
  step: Step,
  above: ReadonlyMap<string, string>,
): Promise<ReadyNode> {
  const versions = await versionsById(parts.store.database, run.team, [...above.values()]);
  const results = new Map<string, readonly Item[]>();
  for (const [node, id] of above) {
    const version = versions.get(id);
    if (version) results.set(node, version.items);
  }
  // Another process may have learnt of this model.
  const provider = parts.providers.providerOf(step.model);
  if (provider) await refreshModels(parts, run.team, [provider]);
  const models = parts.providers.models();
  const ready = readyNode(graph, step.node, models, results, parts.hashText);
  // Never more calls than were held, whatever a model above gave beyond what it was asked (I14).
  return { ...ready, calls: ready.calls.slice(0, step.calls) };
}

/** Takes the earlier result when nothing that it depends on has changed after all; costs nothing. Else null. */
async function reuse(context: RunContext, step: Step, ready: ReadyNode): Promise<NodeRun | null> {
  const { parts, run } = context;
  // One was asked for anew, of the other there was no result when the run was planned.
  if (step.reason === "asked-again" || step.reason === "first-run") return null;
  const { database } = parts.store;
  const known = await latestVersions(database, run.team, run.file, [step.node]);
  const version = known.get(step.node);
  if (version?.fingerprint !== ready.fingerprint) return null;
  const reused = { state: "reused", version: version.id } as const;
  await parts.store.transaction(async (transaction) => {
    const nowMs = parts.clock.nowMs();
    await endWaitingNode(transaction, run.team, run.id, step.node, reused);
    await voidHoldsOf(transaction, run, step.node, nowMs);
    const event = { type: "node-reused", node: step.node, version } as const;
    await appendEvent(transaction, run.team, run.id, event, nowMs);
  });
  parts.hub.notify(run.id);
  return reused;
}
