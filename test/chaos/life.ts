import type { Asset } from "#domain/asset";
import type { Graph } from "#domain/graph";
import type { Failpoint } from "../../server/failpoint.ts";
import { noMetrics } from "../../server/metrics.ts";
import { createProviders } from "../../server/providers/registry.ts";
import { createEventHub } from "../../server/run/event-hub.ts";
import { executeRun } from "../../server/run/execute-run.ts";
import type { RunParts } from "../../server/run/run-parts.ts";
import { quoteRun, startRun } from "../../server/run/start-run.ts";
import { takeHook } from "../../server/run/take-hook.ts";
import { createLocalTurns, type Turns } from "../../server/run/turns.ts";
import { hostedRuns } from "../../server/store/hosted-runs.ts";
import type { Store } from "../../server/store/open-store.ts";
import { appendEvent } from "../../server/store/run-events.ts";
import { isCancelRequested, requestCancel } from "../../server/store/runs.ts";
import { hashText } from "../helpers/build-graph.ts";
import { noDerived, noKeys } from "../helpers/no-keys.ts";
import { caller } from "../helpers/run-harness.ts";
import type { FarSide } from "./far-side.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** What outlives a process: the providers, the time, and whoever kills it. */
export interface Outside {
  readonly far: readonly FarSide[];
  readonly clock: VirtualClock;
  readonly newId: () => string;
  readonly reach: (life: Life, point: Failpoint) => Promise<void>;
}

/** One life of the process: what it holds in memory dies with it. */
export class Life {
  readonly store: Store;
  isAlive = true;
  /** Grows with everything that it does, so that its rest can be seen. */
  activity = 0;
  readonly #parts: RunParts;
  readonly #cancels = new Map<string, AbortController>();
  readonly #turns: Turns;

  constructor(world: Outside, store: Store) {
    this.store = store;
    const isAlive = () => {
      this.activity += 1;
      return this.isAlive;
    };
    this.#parts = {
      store: {
        ...store,
        transaction: (work) => {
          this.activity += 1;
          return this.isAlive ? store.transaction(work) : new Promise(() => undefined);
        },
      },
      assets: {
        keep: async (_team, bytes) => {
          await world.reach(this, "afterTmpWrite");
          return { kind: "kept", asset: pictureOf(bytes) };
        },
        read: () => Promise.resolve(new Uint8Array()),
        derive: noDerived,
      },
      providers: createProviders(world.far.map((side) => side.provider(isAlive))),
      keyRing: noKeys,
      clock: world.clock,
      hub: createEventHub(),
      reach: (point) => {
        this.activity += 1;
        return world.reach(this, point);
      },
      newId: world.newId,
      newSeed: () => 7,
      hashText,
      warn: () => undefined,
      metrics: noMetrics,
    };
    const { transaction } = this.#parts.store;
    this.#turns = createLocalTurns({ transaction, clock: world.clock, newId: world.newId });
  }

  /** Takes up every run that has not ended. */
  async resume(): Promise<void> {
    for (const { run } of await hostedRuns(this.store.database)) this.#execute(run);
  }

  async press(key: string, graph: Graph, isAgain: boolean): Promise<void> {
    const request = { file: "file", graph, target: { mode: "all" } as const, isAgain };
    const quote = await quoteRun(this.#parts, caller, request);
    const run = await startRun(this.#parts, caller, key, { ...request, quote: quote.id });
    this.#execute(run.id);
  }

  async cancel(run: string): Promise<void> {
    await this.#parts.store.transaction(async (transaction) => {
      if (!(await requestCancel(transaction, caller.team, run))) return;
      const nowMs = this.#parts.clock.nowMs();
      await appendEvent(transaction, caller.team, run, { type: "run-cancel" }, nowMs);
    });
    this.#cancels.get(run)?.abort();
  }

  hook(reference: string): Promise<void> {
    const news = { id: `of ${reference}`, reference, handle: reference };
    return takeHook(this.#parts, "far-c", news);
  }

  #execute(run: string): void {
    if (this.#cancels.has(run)) return;
    const cancel = new AbortController();
    this.#cancels.set(run, cancel);
    const pass = async () => {
      if (await isCancelRequested(this.store.database, caller.team, run)) cancel.abort();
      const shared = {
        parts: this.#parts,
        signal: cancel.signal,
        isOurs: () => true,
        lineOf: this.#turns.lineOf,
      };
      await executeRun(shared, { team: caller.team, run });
    };
    void pass().then(
      () => this.#cancels.delete(run),
      async () => {
        // As the engine does: a pass that broke is made again a little later.
        await this.#parts.clock.sleep(1_000);
        this.#cancels.delete(run);
        if (this.isAlive) this.#execute(run);
      },
    );
  }
}

function pictureOf(bytes: Uint8Array): Asset {
  const size = { bytes: bytes.length, widthPx: 8, heightPx: 8, durationMs: null };
  return { hash: hashText(Buffer.from(bytes).toString()), mediaType: "image/png", ...size };
}
