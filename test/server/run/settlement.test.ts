import { afterEach, describe, expect, test } from "vitest";
import { CallFailure, type ProviderCall } from "../../../server/providers/provider.ts";
import { checkLedger } from "../../../server/store/check-ledger.ts";
import { balanceOf } from "../../../server/store/read-ledger.ts";
import { buildGraph } from "../../helpers/build-graph.ts";
import { createFakeProvider, fakeModel } from "../../helpers/fake-provider.ts";
import {
  caller,
  openHarness,
  pressRun,
  waitForEnd,
  type Harness,
} from "../../helpers/run-harness.ts";

let harness: Harness;
afterEach(async () => {
  expect(await checkLedger(harness.store.database)).toEqual([]);
  await harness.close();
});

const balance = () => balanceOf(harness.store.database, caller.team);
const lossOf = async () => {
  const { database } = harness.store;
  const rows = await database.selectFrom("account").selectAll().execute();
  return rows.find(({ name }) => name === "house:loss")?.credits ?? 0;
};
const drawn = (prompt: string, billedCredits: number | null = null) =>
  ({ outputs: [{ kind: "bytes", bytes: Buffer.from(prompt) }], billedCredits, notes: [] }) as const;
const refused = (billing: "not-billed" | "unknown") => {
  const message = "It was refused. Change it and run again.";
  return new CallFailure({ code: "provider-refused", message, isRetryable: false }, billing);
};
const promptOf = ({ request }: ProviderCall) => (request.task === "image" ? request.prompt : "");
const models = [fakeModel("image")];

/** Three items, of which each is a call of five credits. */
const batch = buildGraph()
  .node("l", "list", {
    settings: {
      items: ["one", "two", "three"].map((text) => ({
        isTicked: true,
        item: { kind: "text", text },
      })),
    },
  })
  .node("a", "image-generator")
  .join("l", "a", "prompt")
  .done();
const single = buildGraph().text("t").node("a", "image-generator").join("t", "a", "prompt").done();

describe("a batch of which a part fails", () => {
  test("settles item by item: what was made is paid and kept, the rest is given back", async () => {
    const provider = createFakeProvider({
      models,
      answer: (call) => {
        if (promptOf(call).includes("two")) throw refused("not-billed");
        return drawn(promptOf(call));
      },
    });
    harness = await openHarness({ providers: [provider] });
    const started = await pressRun(harness.host, batch, { mode: "from-here", node: "l" });
    expect((await balance()).held + (await balance()).spent).toBeGreaterThan(0);
    const { run } = await waitForEnd(harness, started.id);
    expect(run.steps["a"]).toMatchObject({ state: "failed", credits: 10 });
    expect(run.steps["a"]?.version?.items).toHaveLength(2);
    expect(run.steps["a"]?.failure?.message).toContain("2 results that came before are kept");
    expect(await balance()).toEqual({ available: 990, held: 0, spent: 10 });
    expect(await lossOf()).toBe(0);
  });

  test("in which one outcome is unknown gives that item back, at the house's cost", async () => {
    const provider = createFakeProvider({
      models,
      answer: (call) => {
        if (promptOf(call).includes("two")) throw refused("unknown");
        return drawn(promptOf(call));
      },
    });
    harness = await openHarness({ providers: [provider] });
    const started = await pressRun(harness.host, batch, { mode: "from-here", node: "l" });
    await waitForEnd(harness, started.id);
    expect(await balance()).toEqual({ available: 990, held: 0, spent: 10 });
    expect(await lossOf()).toBe(5);
  });
});

describe("what was held for a call", () => {
  test("is given back whole when the call fails", async () => {
    const provider = createFakeProvider({
      models,
      answer: () => {
        throw refused("not-billed");
      },
    });
    harness = await openHarness({ providers: [provider] });
    const { id } = await pressRun(harness.host, single, { mode: "all" });
    const { run } = await waitForEnd(harness, id);
    expect(run.steps["a"]).toMatchObject({ state: "failed", credits: 0 });
    expect(await balance()).toEqual({ available: 1_000, held: 0, spent: 0 });
    expect(await lossOf()).toBe(0);
  });

  test("is given back whole when the run is cancelled before the provider accepted", async () => {
    const entered = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const provider = createFakeProvider({
      models,
      concurrency: 1,
      answer: async (call) => {
        entered.resolve();
        await gate.promise;
        return drawn(promptOf(call));
      },
    });
    harness = await openHarness({ providers: [provider] });
    const started = await pressRun(harness.host, batch, { mode: "from-here", node: "l" });
    await entered.promise;
    expect(await balance()).toEqual({ available: 985, held: 15, spent: 0 });
    await harness.host.cancel(caller.team, started.id);
    gate.resolve();
    const { run } = await waitForEnd(harness, started.id);
    // The first call was with the provider; the other two waited for their turn.
    expect(provider.calls).toHaveLength(1);
    expect(run.steps["a"]).toMatchObject({ credits: 5, failure: { code: "cancelled" } });
    expect(await balance()).toEqual({ available: 995, held: 0, spent: 5 });
    expect(await lossOf()).toBe(0);
  });

  test("is the most that is settled, whatever the provider bills; the house bears the rest", async () => {
    const provider = createFakeProvider({ models, answer: (call) => drawn(promptOf(call), 12) });
    harness = await openHarness({ providers: [provider] });
    const { id } = await pressRun(harness.host, single, { mode: "all" });
    const { run } = await waitForEnd(harness, id);
    expect(run.credits).toBe(5);
    expect(await balance()).toEqual({ available: 995, held: 0, spent: 5 });
    expect(await lossOf()).toBe(7);
  });
});
