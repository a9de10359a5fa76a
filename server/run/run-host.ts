import type { Quote } from "#domain/relay";
import type { Caller } from "../handler.ts";
import { appendEvent } from "../store/run-events.ts";
import { hostRun, memberOfRun } from "../store/hosted-runs.ts";
import { isCancelRequested, requestCancel, type RunRow } from "../store/runs.ts";
import { createEngine, type ExecuteRun, type RunAddress } from "./engine.ts";
import type { EngineHome } from "./engine-backend.ts";
import { executeRun } from "./execute-run.ts";
import { createHandOver } from "./hand-over.ts";
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
  const engine = createEngine(
    ground.engine,
    async (address) => {
      await pass(address);
      const member = await memberOfRun(parts.store.database, address.team, address.run);
      if (member !== null) handOver.giveNextOf({ team: address.team, member });
    },
    () => handOver.look(),
  );
  const { clock, warn } = parts;
  const handOver = createHandOver({ store: parts.store, engine, clock, warn });
  const giveAllAgain = async () => {
    while (!stopping.signal.aborted) {
      handOver.giveAll();
      await clock.sleep(giveAgainMs, stopping.signal);
    }
  };
  let giving: Promise<void> = Promise.resolve();
  return {
    start: async () => {
      await engine.start();
      giving = giveAllAgain();
    },
    quote: (caller, request) => quoteRun(parts, caller, request),
    startRun: async (caller, key, request) => {
      const run = await startRun(parts, caller, key, request);
      if (run.isHosted) handOver.give({ team: caller.team, run: run.id });
      else handOver.giveNextOf(run);
      return run;
    },
    cancel: async (team, run) => {
      if (await stopRun(parts, { team, run })) handOver.giveFirst({ team, run });
    },
    stop: async () => {
      stopping.abort();
      await giving;
      await handOver.stop();
      await engine.stop();
    },
  };
}

/** One pass over a run, alone: what another process or an earlier pass has in hand is waited for. */
function createPass(parts: RunParts, turns: Turns, stopping: AbortSignal): ExecuteRun {
  const work: RunParts = {
    ...parts,
    store: { ...parts.store, transaction: (piece) => parts.store.transaction(piece, "at-work") },
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
