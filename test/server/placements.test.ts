import { afterEach, describe, expect, test } from "vitest";
import type { Graph } from "#domain/graph";
import { free } from "#domain/price";
import type { Placement } from "#domain/placement-lease";
import { createRelayClient } from "#domain/relay-client";
import type { RunEvent } from "#domain/run-event";
import { sendTo } from "../../server/cli/send-to-relay.ts";
import { CallFailure } from "../../server/providers/provider.ts";
import { createDevice, ensureTeam } from "../../server/store/members.ts";
import { openStore } from "../../server/store/open-store.ts";
import { createFakeProvider, fakeModel } from "../helpers/fake-provider.ts";
import { openTestRelay, type TestRelay } from "../helpers/open-test-relay.ts";
import { pngOf } from "../helpers/test-picture.ts";

const node = (id: string, changes: Partial<Graph["nodes"][number]> = {}) => ({
  id,
  type: "assistant" as const,
  title: id,
  model: "local:assistant",
  settings: { instruction: `A sentence about ${id}.` },
  isLocked: false,
  ...changes,
});
const pictures = node("pictures", {
  type: "image-generator",
  model: "local:draft",
  settings: { prompt: "a red boat", count: 2 },
});
const graph: Graph = {
  nodes: [pictures, node("words")],
  connections: [],
};

const refused = {
  code: "provider-refused",
  message: "It was refused.",
  isRetryable: false,
} as const;

let opened: TestRelay;
afterEach(() => opened.close());

let presses = 0;
/** Runs a graph to its end; gives what was told, without the numbers. */
async function run(changes: Partial<{ graph: Graph; isAgain: boolean; session: string }> = {}) {
  const { session, ...asked } = changes;
  const request = {
    ...{ file: "file-1", graph, target: { mode: "all" as const }, isAgain: false },
    ...asked,
  };
  const quote = await opened.client.call("quote", { body: request });
  const { id } = await opened.client.call("runStart", {
    headers: { "idempotency-key": `press-${String((presses += 1)).padStart(8, "0")}` },
    body: { ...request, quote: quote.id, ...(session !== undefined && { session }) },
  });
  const events: RunEvent[] = [];
  for await (const { event } of opened.client.events(id, 0)) events.push(event);
  return { id, events };
}
const list = async (client = opened.client): Promise<Placement[]> =>
  (await client.call("placements", { query: { file: "file-1" }, body: undefined })).placements;
const ended = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === "node-end" ? [event.version] : []));

describe("the results of a run", () => {
  test("wait for the canvas, each item once, also those that the relay draws itself", async () => {
    opened = await openTestRelay();
    const { id, events } = await run({ session: "panel-1" });
    const waiting = await list();
    const versions = ended(events);
    expect(versions.map((version) => version.items.length).sort()).toEqual([1, 2]);
    const expected = versions.flatMap((version) =>
      version.items.map((item, index) => ({
        ...{ file: "file-1", node: version.node, run: id, version: version.id, index, item },
        ...{ port: version.node === "pictures" ? "image" : "text", count: version.items.length },
        ...{ attempt: 1, state: "pending", layer: null, session: "panel-1" },
        madeAtMs: version.atMs,
      })),
    );
    expect(waiting).toHaveLength(expected.length);
    const pids = waiting.map(({ pid }) => pid);
    for (const one of expected) {
      expect(pids.map((pid) => ({ ...one, pid }))).toContainEqual(
        waiting.find(({ version, index }) => version === one.version && index === one.index),
      );
    }
    expect(new Set(pids).size).toBe(3);
    for (const pid of pids) expect(pid).toMatch(/^[0-9a-f]{64}$/);
    const pieces = waiting.filter((each) => each.node === "pictures");
    expect(pieces.map(({ index }) => index)).toEqual([0, 1]);
  });

  test("that are used again do not wait a second time; those made again do", async () => {
    opened = await openTestRelay();
    await run();
    const first = await list();
    const { events } = await run();
    expect(events.filter((event) => event.type === "node-reused")).toHaveLength(2);
    expect(await list()).toEqual(first);
    await run({ isAgain: true });
    const both = await list();
    expect(both.slice(0, first.length)).toEqual(first);
    expect(both).toHaveLength(2 * first.length);
  });

  test("that came before a failure wait too, and what failed leaves nothing", async () => {
    const bytes = await pngOf(8, 8, () => [200, 40, 40]);
    const provider = createFakeProvider({
      models: [fakeModel("image", { price: free })],
      answer: ({ request }) => {
        if (request.task === "image" && request.prompt === "two")
          throw new CallFailure(refused, "not-billed");
        return { outputs: [{ kind: "bytes", bytes }], billedCredits: null, notes: [] };
      },
    });
    opened = await openTestRelay([provider]);
    const items = ["one", "two"].map((text) => ({
      isTicked: true,
      item: { kind: "text" as const, text },
    }));
    const nodes = [
      node("list", { type: "list", model: null, settings: { items } }),
      { ...pictures, model: "fake:image", settings: {} },
    ];
    const from = { node: "list", port: "items" };
    const to = { node: "pictures", port: "prompt" };
    const { events } = await run({
      graph: { nodes, connections: [{ from, to, order: 0, via: null }] },
    });
    expect(events.map(({ type }) => type)).toContain("node-failure");
    const kept = { node: "pictures", index: 0, count: 1, item: { kind: "asset" } };
    expect(await list()).toMatchObject([kept]);
  });
});

test("another team sees and touches nothing of what waits", async () => {
  opened = await openTestRelay();
  await run({ session: "panel-1" });
  const [waiting] = await list();
  const { folder } = opened;
  await opened.client.call("fileOpen", {
    body: { file: "file-1", generation: 3, name: "Secret", fileKey: null, session: "panel-1" },
  });
  await opened.close(true);
  const store = await openStore({ folder, nowMs: () => Date.now() });
  const { token } = await store.transaction(async (transaction) => {
    await ensureTeam(transaction, "rivals", () => "relay-2");
    const random = (bytes: number) => new Uint8Array(bytes).fill(7);
    const values = { member: "eve", name: "laptop", nowMs: Date.now(), random };
    return createDevice(transaction, "rivals", values);
  });
  await store.close();
  opened = await openTestRelay([], folder);
  const eve = createRelayClient(sendTo(opened.relay.port), token);
  const gone = { code: "not-found" };
  const path = { pid: waiting!.pid };
  const session = "panel-1";
  expect(await list(eve)).toEqual([]);
  await expect(eve.call("placementClaim", { path, body: { session } })).rejects.toMatchObject(gone);
  const body = { session, outcome: "placed" as const, layer: "5:5" };
  await expect(eve.call("placementEnd", { path, body })).rejects.toMatchObject(gone);
  const wish = { file: "file-1", version: waiting!.version, index: 0, session };
  await expect(eve.call("placeAgain", { body: wish })).rejects.toMatchObject(gone);
  const stand = { file: "file-1", generation: 0, name: "Mine", fileKey: null, session: "eve" };
  expect(await eve.call("fileOpen", { body: stand })).toEqual({ verdict: "open", generation: 1 });
  expect(await list()).toContainEqual(waiting);
});
