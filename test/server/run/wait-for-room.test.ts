import { afterEach, describe, expect, test } from "vitest";
import { StorageFull, StorageUnavailable } from "../../../server/assets/asset-store.ts";
import type { RecoveryClass } from "../../../server/providers/provider.ts";
import { StorageFull as StoreFull } from "../../../server/store/store-error.ts";
import { checkLedger } from "../../../server/store/check-ledger.ts";
import { balanceOf } from "../../../server/store/read-ledger.ts";
import { buildGraph } from "../../helpers/build-graph.ts";
import { createFakeProvider, fakeModel } from "../../helpers/fake-provider.ts";
import { quickClock } from "../../helpers/quick-clock.ts";
import {
  caller,
  memoryAssets,
  openHarness,
  pressRun,
  waitForEnd,
  type Harness,
} from "../../helpers/run-harness.ts";

const graph = buildGraph()
  .node("a", "image-generator", { settings: { prompt: "a cat" } })
  .done();
const always = 1_000_000;
const classes = ["A", "B", "C", "D"] as const satisfies readonly RecoveryClass[];

let harness: Harness;
afterEach(() => harness.close());

/** A relay whose storage takes nothing the first times, and a provider that answers with its result. */
async function openFull(recovery: RecoveryClass, times: number, error: Error) {
  const outputs = [{ kind: "bytes", bytes: Buffer.from("picture") }] as const;
  const provider = createFakeProvider({
    recovery,
    models: [fakeModel("image")],
    answer: () => ({ outputs, billedCredits: null, notes: [] }),
  });
  const assets = memoryAssets();
  let refusals = 0;
  const { clock, waits } = quickClock();
  const keep: typeof assets.keep = (...what) => {
    refusals += 1;
    return refusals > times ? assets.keep(...what) : Promise.reject(error);
  };
  const parts = { clock, assets: { ...assets, keep } };
  harness = await openHarness({ providers: [provider], parts });
  const { id } = await pressRun(harness.host, graph, { mode: "all" });
  const { run, events } = await waitForEnd(harness, id);
  const { database } = harness.store;
  expect(await checkLedger(database)).toEqual([]);
  const { held, spent } = await balanceOf(database, caller.team);
  const told = events.flatMap(({ event }) =>
    event.type === "node-no-room" ? [event.isWaiting] : [],
  );
  return { run, told, held, spent, submits: [...provider.submits.values()], waits };
}

describe("F27: a result that came with its answer, when the disk is full", () => {
  test.each(classes)("waits for room in class %s, says so, and is paid once", async (recovery) => {
    const full = await openFull(recovery, 12, new StorageFull());
    expect(full.run.state).toBe("done");
    expect(full).toMatchObject({ told: [true, false], held: 0, spent: 5, submits: [1] });
    expect(harness.warnings.filter((name) => name === "result-without-room")).toHaveLength(1);
  });

  test("waits in the same way for storage elsewhere that does not answer", async () => {
    const away = await openFull("D", 3, new StorageUnavailable("It does not answer."));
    expect(away).toMatchObject({ told: [true, false], held: 0, spent: 5, submits: [1] });
  });

  test("is given up after a quarter of an hour: the user does not pay", async () => {
    const lost = await openFull("D", always, new StorageFull());
    expect(lost.run.state).toBe("failed");
    expect(lost).toMatchObject({ told: [true, false], held: 0, spent: 0, submits: [1] });
    const waitedMs = lost.waits.filter((ms) => ms <= 30_000).reduce((sum, ms) => sum + ms, 0);
    expect(waitedMs).toBeGreaterThan(14 * 60_000);
    expect(waitedMs).toBeLessThan(17 * 60_000);
  });

  test("other trouble of the storage is not waited for", async () => {
    const broken = await openFull("A", 1, new Error("The disk is broken."));
    expect(broken).toMatchObject({ told: [], held: 0, spent: 5 });
  });
});

describe("F26: a database that is full when the result is there", () => {
  test("has it committed once there is room, paid once", async () => {
    const provider = createFakeProvider({ recovery: "D" });
    let refusals = 0;
    const { clock } = quickClock();
    harness = await openHarness({ providers: [provider], parts: { clock } });
    const { transaction } = harness.store;
    const graphOfText = buildGraph().node("a", "assistant", { settings: { instruction: "a" } });
    Object.assign(harness.parts, {
      store: {
        ...harness.store,
        transaction: (work: Parameters<typeof transaction>[0]) => {
          const isMade = provider.calls.length > 0;
          if (!isMade || refusals >= 5) return transaction(work);
          refusals += 1;
          return Promise.reject(new StoreFull(null));
        },
      },
    });
    const { id } = await pressRun(harness.host, graphOfText.done(), { mode: "all" });
    const { run } = await waitForEnd(harness, id);
    expect([run.state, refusals]).toEqual(["done", 5]);
    expect([...provider.submits.values()]).toEqual([1]);
    const { database } = harness.store;
    expect(await balanceOf(database, caller.team)).toMatchObject({ held: 0, spent: 5 });
  });
});
