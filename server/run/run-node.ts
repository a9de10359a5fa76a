import type { Graph } from "#domain/graph";
import type { Item } from "#domain/item";
import type { Step } from "#domain/plan";
import { runnerOf } from "../runners/index.ts";
import type { ModelRequest, Provider } from "../providers/provider.ts";
import { attemptsOf, insertAttempt, type Attempt } from "../store/attempts.ts";
import { nodeRuns, setNodeRun } from "../store/node-runs.ts";
import { appendEvent } from "../store/run-events.ts";
import { isCancelRequested, type RunRow } from "../store/runs.ts";
import { latestVersions, versionsById } from "../store/versions.ts";
import type { Limiter } from "./limit-provider.ts";
import { createProgress } from "./node-progress.ts";
import { pursueCall } from "./pursue-call.ts";
import { feedingNodes, readyNode, type ReadyNode } from "./run-inputs.ts";
import type { RunParts } from "./run-parts.ts";
import { settleNode, voidHoldsOf } from "./settle-node.ts";
import { checkTurn } from "./turns.ts";

/** What the nodes of a run share in this process. */
export interface RunContext {
  readonly parts: RunParts;
  readonly run: RunRow;
  /** The run's graph with the models that were priced, whatever became available since. */
  readonly graph: Graph;
  readonly signal: AbortSignal;
  readonly limiterOf: (provider: Provider) => Limiter;
  /** Whether this process still is, for certain, the one that works on the run. */
  readonly isOurs: () => boolean;
}

/** How long a try may take before its outcome counts as unknown (product.md A17). */
const deadlineMs: Readonly<Record<string, number>> = { video: 30 * 60_000, audio: 10 * 60_000 };
const usualDeadlineMs = 5 * 60_000;

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
    own?.state === "running"
      ? await pursueAll(context, ready, await resume(context, ready))
      : await beginAndPursue(context, ready);
  await settleNode(parts, run, ready, ends);
}

/**
 * A node of one call whose provider has a place free commits its start and its intent together;
 * otherwise the intent waits for the place, so that what waits can still be stopped for nothing.
 */
async function beginAndPursue(context: RunContext, ready: ReadyNode): Promise<Attempt[]> {
  const limiter = context.limiterOf(providerOf(context, ready));
  const leave = ready.calls.length === 1 ? await limiter.tryEnter() : null;
  if (!leave) return pursueAll(context, ready, await begin(context, ready, false));
  try {
    checkTurn(context);
    await context.parts.reach("beforeIntent");
    const [attempt] = await begin(context, ready, true);
    await context.parts.reach("afterIntent");
    if (!attempt) throw new Error(`${ready.node.id} began without an attempt.`);
    const progress = createProgress(context.parts, context.run, ready.node.id, 1);
    const ended = await pursueOne(context, ready, attempt, (done) => progress.tell(0, done), true);
    await progress.finish();
    return [ended];
  } finally {
    leave();
  }
}

async function pursueAll(
  context: RunContext,
  ready: ReadyNode,
  attempts: readonly Attempt[],
): Promise<Attempt[]> {
  const progress = createProgress(context.parts, context.run, ready.node.id, attempts.length);
  const limiter = context.limiterOf(providerOf(context, ready));
  const ends = await Promise.all(
    attempts.map((attempt, at) =>
      limiter.run(() =>
        pursueOne(context, ready, attempt, (done) => progress.tell(at, done), false),
      ),
    ),
  );
  await progress.finish();
  return ends;
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

/** The newest attempt of each call of a node that had begun before. */
async function resume({ parts, run }: RunContext, ready: ReadyNode): Promise<Attempt[]> {
  const attempts = await attemptsOf(parts.store.database, run.team, run.id, ready.node.id);
  return newestOfEachCall(attempts);
}

/** A first attempt for each call, made with the node's start in one commit, with its intent if told. */
async function begin(
  context: RunContext,
  ready: ReadyNode,
  hasIntent: boolean,
): Promise<Attempt[]> {
  const { parts, run } = context;
  const provider = providerOf(context, ready);
  const nowMs = parts.clock.nowMs();
  const attempts = await parts.store.transaction(async (transaction) => {
    const made: Attempt[] = [];
    for (const [call] of ready.calls.entries()) {
      made.push(
        await insertAttempt(transaction, run.team, {
          state: hasIntent ? "submitting" : "reserved",
          id: parts.newId(),
          run: run.id,
          node: ready.node.id,
          call,
          tryNumber: 1,
          provider: provider.id,
          model: ready.model.id,
          recovery: provider.recovery,
          reference: parts.newId(),
          requestHash: ready.fingerprint,
          seed: seedOf(ready, call, parts.newSeed),
          deadlineAtMs: nowMs + (deadlineMs[ready.model.task] ?? usualDeadlineMs),
          nowMs,
        }),
      );
    }
    const started = { state: "running", version: null } as const;
    await setNodeRun(transaction, run.team, run.id, ready.node.id, started);
    const event = { type: "node-start", node: ready.node.id, calls: made.length } as const;
    await appendEvent(transaction, run.team, run.id, event, nowMs);
    return made;
  });
  parts.hub.notify(run.id);
  return attempts;
}

function newestOfEachCall(attempts: readonly Attempt[]): Attempt[] {
  const newest = new Map<number, Attempt>();
  for (const attempt of attempts) {
    const known = newest.get(attempt.call);
    if (!known || known.tryNumber < attempt.tryNumber) newest.set(attempt.call, attempt);
  }
  return [...newest.values()].sort((one, other) => one.call - other.call);
}

/** The designer's seed, or a new one that is kept with the attempt; each call of a batch its own. */
function seedOf(ready: ReadyNode, call: number, newSeed: () => number): number {
  const chosen = ready.settings["seed"];
  return typeof chosen === "number" ? (chosen + call) % 2_147_483_648 : newSeed();
}

async function pursueOne(
  context: RunContext,
  ready: ReadyNode,
  attempt: Attempt,
  onProgress: (done: number) => void,
  hasFreshIntent: boolean,
): Promise<Attempt> {
  const { parts, run, signal, isOurs } = context;
  const provider = providerOf(context, ready);
  const request = () => requestOf(parts, ready, attempt.call);
  const call = { team: run.team, provider, request, signal, isOurs, onProgress, hasFreshIntent };
  return pursueCall(parts, call, attempt);
}

function requestOf(parts: RunParts, ready: ReadyNode, at: number): ModelRequest {
  const call = ready.calls[at];
  const runner = runnerOf(ready.node.type);
  if (!call || !runner) throw new Error(`${ready.node.id} has no call ${at}.`);
  return runner({
    call,
    settings: ready.settings,
    open: (asset) => ({ asset, read: () => parts.assets.read(asset.hash) }),
  });
}

function providerOf(context: RunContext, ready: ReadyNode): Provider {
  const provider = context.parts.providers.providerOf(ready.model.id);
  if (!provider) throw new Error(`The provider of ${ready.model.id} is gone.`);
  return provider;
}
