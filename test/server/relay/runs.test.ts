import { afterEach, describe, expect, test } from "vitest";
import type { Graph } from "#domain/graph";
import { createRelayClient } from "#domain/relay-client";
import type { NumberedEvent } from "#domain/run-event";
import { sendTo } from "../../../server/cli/send-to-relay.ts";
import { free } from "#domain/price";
import { createDevice, ensureTeam } from "../../../server/store/members.ts";
import { openStore } from "../../../server/store/open-store.ts";
import { createFakeProvider, fakeModel } from "../../helpers/fake-provider.ts";
import { openTestRelay, type TestRelay } from "../../helpers/open-test-relay.ts";

const graph: Graph = {
  nodes: ["a", "b"].map((id) => ({
    id,
    type: "assistant" as const,
    title: id,
    model: "fake:text",
    settings: { instruction: id },
    isLocked: false,
  })),
  connections: [
    { from: { node: "a", port: "text" }, to: { node: "b", port: "text" }, order: 0, via: null },
  ],
};
const request = { file: "file-1", graph, target: { mode: "all" as const }, isAgain: false };
const models = [fakeModel("text", { price: free })];

let opened: TestRelay;
afterEach(() => opened.close());

async function press(key: string, changes: Partial<typeof request> = {}) {
  const quote = await opened.client.call("quote", { body: { ...request, ...changes } });
  const body = { ...request, ...changes, quote: quote.id };
  return opened.client.call("runStart", { headers: { "idempotency-key": key }, body });
}
async function collect(run: string, after: number) {
  const events: NumberedEvent[] = [];
  for await (const event of opened.client.events(run, after)) events.push(event);
  return events;
}

describe("the events of a run", () => {
  test("F35: come live without a gap, and again from any number on", async () => {
    opened = await openTestRelay([createFakeProvider({ models })]);
    const run = await press("press-1-2345");
    const all = await collect(run.id, 0);
    expect(all.map((event) => event.number)).toEqual(all.map((_, at) => at + 1));
    expect(all.at(-1)?.event).toMatchObject({ type: "run-end", state: "done" });
    for (let after = 0; after < all.length; after += 1) {
      expect(await collect(run.id, after)).toEqual(all.slice(after));
    }
  });

  test("are followed by at most six streams of a device, and a closed one frees its place", async () => {
    const gate = Promise.withResolvers<void>();
    const answer = async () => {
      await gate.promise;
      return { outputs: [{ kind: "text", text: "made" }], billedCredits: null, notes: [] } as const;
    };
    opened = await openTestRelay([createFakeProvider({ models, answer })]);
    const run = await press("press-1-2345");
    const path = `/v1/runs/${run.id}/events`;
    const leaving = new AbortController();
    const streams = [await opened.ask(path, { signal: leaving.signal })];
    for (let more = 1; more < 6; more += 1) streams.push(await opened.ask(path));
    expect(streams.map((stream) => stream.status)).toEqual(Array(6).fill(200));
    expect((await opened.ask(path)).status).toBe(429);
    leaving.abort();
    let status = 429;
    while (status === 429) {
      const next = await opened.ask(path);
      status = next.status;
      await next.body?.cancel();
    }
    expect(status).toBe(200);
    gate.resolve();
    await Promise.all(streams.slice(1).map((stream) => stream.text()));
  });
});

describe("a press of Run", () => {
  test("F40: with the key of another request is refused, with the same one gives the same run", async () => {
    opened = await openTestRelay([createFakeProvider({ models })]);
    const first = await press("press-1-2345");
    expect((await press("press-1-2345")).id).toBe(first.id);
    await expect(press("press-1-2345", { file: "file-2" })).rejects.toMatchObject({
      code: "key-reused",
    });
    await collect(first.id, 0);
  });

  test("with the quote of another request is refused", async () => {
    opened = await openTestRelay([createFakeProvider({ models })]);
    const quote = await opened.client.call("quote", { body: request });
    const body = { ...request, file: "file-2", quote: quote.id };
    const start = opened.client.call("runStart", {
      headers: { "idempotency-key": "press-9-2345" },
      body,
    });
    await expect(start).rejects.toMatchObject({ code: "quote-stale" });
  });

  test("without a key, or with a graph that cannot run, is refused before anything is held", async () => {
    opened = await openTestRelay([createFakeProvider({ models })]);
    const none = opened.client.call("runStart", { body: { ...request, quote: "x" } });
    await expect(none).rejects.toMatchObject({ code: "request-invalid" });
    const broken = { ...graph, nodes: graph.nodes.map((node) => ({ ...node, model: "no:where" })) };
    const body = { ...request, graph: broken, quote: "x" };
    const start = opened.client.call("runStart", {
      headers: { "idempotency-key": "press-9-2345" },
      body,
    });
    await expect(start).rejects.toMatchObject({
      code: "graph-invalid",
      issues: [{ nodeId: "a" }, { nodeId: "b" }],
    });
  });
});

describe("a graph that is too much", () => {
  const post = (body: object) => {
    const text = JSON.stringify(body);
    const headers = { "content-type": "application/json", "content-length": String(text.length) };
    return opened.ask("/v1/quotes", { method: "POST", headers, body: text });
  };
  const nodes = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ ...graph.nodes[0]!, id: `n${at}`, settings: {} }));

  test("F43: is refused before any work, and the relay answers on", async () => {
    opened = await openTestRelay([createFakeProvider({ models })]);
    expect(
      (await post({ ...request, graph: { nodes: nodes(10_000), connections: [] } })).status,
    ).toBe(400);
    expect(
      (await post({ ...request, graph: { nodes: nodes(2_001), connections: [] } })).status,
    ).toBe(400);
    const odd = [{ ...graph.nodes[0]!, type: "teleporter" }];
    const answer = await post({ ...request, graph: { nodes: odd, connections: [] } });
    expect(await answer.text()).toContain("graph.nodes.0.type");
    expect((await opened.ask("/v1/status")).status).toBe(200);
  });

  test("F44: in a circle is told with the names of the circle", async () => {
    opened = await openTestRelay([createFakeProvider({ models })]);
    const back = {
      from: { node: "b", port: "text" },
      to: { node: "a", port: "text" },
      order: 0,
      via: null,
    };
    const circle = { ...graph, connections: [...graph.connections, back] };
    const { issues, credits } = await opened.client.call("quote", {
      body: { ...request, graph: circle },
    });
    expect([issues.map((issue) => issue.code), credits]).toEqual([["cycle"], 0]);
  });
});

describe("another team", () => {
  test("sees a run, its events and its results as if they did not exist", async () => {
    opened = await openTestRelay([createFakeProvider({ models })]);
    const run = await press("press-1-2345");
    await collect(run.id, 0);
    const { folder } = opened;
    await opened.close(true);
    const store = await openStore({ folder, nowMs: () => Date.now() });
    const stranger = await store.transaction(async (transaction) => {
      await ensureTeam(transaction, "rivals", () => "relay-2");
      const random = (bytes: number) => new Uint8Array(bytes).fill(7);
      const values = { member: "eve", name: "laptop", nowMs: Date.now(), random };
      return createDevice(transaction, "rivals", values);
    });
    await store.close();
    opened = await openTestRelay([createFakeProvider({ models })], folder);
    const eve = createRelayClient(sendTo(opened.relay.port), stranger.token);
    const path = { run: run.id };
    const said = async (work: Promise<unknown>) =>
      work.then(
        () => "found",
        (error: unknown) => String(error),
      );
    const unknown = await said(
      eve.call("runGet", { path: { run: "0".repeat(32) }, body: undefined }),
    );
    expect(await said(eve.call("runGet", { path, body: undefined }))).toBe(unknown);
    expect(await said(eve.call("runCancel", { path, body: {} }))).toBe(unknown);
    const versions = await eve.call("versions", {
      query: { file: "file-1", node: "a" },
      body: undefined,
    });
    expect(versions).toEqual({ versions: [] });
    expect(await eve.call("runList", { query: { file: "file-1" }, body: undefined })).toEqual({
      runs: [],
    });
  });
});

describe("a relay that was stopped in the middle", () => {
  test("goes on with its runs at the next start", async () => {
    const entered = Promise.withResolvers<void>();
    const provider = createFakeProvider({
      models,
      pollsUntilDone: 2,
      answer: () => ({ outputs: [{ kind: "text", text: "made" }], billedCredits: null, notes: [] }),
    });
    const submit = provider.submit.bind(provider);
    provider.submit = async (call) => {
      const accepted = await submit(call);
      entered.resolve();
      return accepted;
    };
    opened = await openTestRelay([provider]);
    const run = await press("press-1-2345");
    await entered.promise;
    const { folder } = opened;
    await opened.close(true);
    opened = await openTestRelay([provider], folder);
    const events = await collect(run.id, 0);
    expect(events.at(-1)?.event).toMatchObject({ type: "run-end", state: "done" });
    expect(provider.calls).toHaveLength(2);
  });
});
