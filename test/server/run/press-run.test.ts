import { afterEach, describe, expect, test } from "vitest";
import type { Graph, Node } from "#domain/graph";
import { balanceOf } from "../../../server/store/read-ledger.ts";
import { createFakeProvider, type FakeProvider } from "../../helpers/fake-provider.ts";
import {
  caller,
  openHarness,
  pressRun,
  waitForEnd,
  type Harness,
} from "../../helpers/run-harness.ts";

const assistant = (id: string, changes: Partial<Node> = {}): Node => ({
  id,
  type: "assistant",
  title: id.toUpperCase(),
  model: null,
  settings: { instruction: id },
  isLocked: false,
  ...changes,
});
const wire = (from: string, to: string, order = 0) => ({
  from: { node: from, port: "text" },
  to: { node: to, port: "text" },
  order,
  via: null,
});
const diamond: Graph = {
  nodes: ["a", "b", "c", "d"].map((id) => assistant(id)),
  connections: [wire("a", "b"), wire("a", "c"), wire("b", "d"), wire("c", "d", 1)],
};

let harness: Harness;
afterEach(() => harness.close());

async function open(provider: FakeProvider, credits?: number) {
  harness = await openHarness({ providers: [provider], ...(credits !== undefined && { credits }) });
  return harness;
}
const balance = () => balanceOf(harness.store.database, caller.team);

describe("F40: the key of a press", () => {
  test("gives the same run for ever, and one hold", async () => {
    const provider = createFakeProvider();
    await open(provider);
    const starts = await Promise.all(
      Array.from({ length: 20 }, () =>
        pressRun(harness.host, diamond, { mode: "all" }, { key: "same-press" }),
      ),
    );
    expect(new Set(starts.map((run) => run.id)).size).toBe(1);
    await waitForEnd(harness, starts[0]!.id);
    expect([provider.calls.length, (await balance()).spent]).toEqual([4, 20]);
  });

  test("is refused for another request", async () => {
    await open(createFakeProvider());
    await pressRun(harness.host, diamond, { mode: "all" }, { key: "same-press" });
    const other = pressRun(
      harness.host,
      diamond,
      { mode: "this-node", node: "a" },
      { key: "same-press" },
    );
    await expect(other).rejects.toMatchObject({ code: "key-reused" });
  });
});

describe("F41: stopping a run", () => {
  test("gives back what no provider has taken and keeps what was made", async () => {
    const gate = Promise.withResolvers<void>();
    const entered = Promise.withResolvers<void>();
    const provider = createFakeProvider({
      answer: async ({ request }) => {
        if (request.task === "text" && request.instruction === "b") {
          entered.resolve();
          await gate.promise;
        }
        return { outputs: [{ kind: "text", text: "made" }], billedCredits: null, notes: [] };
      },
    });
    await open(provider);
    const started = await pressRun(harness.host, diamond, { mode: "all" });
    await entered.promise;
    await harness.host.cancel(caller.team, started.id);
    gate.resolve();
    const { run } = await waitForEnd(harness, started.id);
    expect([run.state, run.steps["b"]?.state, run.steps["d"]?.state]).toEqual([
      "cancelled",
      "done",
      "skipped",
    ]);
    expect((await balance()).held).toBe(0);
    expect((await balance()).spent).toBe(run.credits);
  });
});
