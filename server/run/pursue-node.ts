import { runnerOf } from "../runners/index.ts";
import type { ModelRequest } from "../providers/provider.ts";
import type { Attempt } from "../store/attempts.ts";
import { attemptsOf } from "../store/find-attempts.ts";
import { beginAttempts, providerOf } from "./begin-attempts.ts";
import { derivePicture, fitPicture, readInput } from "./fit-picture.ts";
import { createProgress, type Progress } from "./node-progress.ts";
import type { Ticket } from "./provider-line.ts";
import { pursueCall } from "./pursue-call.ts";
import type { RunContext } from "./run-context.ts";
import type { ReadyNode } from "./run-inputs.ts";
import type { RunParts } from "./run-parts.ts";
import { checkTurn } from "./turns.ts";
import { waitForRoom } from "./wait-for-room.ts";

/** A node at work: its calls' places in line and their progress. */
interface Pursuit {
  readonly context: RunContext;
  readonly ready: ReadyNode;
  readonly progress: Progress;
}

/**
 * Begins a node and brings its calls to their ends. One of a single call whose provider has a place
 * free commits its start and its intent together; otherwise the intent waits for the place, so that
 * what waits can still be stopped for nothing.
 */
export async function beginNode(context: RunContext, ready: ReadyNode): Promise<Attempt[]> {
  const pursuit = pursue(context, ready, ready.calls.length);
  if (ready.calls.length !== 1) {
    return pursueAll(pursuit, await beginAttempts(context, ready, false));
  }
  const ticket = await askFor(pursuit, 0, true);
  try {
    const hasPlace = ticket.hasPlace();
    if (hasPlace) {
      checkTurn(context);
      await ticket.start(null);
      await context.parts.reach("beforeIntent");
    }
    const [attempt] = await beginAttempts(context, ready, hasPlace);
    if (!attempt) throw new Error(`${ready.node.id} began without an attempt.`);
    if (hasPlace) await context.parts.reach("afterIntent");
    else await ticket.wait(context.signal);
    const ended = await pursueOne(pursuit, attempt, ticket, hasPlace);
    await pursuit.progress.finish();
    return [ended];
  } finally {
    ticket.leave();
  }
}

/** Takes up the calls of a node that had begun before, each from its newest attempt. */
export async function resumeNode(context: RunContext, ready: ReadyNode): Promise<Attempt[]> {
  const { parts, run } = context;
  const attempts = await attemptsOf(parts.store.database, run.team, run.id, ready.node.id);
  const newest = newestOfEachCall(attempts);
  return pursueAll(pursue(context, ready, newest.length), newest);
}

function pursue(context: RunContext, ready: ReadyNode, calls: number): Pursuit {
  const progress = createProgress(context.parts, context.run, ready.node.id, calls);
  return { context, ready, progress };
}

async function pursueAll(pursuit: Pursuit, attempts: readonly Attempt[]): Promise<Attempt[]> {
  const ends = await Promise.all(attempts.map((attempt, at) => pursueInLine(pursuit, attempt, at)));
  await pursuit.progress.finish();
  return ends;
}

async function pursueInLine(pursuit: Pursuit, attempt: Attempt, at: number): Promise<Attempt> {
  const isNew = attempt.state === "reserved";
  const ticket = await askFor(pursuit, at, isNew);
  try {
    // Whatever a provider may have begun is followed in its turn; what it never saw need not wait.
    await ticket.wait(isNew ? pursuit.context.signal : null);
    return await pursueOne(pursuit, attempt, ticket, false);
  } finally {
    ticket.leave();
    pursuit.progress.end(at);
  }
}

function askFor({ context, ready, progress }: Pursuit, at: number, startsCall: boolean) {
  const { team, member } = context.run;
  const tell = (position: number) => progress.wait(at, position);
  return context.lineOf(providerOf(context, ready)).ask({ team, member, startsCall, tell });
}

function newestOfEachCall(attempts: readonly Attempt[]): Attempt[] {
  const newest = new Map<number, Attempt>();
  for (const attempt of attempts) {
    const known = newest.get(attempt.call);
    if (!known || known.tryNumber < attempt.tryNumber) newest.set(attempt.call, attempt);
  }
  return [...newest.values()].sort((one, other) => one.call - other.call);
}

async function pursueOne(
  { context, ready, progress }: Pursuit,
  attempt: Attempt,
  ticket: Ticket,
  hasFreshIntent: boolean,
): Promise<Attempt> {
  const { parts, run, signal, isOurs } = context;
  const call = {
    team: run.team,
    provider: providerOf(context, ready),
    request: () => requestOf(parts, run.team, ready, attempt.call),
    signal,
    isOurs,
    ticket,
    onProgress: (done: number) => progress.tell(attempt.call, done),
    hasFreshIntent,
  };
  const patient = waitForRoom(parts, (isWaiting) => progress.room(isWaiting));
  return pursueCall(patient, call, attempt);
}

function requestOf(parts: RunParts, team: string, ready: ReadyNode, at: number): ModelRequest {
  const call = ready.calls[at];
  const runner = runnerOf(ready.node.type);
  if (!call || !runner) throw new Error(`${ready.node.id} has no call ${at}.`);
  return runner({
    call,
    settings: ready.settings,
    open: (asset) => ({
      asset,
      read: () => readInput(parts, team, asset),
      fit: (limits) => fitPicture(parts.assets, team, asset, limits),
      asMask: (form, size) =>
        derivePicture(parts.assets, team, asset, { kind: "mask", form, ...size }),
    }),
  });
}
