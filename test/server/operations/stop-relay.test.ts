import { describe, expect, test } from "vitest";
import type { Graph } from "#domain/graph";
import { free } from "#domain/price";
import { createFakeProvider, fakeModel } from "../../helpers/fake-provider.ts";
import { buildPng } from "../../helpers/build-png.ts";
import { hashOf, openTestRelay } from "../../helpers/open-test-relay.ts";

const graph: Graph = {
  nodes: [
    {
      id: "a",
      type: "assistant",
      title: "a",
      model: "fake:text",
      settings: { instruction: "a" },
      isLocked: false,
    },
  ],
  connections: [],
};

describe("a relay that stops", () => {
  test("ends event streams where their readers come back by number", async () => {
    const gate = Promise.withResolvers<undefined>();
    const answer = async () => {
      await gate.promise;
      return { outputs: [{ kind: "text", text: "made" }], billedCredits: null, notes: [] } as const;
    };
    const provider = createFakeProvider({ models: [fakeModel("text", { price: free })], answer });
    const opened = await openTestRelay([provider]);
    const request = { file: "file-1", graph, target: { mode: "all" as const }, isAgain: false };
    const quote = await opened.client.call("quote", { body: request });
    const headers = { "idempotency-key": "press-1-2345" };
    const body = { ...request, quote: quote.id };
    const run = await opened.client.call("runStart", { headers, body });
    const stream = await opened.ask(`/v1/runs/${run.id}/events`);
    const closing = opened.close();
    const text = await stream.text();
    expect(text).toMatch(/^id: 1\n/);
    expect(text.endsWith("retry: 1000\n\n")).toBe(true);
    expect(text).not.toContain("run-end");
    gate.resolve(undefined);
    await closing;
    expect(opened.log).toEqual([]);
  });

  test("closes its files only once no request works with them any more", async () => {
    const opened = await openTestRelay();
    const bytes = buildPng({ widthPx: 3_000, heightPx: 2_000 });
    const path = `/v1/assets/${hashOf(bytes)}`;
    const headers = { "content-type": "application/octet-stream" };
    const put = await opened.ask(path, { method: "PUT", body: new Uint8Array(bytes), headers });
    expect(put.status).toBe(200);
    const asked = [256, 512, 1024].map((width) => opened.ask(`${path}?width=${width}`));
    // Answered behind them, so they are under way by then.
    await opened.client.call("status", { body: undefined });
    await opened.close();
    const statuses = (await Promise.all(asked)).map((response) => response.status);
    expect(statuses).toEqual([200, 200, 200]);
    expect(opened.log).toEqual([]);
  });
});
