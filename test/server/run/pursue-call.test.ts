import { afterEach, describe, expect, test } from "vitest";
import type { Graph } from "#domain/graph";
import { systemClock } from "../../../server/clock.ts";
import { CallFailure, type RecoveryClass } from "../../../server/providers/provider.ts";
import type { Failpoint } from "../../../server/failpoint.ts";
import { balanceOf } from "../../../server/store/read-ledger.ts";
import { checkLedger } from "../../../server/store/check-ledger.ts";
import { createFakeProvider, type FakeProvider } from "../../helpers/fake-provider.ts";
import { quickClock } from "../../helpers/quick-clock.ts";
import {
  caller,
  openHarness,
  pressRun,
  waitForEnd,
  type Harness,
} from "../../helpers/run-harness.ts";

const graph: Graph = {
  nodes: [
    {
      id: "a",
      type: "assistant",
      title: "A",
      model: null,
      settings: { instruction: "a" },
      isLocked: false,
    },
  ],
  connections: [],
};
const limited = (retryAfterMs: number | null) =>
  new CallFailure(
    { code: "provider-limited", message: "Too many requests.", isRetryable: true },
    "not-billed",
    retryAfterMs,
  );
const good = { outputs: [{ kind: "text", text: "made" }], billedCredits: null, notes: [] } as const;

let harness: Harness;
afterEach(() => harness.close());

async function run(provider: FakeProvider, parts: Parameters<typeof openHarness>[0]["parts"] = {}) {
  harness = await openHarness({ providers: [provider], parts });
  const started = await pressRun(harness.host, graph, { mode: "all" });
  return (await waitForEnd(harness, started.id)).run;
}
const balance = () => balanceOf(harness.store.database, caller.team);

describe("F10: a call that is refused for a moment", () => {
  test.each([
    [0, 1_000],
    [5_000, 5_000],
    [9_999_999_999, 60_000],
  ])(
    "with Retry-After %i ms is tried again after %i ms, as a new attempt",
    async (asked, waited) => {
      let answers = 0;
      const { clock, waits } = quickClock();
      const provider = createFakeProvider({
        answer: () => {
          answers += 1;
          if (answers === 1) throw limited(asked);
          return good;
        },
      });
      const ended = await run(provider, { clock });
      expect([ended.state, ended.credits, waits]).toEqual(["done", 5, [waited]]);
      expect([...provider.submits.values()]).toEqual([1, 1]);
    },
  );

  test("is given up after three tries, and costs nothing", async () => {
    const provider = createFakeProvider({
      answer: () => {
        throw limited(null);
      },
    });
    const ended = await run(provider);
    expect([ended.state, provider.calls.length, ended.steps["a"]?.failure?.code]).toEqual([
      "failed",
      3,
      "provider-limited",
    ]);
    expect(await balance()).toEqual({ available: 1_000, held: 0, spent: 0 });
  });
});

describe("a provider with a queue", () => {
  test("is asked until it is done, ever more seldom", async () => {
    const { clock, waits } = quickClock();
    const ended = await run(createFakeProvider({ pollsUntilDone: 5 }), { clock });
    expect([ended.state, waits]).toEqual(["done", [500, 1_000, 2_000, 4_000]]);
  });

  test("F20: that never finishes ends at the deadline, and the user pays nothing", async () => {
    const { clock } = quickClock();
    const ended = await run(createFakeProvider({ pollsUntilDone: 1e9 }), { clock });
    expect([ended.state, ended.steps["a"]?.failure?.code]).toEqual(["failed", "timed-out"]);
    expect(await balance()).toEqual({ available: 1_000, held: 0, spent: 0 });
  });
});

describe("what a provider sends", () => {
  test("beyond what it was asked for is left out", async () => {
    const two = { ...good, outputs: [...good.outputs, { kind: "text", text: "extra" } as const] };
    const ended = await run(createFakeProvider({ answer: () => two }));
    expect(ended.steps["a"]?.version?.items).toEqual([{ kind: "text", text: "made" }]);
  });

  test.each([
    ["nothing", []],
    ["an empty text", [{ kind: "text", text: " " }]],
    ["no picture", [{ kind: "bytes", bytes: Buffer.from("BAD") }]],
  ] as const)("F16, F17: is not shown and not paid when it is %s", async (_what, outputs) => {
    const ended = await run(createFakeProvider({ answer: () => ({ ...good, outputs }) }));
    expect([ended.state, ended.steps["a"]?.failure?.code]).toEqual(["failed", "result-invalid"]);
    expect((await balance()).spent).toBe(0);
  });

  test("F21: and bills above the quote costs the user the quote and the house the rest", async () => {
    const ended = await run(createFakeProvider({ answer: () => ({ ...good, billedCredits: 12 }) }));
    expect([ended.credits, (await balance()).spent]).toEqual([5, 5]);
    const accounts = await harness.store.database.selectFrom("account").selectAll().execute();
    expect(accounts.find((account) => account.name === "house:loss")?.credits).toBe(7);
  });

  test("F17: in a way that its adapter did not expect ends the run and costs nothing", async () => {
    const provider = createFakeProvider({
      answer: () => Promise.reject(new TypeError("of undefined")),
    });
    const ended = await run(provider);
    expect([ended.state, ended.steps["a"]?.failure?.code]).toEqual(["failed", "internal"]);
    expect(ended.steps["a"]?.failure?.message).not.toContain("undefined");
    expect([(await balance()).spent, harness.warnings]).toEqual([0, ["provider-broken"]]);
  });
});

const anHourLater = { ...systemClock, nowMs: () => systemClock.nowMs() + 3_600_000 };

describe("F2, F3, F6, F7: a relay that dies between two commits", () => {
  const cases: [Failpoint, RecoveryClass, number, string][] = [
    ["afterIntent", "A", 1, "done"],
    ["afterIntent", "B", 1, "done"],
    ["afterIntent", "C", 0, "failed"],
    ["afterIntent", "D", 0, "failed"],
    ["afterSubmitCall", "A", 2, "done"],
    ["afterSubmitCall", "B", 1, "done"],
    ["afterSubmitCall", "C", 1, "failed"],
    ["afterSubmitCall", "D", 1, "failed"],
    ["afterStore", "D", 1, "done"],
    ["afterSettle", "D", 1, "done"],
  ];
  test.each(cases)(
    "at %s, class %s, asks the provider %i times and ends %s",
    async (point, recovery, submits, state) => {
      const provider = createFakeProvider({
        recovery,
        ...(recovery === "B" && { pollsUntilDone: 1 }),
      });
      let hasDied = false;
      const died = Promise.withResolvers<void>();
      const reach = (name: string) => {
        if (name !== point || hasDied) return Promise.resolve();
        hasDied = true;
        died.resolve();
        // As after SIGKILL, nothing comes behind it in this life.
        return new Promise<void>(() => undefined);
      };
      const first = await openHarness({ providers: [provider], parts: { reach } });
      const started = await pressRun(first.host, graph, { mode: "all" });
      await died.promise;
      await first.store.close();
      harness = await openHarness({
        providers: [provider],
        folder: first.folder,
        // Class C waits for its webhook until the deadline, which has passed when the relay is back.
        ...(recovery === "C" && { parts: { clock: anHourLater } }),
      });
      const { run: ended } = await waitForEnd(harness, started.id);
      const count = [...provider.submits.values()].reduce((sum, each) => sum + each, 0);
      expect([ended.state, count]).toEqual([state, submits]);
      expect((await balance()).held).toBe(0);
      expect((await balance()).spent).toBe(state === "done" ? 5 : 0);
      expect(await checkLedger(harness.store.database)).toEqual([]);
    },
  );
});

test("a call that waits long for its place has all of its time once it is sent", async () => {
  const { clock } = quickClock();
  // Each is asked for thirteen times, in three and a half minutes of its five.
  const provider = createFakeProvider({ concurrency: 1, pollsUntilDone: 13, recovery: "B" });
  harness = await openHarness({ providers: [provider], parts: { clock } });
  const nodes = ["a", "b", "c"].map((id) => ({
    ...graph.nodes[0]!,
    id,
    settings: { instruction: id },
  }));
  const started = await pressRun(harness.host, { nodes, connections: [] }, { mode: "all" });
  const { run: ended } = await waitForEnd(harness, started.id);
  expect([ended.state, ended.credits]).toEqual(["done", 15]);
});
