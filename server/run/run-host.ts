import type { Quote } from "#domain/relay";
import type { Caller } from "../handler.ts";
import { appendEvent } from "../store/run-events.ts";
import {
  hostedRuns,
  hostRun,
  hostWaiting,
  memberOfRun,
  waitingMembers,
} from "../store/hosted-runs.ts";
import { isCancelRequested, requestCancel, type RunRow } from "../store/runs.ts";
import {
  createEngine,
  type Engine,
  type EngineHome,
  type ExecuteRun,
  type RunAddress,
} from "./engine.ts";
import { executeRun } from "./execute-run.ts";
import type { PlanRequest } from "./plan-request.ts";
import type { RunParts } from "./run-parts.ts";
import { quoteRun, startRun, type StartRequest } from "./start-run.ts";
import type { Turns } from "./turns.ts";

/** Prices, starts, stops and resumes the runs of a relay. */
export interface RunHost {
  /** Takes up every run that had not ended; needs no manual step (I11). */
  start(): Promise<void>;
  quote(caller: Caller, request: PlanRequest): Promise<Quote>;
  startRun(caller: Caller, key: string, request: StartRequest): Promise<RunRow>;
  cancel(team: string, run: string): Promise<void>;
  stop(): Promise<void>;
}

/** What a host stands on. */
export interface RunGround {
  readonly engine: EngineHome;
  readonly turns: Turns;
}

const stopReason = new Error("The run was stopped.");

/** Runs that the engine may have forgotten are given to it again this often (its keys last 24 h). */
const giveAgainMs = 60_000;

/** A host over a durable engine. */
export function createRunHost(parts: RunParts, ground: RunGround): RunHost {
  const stopping = new AbortController();
  const pass = createPass(parts, ground.turns, stopping.signal);
  const engine = createEngine(ground.engine, async (address) => {
    await pass(address);
    const { team, run } = address;
    const member = await memberOfRun(parts.store.database, team, run);
    if (member !== null && !stopping.signal.aborted)
      await giveNext(parts, engine, { team, member });
  });
  let watched: Promise<void> = Promise.resolve();
  return {
    start: async () => {
      await engine.start();
      watched = watch(parts, engine, stopping.signal);
    },
    quote: (caller, request) => quoteRun(parts, caller, request),
    startRun: async (caller, key, request) => {
      const run = await startRun(parts, caller, key, request);
      if (run.isHosted) await engine.give({ team: caller.team, run: run.id });
      else await giveNext(parts, engine, run);
      return run;
    },
    cancel: async (team, run) => {
      if (await stopRun(parts, { team, run })) await engine.give({ team, run });
    },
    stop: async () => {
      stopping.abort();
      await watched;
      await engine.stop();
    },
  };
}

/** Takes on the next runs of a member of whom one has ended, or came when there was room. */
async function giveNext(
  parts: RunParts,
  engine: Engine,
  { team, member }: Pick<RunRow, "team" | "member">,
): Promise<void> {
  const next = await hostWaiting(parts.store.database, team, member);
  for (const run of next) await engine.give({ team, run });
}

/** One pass over a run, alone: what another process or an earlier pass has in hand is waited for. */
function createPass(parts: RunParts, turns: Turns, stopping: AbortSignal): ExecuteRun {
  const { store } = parts;
  const work: RunParts = {
    ...parts,
    store: { ...store, transaction: (piece) => store.transaction(piece, "at-work") },
  };
  return async (address) => {
    const turn = await turns.takeRun(address.run, stopping);
    try {
      const { signal, stop } = await followCancel(parts, address);
      try {
        const { isOurs } = turn;
        await executeRun({ parts: work, signal, lineOf: turns.lineOf, isOurs }, address);
      } finally {
        stop();
      }
    } finally {
      turn.leave();
    }
  };
}

/** A signal that aborts when somebody stops the run, in whatever process. */
async function followCancel(parts: RunParts, { team, run }: RunAddress) {
  const cancel = new AbortController();
  const look = async () => {
    if (await isCancelRequested(parts.store.database, team, run)) cancel.abort(stopReason);
  };
  const stop = parts.hub.listen(cancelName(run), () => {
    // Whoever asked is answered already; the store keeps the wish for the next pass.
    void look().catch(() => parts.warn("cancel-unread", { run }));
  });
  try {
    await look();
  } catch (error) {
    stop();
    throw error;
  }
  return { signal: cancel.signal, stop };
}

const cancelName = (run: string) => `cancel-of-${run}`;

/** Notes the wish to stop; false when the run has ended or was asked before. */
async function stopRun(parts: RunParts, { team, run }: RunAddress): Promise<boolean> {
  const isNew = await parts.store.transaction(async (transaction) => {
    if (!(await requestCancel(transaction, team, run))) return false;
    await hostRun(transaction, team, run);
    await appendEvent(transaction, team, run, { type: "run-cancel" }, parts.clock.nowMs());
    return true;
  });
  for (const name of [run, cancelName(run)]) parts.hub.notify(name);
  return isNew;
}

/**
 * Gives the engine, at the start and from time to time, what is worked on and whatever there is room
 * for. The rest waits in the database: a start with ten thousand open runs takes on few (F60).
 */
async function watch(parts: RunParts, engine: Engine, signal: AbortSignal): Promise<void> {
  const { database } = parts.store;
  const give = async () => {
    for (const address of await hostedRuns(database)) {
      if (signal.aborted) return;
      await engine.giveAgain(address);
    }
    for (const each of await waitingMembers(database)) {
      if (signal.aborted) return;
      await giveNext(parts, engine, each);
    }
  };
  while (!signal.aborted) {
    const given = give().catch(() => parts.warn("resume-failed", {}));
    await parts.clock.sleep(giveAgainMs, signal);
    await given;
  }
}
