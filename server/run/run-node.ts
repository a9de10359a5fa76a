import type { Item } from "#domain/item";
import type { Step } from "#domain/plan";
import { nodeRuns, setNodeRun } from "../store/node-runs.ts";
import { appendEvent } from "../store/run-events.ts";
import { isCancelRequested } from "../store/runs.ts";
import { latestVersions, versionsById } from "../store/versions.ts";
import { beginNode, resumeNode } from "./pursue-node.ts";
import { refreshModels } from "./refresh-models.ts";
import type { RunContext } from "./run-context.ts";
import { feedingNodes, readyNode, type ReadyNode } from "./run-inputs.ts";
import { settleNode, voidHoldsOf } from "./settle-node.ts";

/**
 * Brings one node of a run to its end: skipped, reused, done or failed. Safe to call again from
 * whatever it had reached; a node that has ended is left alone.
 */
export async function runNode(context: RunContext, step: Step): Promise<void> {
  const { parts, run } = context;
  const database = parts.store.database;
  const feeding = feedingNodes(context.graph, step.node);
  const near = new Set([step.node, ...step.needs, ...feeding]);
  const states = await nodeRuns(database, run.team, run.id, [...near]);
  const own = states.get(step.node);
  if (own && own.state !== "waiting" && own.state !== "running") return;
  const culprit = step.needs.find((node) => isLost(states.get(node)?.state));
  const isStopped = await isCancelRequested(database, run.team, run.id);
  if (own?.state !== "running" && (culprit !== undefined || isStopped)) {
    await skip(context, step, culprit ?? null);
    return;
  }
  const ready = await prepare(context, step, feeding, states);
  if (own?.state !== "running" && (await reuse(context, step, ready))) return;
  const ends =
    own?.state === "running" ? await resumeNode(context, ready) : await beginNode(context, ready);
  await settleNode(parts, run, ready, ends);
}

function isLost(state: string | undefined): boolean {
  return state === "failed" || state === "skipped";
}

async function skip(context: RunContext, step: Step, because: string | null): Promise<void> {
  const { parts, run } = context;
  await parts.store.transaction(async (transaction) => {
    const nowMs = parts.clock.nowMs();
    await voidHoldsOf(transaction, run, step.node, nowMs);
    await setNodeRun(transaction, run.team, run.id, step.node, { state: "skipped", version: null });
    const event = { type: "node-skipped", node: step.node, because } as const;
    await appendEvent(transaction, run.team, run.id, event, nowMs);
  });
  parts.hub.notify(run.id);
}

async function prepare(
  { parts, run, graph }: RunContext,
  step: Step,
  feeding: ReadonlySet<string>,
  states: Awaited<ReturnType<typeof nodeRuns>>,
): Promise<ReadyNode> {
  const ids = [...feeding].flatMap((id) => states.get(id)?.version ?? []);
  const versions = await versionsById(parts.store.database, run.team, ids);
  const results = new Map<string, readonly Item[]>();
  for (const [id, state] of states) {
    const version = state.version === null ? undefined : versions.get(state.version);
    if (version) results.set(id, version.items);
  }
  // Another process may have learnt of this model.
  const provider = parts.providers.providerOf(step.model);
  if (provider) await refreshModels(parts, run.team, [provider]);
  const models = parts.providers.models();
  const ready = readyNode(graph, step.node, models, results, parts.hashText);
  // Never more calls than were held, whatever a model above gave beyond what it was asked (I14).
  return { ...ready, calls: ready.calls.slice(0, step.calls) };
}

/** Takes the earlier result when nothing that it depends on has changed after all; costs nothing. */
async function reuse(context: RunContext, step: Step, ready: ReadyNode): Promise<boolean> {
  const { parts, run } = context;
  // One was asked for anew, of the other there was no result when the run was planned.
  if (step.reason === "asked-again" || step.reason === "first-run") return false;
  const { database } = parts.store;
  const known = await latestVersions(database, run.team, run.file, [step.node]);
  const version = known.get(step.node);
  if (version?.fingerprint !== ready.fingerprint) return false;
  await parts.store.transaction(async (transaction) => {
    const nowMs = parts.clock.nowMs();
    await voidHoldsOf(transaction, run, step.node, nowMs);
    const state = { state: "reused", version: version.id } as const;
    await setNodeRun(transaction, run.team, run.id, step.node, state);
    const event = { type: "node-reused", node: step.node, version } as const;
    await appendEvent(transaction, run.team, run.id, event, nowMs);
  });
  parts.hub.notify(run.id);
  return true;
}
