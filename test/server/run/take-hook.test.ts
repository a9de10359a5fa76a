import { afterEach, expect, test } from "vitest";
import type { ProviderCall } from "../../../server/providers/provider.ts";
import { takeHook } from "../../../server/run/take-hook.ts";
import { checkLedger } from "../../../server/store/check-ledger.ts";
import { balanceOf } from "../../../server/store/read-ledger.ts";
import { createFakeProvider } from "../../helpers/fake-provider.ts";
import {
  caller,
  openHarness,
  pressRun,
  waitForEnd,
  type Harness,
} from "../../helpers/run-harness.ts";
import { buildGraph } from "../../helpers/build-graph.ts";

const graph = buildGraph()
  .node("a", "assistant", { settings: { instruction: "a" } })
  .done();

let harness: Harness;
afterEach(() => harness.close());

/** A provider of class C whose answer to the first submission is lost on the way. */
function forgetful() {
  const submitted = Promise.withResolvers<string>();
  const provider = createFakeProvider({ recovery: "C", pollsUntilDone: 1 });
  return {
    submitted: submitted.promise,
    provider: {
      ...provider,
      submit: async (call: ProviderCall) => {
        await provider.submit(call);
        submitted.resolve(call.reference);
        return new Promise<never>(() => undefined);
      },
    },
  };
}

test("F23, F24: a webhook that comes while the answer is lost brings the handle, once however often it comes", async () => {
  const { provider, submitted } = forgetful();
  const first = await openHarness({ providers: [provider] });
  const { id } = await pressRun(first.host, graph, { mode: "all" });
  const reference = await submitted;
  await first.store.close();
  harness = await openHarness({ providers: [provider], folder: first.folder });
  const hook = { id: "hook-1", reference, handle: reference };
  for (let times = 0; times < 100; times += 1) await takeHook(harness.parts, "fake", hook);
  const { run, events } = await waitForEnd(harness, id);
  await takeHook(harness.parts, "fake", hook);
  expect(run.state).toBe("done");
  expect(events.filter(({ event }) => event.type === "node-end")).toHaveLength(1);
  expect((await balanceOf(harness.store.database, caller.team)).spent).toBe(5);
  expect(await checkLedger(harness.store.database)).toEqual([]);
});

test("F25: a webhook about nothing that we asked for changes nothing", async () => {
  harness = await openHarness({ providers: [createFakeProvider()] });
  const hook = { id: "hook-1", reference: "somebody-else", handle: "job-1" };
  await takeHook(harness.parts, "fake", hook);
  expect(await harness.store.database.selectFrom("attempt").selectAll().execute()).toEqual([]);
});
