import fc from "fast-check";
import { expect, test } from "vitest";
import { CallFailure } from "../../../server/providers/provider.ts";
import { checkLedger } from "../../../server/store/check-ledger.ts";
import { balanceOf } from "../../../server/store/read-ledger.ts";
import { buildGraph } from "../../helpers/build-graph.ts";
import { createFakeProvider } from "../../helpers/fake-provider.ts";
import { caller, openHarness, pressRun, waitForEnd } from "../../helpers/run-harness.ts";

const names = ["a", "b", "c", "d", "e", "f"];
const pairs = names.flatMap((from, at) => names.slice(at + 1).map((to) => [from, to] as const));
const refusal = new CallFailure(
  { code: "provider-refused", message: "It was refused.", isRetryable: false },
  "not-billed",
);

test("F46: any nodes of any graph that fail stop what is below them, and nothing else is paid for", async () => {
  let failing: readonly string[] = [];
  const provider = createFakeProvider({
    answer: ({ request }) => {
      if (request.task === "text" && failing.includes(request.instruction)) throw refusal;
      return { outputs: [{ kind: "text", text: "made" }], billedCredits: null, notes: [] };
    },
  });
  const harness = await openHarness({ providers: [provider], credits: 10_000 });
  const { database } = harness.store;
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.subarray(pairs), fc.subarray(names), async (wires, broken) => {
      failing = broken;
      runs += 1;
      const builder = buildGraph();
      for (const name of names)
        builder.node(name, "assistant", { settings: { instruction: name } });
      for (const [from, to] of wires) builder.join(from, to);
      const { spent } = await balanceOf(database, caller.team);
      const options = { file: `file-${runs}` };
      const { id } = await pressRun(harness.host, builder.done(), { mode: "all" }, options);
      const { run } = await waitForEnd(harness, id);
      // Names are in an order in which every wire goes forward.
      const lost = new Set<string>();
      const expected = names.map((name) => {
        const isBelow = wires.some(([from, to]) => to === name && lost.has(from));
        if (isBelow || broken.includes(name)) lost.add(name);
        return isBelow ? "skipped" : broken.includes(name) ? "failed" : "done";
      });
      expect(names.map((name) => run.steps[name]?.state)).toEqual(expected);
      const paid = expected.filter((state) => state === "done").length * 5;
      const after = await balanceOf(database, caller.team);
      expect([run.credits, after.spent - spent, after.held]).toEqual([paid, paid, 0]);
    }),
    { numRuns: 40, seed: 46 },
  );
  expect(await checkLedger(database)).toEqual([]);
  await harness.close();
});
