import { afterEach, describe, expect, test } from "vitest";
import type { Model } from "#domain/model";
import { dollars, type Price } from "#domain/price";
import { CallFailure, type ProviderResult } from "../../../server/providers/provider.ts";
import { createProviders } from "../../../server/providers/registry.ts";
import { listCaps, setCap } from "../../../server/store/caps.ts";
import { checkLedger } from "../../../server/store/check-ledger.ts";
import { balanceOf } from "../../../server/store/read-ledger.ts";
import { setConfirmAbove } from "../../../server/store/spending-settings.ts";
import { usageOf } from "../../../server/store/usage.ts";
import { buildGraph, textItem } from "../../helpers/build-graph.ts";
import { createFakeProvider, fakeModel, type Answer } from "../../helpers/fake-provider.ts";
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

const graph = buildGraph().text("t").node("a", "image-generator").join("t", "a", "prompt").done();
const request = { file: "file-1", graph, target: { mode: "all" as const }, isAgain: false };
const team = { kind: "team", name: "", unit: "microDollars" } as const;
const good: ProviderResult = {
  outputs: [{ kind: "bytes", bytes: Buffer.from("picture") }],
  billedCredits: null,
  notes: [],
};
const balance = () => balanceOf(harness.store.database, caller.team);
const takenOf = async () => {
  const { database } = harness.store;
  const all = { fromMs: 0, untilMs: Date.now() + 1, member: null };
  const rows = await usageOf(database, caller.team, { ...all, fromMs: Date.now() - 1_000_000 });
  return rows.reduce((sum, { microDollars }) => sum + microDollars, 0);
};

async function open(
  changes: Partial<Model>,
  answer: Answer = () => good,
  creditsPerDollar: number | null = null,
): Promise<void> {
  const provider = createFakeProvider({ models: [fakeModel("image", changes)], answer });
  const providers = createProviders([provider], creditsPerDollar);
  harness = await openHarness({ providers: [provider], parts: { providers } });
}

async function run() {
  const { id } = await pressRun(harness.host, graph, { mode: "all" });
  return (await waitForEnd(harness, id)).run;
}

describe("a call that is paid in dollars", () => {
  test("costs what was quoted, beside the ledger, which has nothing of it", async () => {
    await open({ price: dollars(0.04) });
    const quote = await harness.host.quote(caller, request);
    expect(quote).toMatchObject({ credits: 0, microDollars: 40_000, isLarge: false, notes: [] });
    const ended = await run();
    expect(ended).toMatchObject({ state: "done", credits: 0, microDollars: 40_000 });
    expect(ended.steps["a"]?.version).toMatchObject({ microDollars: 40_000, notes: [] });
    expect(await balance()).toEqual({ available: 1_000, held: 0, spent: 0 });
    expect(await takenOf()).toBe(40_000);
  });

  test.each([
    [39_000, []],
    [40_000, []],
    [60_000, ["Fake took $0.06 on your own account, more than the $0.04 that was shown before."]],
  ])(
    "costs the %i micro-dollars that the provider says, and more is told",
    async (billed, notes) => {
      await open({ price: dollars(0.04), priceBasis: "estimate" }, () => ({
        ...good,
        billedMicroDollars: billed,
      }));
      const ended = await run();
      expect(ended).toMatchObject({ microDollars: billed, priceBasis: "list" });
      expect(ended.steps["a"]?.version?.notes).toEqual(notes);
      expect(await takenOf()).toBe(billed);
    },
  );

  test("that fails costs nothing, but what the provider says it took for each try", async () => {
    let tries = 0;
    const message = "It was refused. Try again.";
    await open({ price: dollars(0.04) }, () => {
      tries += 1;
      const isRetryable = tries === 1;
      const failure = { code: "provider-refused", message, isRetryable } as const;
      throw new CallFailure(failure, "not-billed", 0, isRetryable ? 7_000 : 2_000);
    });
    const ended = await run();
    expect(ended.steps["a"]).toMatchObject({ state: "failed", microDollars: 9_000 });
    expect(ended).toMatchObject({ credits: 0, microDollars: 9_000 });
    expect(await takenOf()).toBe(9_000);
  });

  test("whose result cannot be used costs what the provider says, else nobody knows what", async () => {
    const outputs = [{ kind: "bytes", bytes: Buffer.from("BAD") }] as const;
    await open({ price: dollars(0.04) }, () => ({ ...good, outputs, billedMicroDollars: 40_000 }));
    const told = (await run()).steps["a"];
    expect(told).toMatchObject({ state: "failed", microDollars: 40_000, priceBasis: "list" });
    await harness.close();
    await open({ price: dollars(0.04) }, () => ({ ...good, outputs }));
    const untold = (await run()).steps["a"];
    expect(untold).toMatchObject({ state: "failed", microDollars: 0, priceBasis: "unknown" });
    expect(untold?.failure?.message).toContain("Fake may have billed your own account for it.");
  });
});

describe("a list whose calls cost different amounts", () => {
  test("is held and paid call by call, and what the plan says is what is held", async () => {
    const price: Price = {
      kind: "times",
      setting: "$promptCharacters",
      price: { kind: "fixed", credits: 1 },
    };
    const failure = { code: "provider-refused", message: "No.", isRetryable: false } as const;
    await open({ price }, ({ request: asked }) => {
      if ("prompt" in asked && asked.prompt === "bbb") throw new CallFailure(failure, "not-billed");
      return good;
    });
    const list = buildGraph()
      .list("l", textItem("a"), textItem("bbb"), textItem("cccccc"))
      .image("i", { prompt: "" })
      .join("l", "i", "prompt")
      .done();
    const { id, plan } = await pressRun(harness.host, list, { mode: "all" });
    expect(plan).toMatchObject({ credits: 10, microDollars: 0 });
    const held = await harness.store.database
      .selectFrom("transfer")
      .select(["call", "credits"])
      .where("kind", "=", "hold")
      .where("run", "=", id)
      .orderBy("call")
      .execute();
    expect(held.map(({ credits }) => credits)).toEqual([1, 3, 6]);
    expect((await waitForEnd(harness, id)).run.credits).toBe(7);
    expect(await balance()).toEqual({ available: 993, held: 0, spent: 7 });
  });
});

describe("a cap in dollars", () => {
  test("refuses a start that would pass it, with nothing planned, and counts what was taken", async () => {
    await open({ price: dollars(0.04) }, () => ({ ...good, billedMicroDollars: 55_000 }));
    await harness.store.transaction((tx) => setCap(tx, caller.team, team, 90_000));
    await run();
    const [cap] = await listCaps(harness.store.database, caller.team, Date.now());
    expect(cap).toEqual({ ...team, most: 90_000, used: 55_000 });
    const quote = await harness.host.quote(caller, { ...request, isAgain: true });
    expect(quote.issues[0]?.message).toMatch(
      /The team may spend \$0\.09 a month, and \$0\.035 are left in .+ may cost \$0\.04\./,
    );
  });
});

describe("a large price in dollars", () => {
  test("starts only when it was confirmed a second time", async () => {
    await open({ price: dollars(0.04) });
    await harness.store.transaction((tx) =>
      setConfirmAbove(tx, caller.team, 39_999, "microDollars"),
    );
    const quote = await harness.host.quote(caller, request);
    expect(quote.isLarge).toBe(true);
    const start = (isConfirmed: boolean) =>
      harness.host.startRun(caller, "press-1-of-1", { ...request, quote: quote.id, isConfirmed });
    await expect(start(false)).rejects.toThrow("This run may cost $0.04, which this team");
    const { id } = await start(true);
    expect((await waitForEnd(harness, id)).run.state).toBe("done");
  });
});

describe("a price that nobody knows", () => {
  const unknown = { price: dollars(0), priceBasis: "unknown" } as const;

  test("is confirmed twice, counts as nothing against caps, and that is said", async () => {
    await open(unknown, () => ({ ...good, billedMicroDollars: 30_000 }));
    const before = await harness.host.quote(caller, request);
    expect(before.notes).toEqual(["Nobody knows what Fake image will cost before it runs."]);
    await harness.store.transaction((tx) => setCap(tx, caller.team, team, 10_000));
    const quote = await harness.host.quote(caller, request);
    expect(quote).toMatchObject({ issues: [], isLarge: true, microDollars: 0 });
    expect(quote.notes[0]).toContain("Until then it counts as nothing against the caps.");
    const start = (isConfirmed: boolean) =>
      harness.host.startRun(caller, "press-1-of-1", { ...request, quote: quote.id, isConfirmed });
    await expect(start(false)).rejects.toMatchObject({ code: "confirmation-missing" });
    const { id } = await start(true);
    const { run: ended } = await waitForEnd(harness, id);
    expect(ended).toMatchObject({ state: "done", microDollars: 30_000, priceBasis: "list" });
    expect(ended.steps["a"]?.version?.notes).toEqual([]);
    const [cap] = await listCaps(harness.store.database, caller.team, Date.now());
    expect(cap?.used).toBe(30_000);
  });

  test("stays not known where the provider says nothing", async () => {
    await open(unknown);
    const quote = await harness.host.quote(caller, request);
    const confirmed = { ...request, quote: quote.id, isConfirmed: true };
    const { id } = await harness.host.startRun(caller, "press-1-of-1", confirmed);
    const { run: ended } = await waitForEnd(harness, id);
    expect(ended.steps["a"]?.version).toMatchObject({ microDollars: 0, priceBasis: "unknown" });
  });
});

describe("a relay that sells credits", () => {
  test("turns dollars into credits for the team, and bears what providers take more", async () => {
    await open({ price: dollars(0.04), priceBasis: "estimate" }, billing(60_000), 100);
    const quote = await harness.host.quote(caller, request);
    expect(quote).toMatchObject({ credits: 4, microDollars: 0 });
    const ended = await run();
    expect(ended).toMatchObject({ credits: 4, microDollars: 0, priceBasis: "list" });
    expect(ended.steps["a"]?.version?.notes).toEqual([]);
    expect(await balance()).toEqual({ available: 996, held: 0, spent: 4 });
    expect(await takenOf()).toBe(0);
    const { database } = harness.store;
    const accounts = await database.selectFrom("account").selectAll().execute();
    expect(accounts.find(({ name }) => name === "house:loss")?.credits).toBe(2);
  });

  test("does not sell what has no price", async () => {
    await open({ price: dollars(0), priceBasis: "unknown" }, undefined, 100);
    const quote = await harness.host.quote(caller, request);
    expect(quote.issues[0]?.message).toContain("it is not sold for credits");
  });
});

function billing(billedMicroDollars: number): Answer {
  return () => ({ ...good, billedMicroDollars });
}
