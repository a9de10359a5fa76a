import { afterEach, expect, test } from "vitest";
import { executeRun } from "../../../server/run/execute-run.ts";
import { nodeRuns } from "../../../server/store/node-runs.ts";
import { requestCancel } from "../../../server/store/runs.ts";
import { readAllRows } from "../../contract/store/rows.ts";
import { buildGraph } from "../../helpers/build-graph.ts";
import { createFakeProvider } from "../../helpers/fake-provider.ts";
import {
  caller,
  openHarness,
  pressRun,
  waitForEnd,
  type Harness,
} from "../../helpers/run-harness.ts";

let harness: Harness;
afterEach(() => harness.close());

const { team } = caller;
const graph = buildGraph()
  .node("a", "assistant", { settings: { instruction: "a" } })
  .node("b", "assistant", { settings: { instruction: "b" } })
  .join("a", "b")
  .done();

test("a process that others took for dead works on nothing of its run, also where somebody stopped it", async () => {
  const fake = createFakeProvider();
  const made = Promise.withResolvers<void>();
  const provider = {
    ...fake,
    submit: async (call: Parameters<typeof fake.submit>[0]) => {
      await made.promise;
      return fake.submit(call);
    },
  };
  harness = await openHarness({ providers: [provider] });
  const { parts, store, host } = harness;
  const { id: run } = await pressRun(host, graph, { mode: "all" });
  const stateOfFirst = async () => (await nodeRuns(store.database, team, run)).get("a")?.state;
  await expect.poll(stateOfFirst).toBe("running");
  await store.transaction((transaction) => requestCancel(transaction, team, run));
  const before = await readAllRows(store.database);
  const shared = {
    parts,
    signal: new AbortController().signal,
    isOurs: () => false,
    lineOf: () => {
      throw new Error("It asked for a place at the provider.");
    },
  };
  const pass = executeRun(shared, { team, run });
  await expect(pass).rejects.toThrow("Another process may work on this run by now.");
  expect(await readAllRows(store.database)).toEqual(before);
  made.resolve();
  const { run: ended } = await waitForEnd(harness, run);
  expect([ended.steps["a"]?.state, ended.steps["b"]?.state]).toEqual(["done", "skipped"]);
});
