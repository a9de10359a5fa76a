import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Failpoint, ReachFailpoint } from "../../../server/failpoint.ts";
import { checkLedger } from "../../../server/store/check-ledger.ts";
import { balanceOf } from "../../../server/store/read-ledger.ts";
import { buildGraph } from "../../helpers/build-graph.ts";
import { CallFailure, type RecoveryClass, type Using } from "../../../server/providers/provider.ts";
import { createFakeProvider } from "../../helpers/fake-provider.ts";
import { quickClock } from "../../helpers/quick-clock.ts";
import {
  caller,
  openHarness,
  pressRun,
  waitForEnd,
  type Harness,
} from "../../helpers/run-harness.ts";

const graph = buildGraph()
  .node("a", "assistant", { settings: { instruction: "a" } })
  .done();

/** What a stop at a place comes to: nothing was asked, the provider decides, or it is too late. */
const places: Partial<Record<Failpoint, "unasked" | "provider-decides" | "too-late">> = {
  afterReserve: "unasked",
  beforeIntent: "unasked",
  afterIntent: "unasked",
  afterSubmitCall: "provider-decides",
  afterJobSaved: "provider-decides",
  afterPoll: "provider-decides",
  afterDownload: "too-late",
  afterStore: "too-late",
  afterSettle: "too-late",
};
const trouble = new CallFailure(
  { code: "provider-unavailable", message: "It is down.", isRetryable: true },
  "not-billed",
);
const kinds = (["A", "B", "C", "D"] as const satisfies readonly RecoveryClass[]).flatMap(
  (recovery) =>
    // Trouble of asking to stop says nothing: it goes on as for one that cannot.
    ([true, false, "in trouble"] as const).map((isStoppable) => ({ recovery, isStoppable })),
);

/** Enough for a stop to reach whoever works on the run in the same process. */
async function letItReach(): Promise<void> {
  for (let turns = 0; turns < 50; turns += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function moneyOf(harness: Harness) {
  const { database } = harness.store;
  expect(await checkLedger(database)).toEqual([]);
  return balanceOf(database, caller.team);
}

describe.each(kinds)(
  "F41: a run that is stopped in class $recovery, by a provider that can stop: $isStoppable",
  ({ recovery, isStoppable }) => {
    let harness: Harness;
    let reach: ReachFailpoint = () => Promise.resolve();
    const created = createFakeProvider({ recovery, pollsUntilDone: 2 });
    // What has been accepted is asked about after the stop too, with a question that is not broken off.
    const unbroken = <Answer>({ signal }: Using, answer: () => Promise<Answer>) =>
      signal.aborted ? Promise.reject(new Error("It was broken off.")) : answer();
    const provider = {
      ...created,
      poll: (handle: string, using: Using) => unbroken(using, () => created.poll!(handle, using)),
      cancel: (_: string, using: Using) =>
        unbroken(using, () =>
          isStoppable === "in trouble" ? Promise.reject(trouble) : Promise.resolve(isStoppable),
        ),
    };
    beforeAll(async () => {
      const parts = { clock: quickClock().clock, reach: (name: Failpoint) => reach(name) };
      harness = await openHarness({ providers: [provider], parts });
    });
    afterAll(() => harness.close());

    test.each(Object.entries(places))("at %s: %s", async (place, fate) => {
      const before = { ...(await moneyOf(harness)), submits: created.submits.size };
      let isStopped = false;
      reach = async (name) => {
        if (name !== place || isStopped) return;
        isStopped = true;
        const { id } = await harness.store.database
          .selectFrom("run")
          .select("id")
          .where("file", "=", place)
          .executeTakeFirstOrThrow();
        await harness.host.cancel(caller.team, id);
        await letItReach();
      };
      const { id } = await pressRun(harness.host, graph, { mode: "all" }, { file: place });
      const { run, events } = await waitForEnd(harness, id);
      expect(isStopped).toBe(true);
      const isVoid = fate === "unasked" || (fate === "provider-decides" && isStoppable === true);
      expect(run.state).toBe(isVoid ? "cancelled" : "done");
      expect(events.filter(({ event }) => event.type === "run-end")).toHaveLength(1);
      const after = await moneyOf(harness);
      expect([after.held, after.spent - before.spent]).toEqual([0, isVoid ? 0 : 5]);
      expect(created.submits.size - before.submits).toBe(fate === "unasked" ? 0 : 1);
    });
  },
);

describe("F42: a stop and an end at the same time", () => {
  test("have one outcome in every order, paid if and only if the result is kept", async () => {
    let scheduler: fc.Scheduler | null = null;
    const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
      await scheduler?.schedule(Promise.resolve());
      return work();
    };
    /** Questions that the provider is to be asked before somebody presses Stop, and what that waits for. */
    let before = { questions: 0, asked: Promise.withResolvers<void>() };
    const asked = <Result>(work: () => Promise<Result>): Promise<Result> => {
      before.questions -= 1;
      if (before.questions <= 0) before.asked.resolve();
      return inTurn(work);
    };
    const created = createFakeProvider({ recovery: "D", pollsUntilDone: 2 });
    let isStoppable = true;
    const provider = {
      ...created,
      submit: (call: Parameters<typeof created.submit>[0]) => asked(() => created.submit(call)),
      poll: (handle: string, using: Using) => asked(() => created.poll!(handle, using)),
      cancel: () => inTurn(() => Promise.resolve(isStoppable)),
    };
    const harness = await openHarness({
      providers: [provider],
      parts: { clock: quickClock().clock },
    });
    const met = { done: 0, cancelled: 0, failed: 0, running: 0 };
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.boolean(),
        fc.nat(3),
        async (next, canStop, questions) => {
          scheduler = next;
          isStoppable = canStop;
          const first = await moneyOf(harness);
          before = { questions, asked: Promise.withResolvers() };
          if (questions === 0) before.asked.resolve();
          runs += 1;
          const { id } = await pressRun(
            harness.host,
            graph,
            { mode: "all" },
            { file: `race-${runs}` },
          );
          const stopped = before.asked.promise.then(() =>
            inTurn(() => harness.host.cancel(caller.team, id)),
          );
          const { run, events } = await next.waitFor(waitForEnd(harness, id));
          await next.waitFor(stopped);
          met[run.state] += 1;
          const after = await moneyOf(harness);
          const isKept = run.steps["a"]?.version != null;
          expect(run.state).toBe(isKept ? "done" : "cancelled");
          expect([after.held, after.spent - first.spent]).toEqual([0, isKept ? 5 : 0]);
          expect(events.filter(({ event }) => event.type === "run-end")).toHaveLength(1);
        },
      ),
      { numRuns: 60, seed: 42 },
    );
    await harness.close();
    expect(Math.min(met.done, met.cancelled)).toBeGreaterThan(5);
  });
});
