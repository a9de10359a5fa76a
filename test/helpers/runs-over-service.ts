import { expect } from "vitest";
import type { Clock } from "../../server/clock.ts";
import type { Provider, RecoveryClass } from "../../server/providers/provider.ts";
import { takeHook, type HookNews } from "../../server/run/take-hook.ts";
import { checkLedger } from "../../server/store/check-ledger.ts";
import { balanceOf } from "../../server/store/read-ledger.ts";
import { buildGraph } from "./build-graph.ts";
import { createFaultyProvider } from "./faulty-provider.ts";
import {
  openFaultyService,
  type FaultyOptions,
  type FaultyService,
  type Place,
  type ServiceTrouble,
} from "./faulty-service.ts";
import { quickClock } from "./quick-clock.ts";
import { caller, openHarness, pressRun, waitForEnd } from "./run-harness.ts";

/** How one call over a service came out: for the user, for the service, for the house. */
export interface Outcome {
  readonly state: string;
  readonly code: string | null;
  readonly spent: number;
  /** Jobs that the service made. */
  readonly billed: number;
  readonly lost: number;
}

/** A call that went well. */
export const wentWell: Outcome = { state: "done", code: null, spent: 5, billed: 1, lost: 0 };

/** A trouble at one place of a call, so many times. */
export const troubleAt = (place: Place, trouble: ServiceTrouble, times = 1) => ({
  troubles: { [place]: { trouble, times } },
});

/** When the webhook of a job comes: before the answer to its submission, once that was waited for, never. */
export type HookTime = "before the answer" | "after the answer" | "never";

const graph = buildGraph()
  .node("a", "image-generator", { settings: { prompt: "a cat" } })
  .done();

/**
 * A relay's runs, each of one call over a service of its own. Time passes only where the relay waits,
 * but for what is on its way to the service and back. Nothing is ever billed twice, and the books are
 * right after each.
 */
export async function openRunsOverService() {
  const current: { provider: Provider | null } = { provider: null };
  const now = (): Provider => {
    if (!current.provider) throw new Error("Nothing runs.");
    return current.provider;
  };
  const provider: Provider = {
    ...createFaultyProvider("http://localhost", "D"),
    get recovery() {
      return now().recovery;
    },
    submit: (call) => now().submit(call),
    poll: (handle, using) => now().poll!(handle, using),
    lookUp: (reference, using) => now().lookUp!(reference, using),
  };
  const { clock } = quickClock();
  const hooks: HookNews[] = [];
  const sendHooks = async (): Promise<void> => {
    for (const hook of hooks.splice(0)) await takeHook(harness.parts, "far", hook);
  };
  const sleep: Clock["sleep"] = async (durationMs, signal) => {
    await sendHooks();
    await clock.sleep(durationMs, signal);
  };
  const parts = { clock: { ...clock, sleep } };
  const harness = await openHarness({ providers: [provider], parts });
  const { database } = harness.store;
  const lossOf = async () => {
    const accounts = await database.selectFrom("account").selectAll().execute();
    return accounts.find(({ name }) => name === "house:loss")?.credits ?? 0;
  };
  let runs = 0;
  const runWith = async (service: FaultyService, next: Provider): Promise<Outcome> => {
    current.provider = next;
    const before = await balanceOf(database, caller.team);
    const lostBefore = await lossOf();
    runs += 1;
    const started = await pressRun(harness.host, graph, { mode: "all" }, { file: `file-${runs}` });
    const { run } = await waitForEnd(harness, started.id);
    const after = await balanceOf(database, caller.team);
    expect(await checkLedger(database)).toEqual([]);
    expect(after.held).toBe(0);
    for (const jobs of service.bills.values()) expect(jobs).toHaveLength(1);
    return {
      state: run.state,
      code: run.steps["a"]?.failure?.code ?? null,
      spent: after.spent - before.spent,
      billed: service.bills.size,
      lost: (await lossOf()) - lostBefore,
    };
  };
  return {
    runWith,
    /** One call of a class over a service with these troubles, and how often each place was asked. */
    runOver: async (
      recovery: RecoveryClass,
      options: Omit<FaultyOptions, "isIdempotent" | "onJob">,
      hookTime: HookTime = "before the answer",
    ) => {
      const onJob = async (reference: string, job: string) => {
        if (recovery !== "C" || hookTime === "never") return;
        hooks.push({ id: job, reference, handle: job });
        if (hookTime === "before the answer") await sendHooks();
      };
      const isIdempotent = recovery === "A";
      const service = await openFaultyService({ ...options, isIdempotent, onJob });
      try {
        const outcome = await runWith(service, createFaultyProvider(service.url, recovery));
        return { outcome, asked: service.asked };
      } finally {
        await service.close();
      }
    },
    close: () => harness.close(),
  };
}

/** Runs over services. */
export type RunsOverService = Awaited<ReturnType<typeof openRunsOverService>>;
