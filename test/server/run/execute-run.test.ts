import { afterEach, describe, expect, test } from "vitest";
import type { Graph, Node } from "#domain/graph";
import { CallFailure } from "../../../server/providers/provider.ts";
import { balanceOf } from "../../../server/store/read-ledger.ts";
import { parentsOfVersion } from "../../../server/store/versions.ts";
import { createFakeProvider, fakeModel, type FakeProvider } from "../../helpers/fake-provider.ts";
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

describe("a run", () => {
  test("runs each node once its inputs are there, and pays each once", async () => {
    const provider = createFakeProvider();
    await open(provider);
    const started = await pressRun(harness.host, diamond, { mode: "all" });
    expect(await balance()).toEqual({ available: 980, held: 20, spent: 0 });
    const { run, events } = await waitForEnd(harness, started.id);
    expect(run.state).toBe("done");
    expect(run.steps["d"]?.version?.items).toEqual([{ kind: "text", text: "A B A C D" }]);
    expect(await balance()).toEqual({ available: 980, held: 0, spent: 20 });
    expect(provider.calls).toHaveLength(4);
    expect(events.map((each) => each.number)).toEqual(events.map((_, at) => at + 1));
    expect(events.filter((each) => each.event.type === "run-end")).toHaveLength(1);
  });

  test("writes down from which results each result was made, and with which settings", async () => {
    await open(createFakeProvider());
    const started = await pressRun(harness.host, diamond, { mode: "all" });
    const { run } = await waitForEnd(harness, started.id);
    const idOf = (node: string) => run.steps[node]?.version?.id ?? "";
    const { database } = harness.store;
    const parents = await parentsOfVersion(database, caller.team, idOf("d"));
    expect(parents).toEqual(
      new Map([
        ["b", idOf("b")],
        ["c", idOf("c")],
      ]),
    );
    expect(await parentsOfVersion(database, caller.team, idOf("a"))).toEqual(new Map());
    expect(run.steps["d"]?.version).toMatchObject({
      settings: expect.objectContaining({ instruction: "d" }) as unknown,
      prompts: ["A B\n\nA C\n\nd"],
      seeds: [7],
      credits: 5,
      member: "ana",
    });
  });

  test("a second one reuses everything, holds nothing and says so", async () => {
    const provider = createFakeProvider();
    await open(provider);
    await waitForEnd(harness, (await pressRun(harness.host, diamond, { mode: "all" })).id);
    const again = await pressRun(harness.host, diamond, { mode: "from-here", node: "a" });
    const { run } = await waitForEnd(harness, again.id);
    expect(Object.values(run.steps).map((step) => step.state)).toEqual(Array(4).fill("reused"));
    expect([run.credits, provider.calls.length, (await balance()).spent]).toEqual([0, 4, 20]);
  });

  test("runs only what depends on a changed setting", async () => {
    const provider = createFakeProvider();
    await open(provider);
    await waitForEnd(harness, (await pressRun(harness.host, diamond, { mode: "all" })).id);
    const changed = {
      ...diamond,
      nodes: diamond.nodes.map((node) =>
        node.id === "b" ? assistant("b", { settings: { instruction: "other" } }) : node,
      ),
    };
    const { run } = await waitForEnd(
      harness,
      (await pressRun(harness.host, changed, { mode: "all" })).id,
    );
    const states = Object.fromEntries(
      Object.entries(run.steps).map(([id, step]) => [id, step.state]),
    );
    expect(states).toEqual({ a: "reused", b: "done", c: "reused", d: "done" });
    expect(provider.calls).toHaveLength(6);
  });

  test("stops below a changed node whose result came out the same, and gives the hold back", async () => {
    const provider = createFakeProvider({
      answer: ({ request }) => ({
        outputs: [
          { kind: "text", text: request.task === "text" ? request.instruction.slice(0, 1) : "" },
        ],
        billedCredits: null,
        notes: [],
      }),
    });
    await open(provider);
    await waitForEnd(harness, (await pressRun(harness.host, diamond, { mode: "all" })).id);
    const nodes = diamond.nodes.map((node) =>
      node.id === "a" ? assistant("a", { settings: { instruction: "again" } }) : node,
    );
    const started = await pressRun(harness.host, { ...diamond, nodes }, { mode: "all" });
    const { run } = await waitForEnd(harness, started.id);
    expect(run.steps["a"]?.state).toBe("done");
    expect(run.steps["d"]?.state).toBe("reused");
    expect(await balance()).toEqual({ available: 975, held: 0, spent: 25 });
  });

  test("F46: a failed node blocks only what is below it, and costs nothing", async () => {
    const provider = createFakeProvider({
      answer: ({ request }) => {
        if (request.task === "text" && request.instruction === "b") {
          const failure = {
            code: "provider-refused",
            message: "It was refused.",
            isRetryable: false,
          } as const;
          throw new CallFailure(failure, "not-billed");
        }
        return { outputs: [{ kind: "text", text: "fine" }], billedCredits: null, notes: [] };
      },
    });
    await open(provider);
    const { run } = await waitForEnd(
      harness,
      (await pressRun(harness.host, diamond, { mode: "all" })).id,
    );
    const states = Object.fromEntries(
      Object.entries(run.steps).map(([id, step]) => [id, step.state]),
    );
    expect(states).toEqual({ a: "done", b: "failed", c: "done", d: "skipped" });
    expect([run.state, run.steps["d"]?.because, run.credits]).toEqual(["failed", "b", 10]);
    expect(await balance()).toEqual({ available: 990, held: 0, spent: 10 });
  });

  test("F13: an outcome that nobody knows is not paid by the user and booked as our loss", async () => {
    const provider = createFakeProvider({
      answer: () => {
        const failure = { code: "timed-out", message: "No answer.", isRetryable: true } as const;
        throw new CallFailure(failure, "unknown");
      },
    });
    await open(provider);
    const graph = { nodes: [assistant("a")], connections: [] };
    const { run } = await waitForEnd(
      harness,
      (await pressRun(harness.host, graph, { mode: "all" })).id,
    );
    expect([run.state, provider.calls.length]).toEqual(["failed", 1]);
    expect(await balance()).toEqual({ available: 1_000, held: 0, spent: 0 });
    const accounts = await harness.store.database.selectFrom("account").selectAll().execute();
    expect(accounts.find((account) => account.name === "house:loss")?.credits).toBe(5);
  });

  test("a list makes one call an item, kept in order", async () => {
    const provider = createFakeProvider({
      models: [fakeModel("text"), fakeModel("image")],
      answer: pixel,
    });
    await open(provider);
    const entry = (text: string, isTicked = true) => ({ isTicked, item: { kind: "text", text } });
    const items = [entry("one"), entry("two", false), entry("three")];
    const graph: Graph = {
      nodes: [
        { ...assistant("l"), type: "list", settings: { items } },
        { ...assistant("g"), type: "image-generator", settings: {} },
      ],
      connections: [
        {
          from: { node: "l", port: "items" },
          to: { node: "g", port: "prompt" },
          order: 0,
          via: null,
        },
      ],
    };
    const { run } = await waitForEnd(
      harness,
      (await pressRun(harness.host, graph, { mode: "from-here", node: "l" })).id,
    );
    expect(run.steps["g"]?.version?.prompts).toEqual(["one", "three"]);
    expect([run.steps["g"]?.version?.items.length, run.credits]).toEqual([2, 10]);
  });

  test("is refused when it may cost more than there is, with nothing held", async () => {
    await open(createFakeProvider(), 19);
    await expect(pressRun(harness.host, diamond, { mode: "all" })).rejects.toThrow("20 credits");
    expect(await balance()).toEqual({ available: 19, held: 0, spent: 0 });
  });
});

function pixel() {
  return {
    outputs: [{ kind: "bytes", bytes: new Uint8Array([1, 2, 3]) }],
    billedCredits: null,
    notes: [],
  } as const;
}
