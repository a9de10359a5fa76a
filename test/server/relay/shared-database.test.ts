import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Graph } from "#domain/graph";
import { free } from "#domain/price";
import { createRelayClient, type RelayClient } from "#domain/relay-client";
import type { NumberedEvent } from "#domain/run-event";
import { sendTo } from "../../../server/cli/send-to-relay.ts";
import { createFakeProvider, fakeModel } from "../../helpers/fake-provider.ts";
import { openTestRelay, type TestRelay } from "../../helpers/open-test-relay.ts";
import { createTestDatabase, hasPostgres, type TestDatabase } from "../../helpers/postgres.ts";

const graph: Graph = {
  nodes: Array.from({ length: 12 }, (_, at) => ({
    id: `n${at}`,
    type: "assistant" as const,
    title: "A",
    model: "fake:text",
    settings: { instruction: String(at) },
    isLocked: false,
  })),
  connections: [],
};
const models = [fakeModel("text", { price: free })];

describe.skipIf(!(await hasPostgres()))("two relays on one database", () => {
  let database: TestDatabase;
  let folder: string;
  let relays: TestRelay[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "spaces-shared-"));
    database = await createTestDatabase();
  });
  afterEach(async () => {
    for (const relay of relays.splice(0)) await relay.close(true);
  });
  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(): Promise<readonly [TestRelay, TestRelay]> {
    const providers = [createFakeProvider({ models })];
    const one = await openTestRelay(providers, folder, database.url);
    const two = await openTestRelay(providers, folder, database.url);
    relays = [one, two];
    return [one, two];
  }
  async function press(client: RelayClient, key: string) {
    const request = { file: key, graph, target: { mode: "all" as const }, isAgain: false };
    const quote = await client.call("quote", { body: request });
    const body = { ...request, quote: quote.id };
    return client.call("runStart", { headers: { "idempotency-key": key }, body });
  }

  test("are one to a panel: the same relay, and a token of one is good at the other", async () => {
    const [one, two] = await start();
    expect(two.relay.id).toBe(one.relay.id);
    const elsewhere = createRelayClient(sendTo(two.relay.port), one.token);
    expect((await elsewhere.call("status", { body: undefined })).relay).toBe(one.relay.id);
  });

  test("tell the events of a run each once and in order, wherever a reader comes back", async () => {
    const [one, two] = await start();
    const run = await press(one.client, "press-of-events");
    const heard: NumberedEvent[] = [];
    // Cut off after every second event, and back at the other relay with the last number.
    for (let turn = 0; heard.at(-1)?.event.type !== "run-end"; turn += 1) {
      const { client } = turn % 2 === 0 ? two : one;
      let read = 0;
      for await (const event of client.events(run.id, heard.at(-1)?.number ?? 0)) {
        heard.push(event);
        read += 1;
        if (read === 2) break;
      }
    }
    expect(heard.map(({ number }) => number)).toEqual(heard.map((_, at) => at + 1));
    expect(heard.filter(({ event }) => event.type === "node-end")).toHaveLength(12);
  });

  test("never write down the database's address", async () => {
    const [one, two] = await start();
    await press(one.client, "press-of-logs");
    expect([...one.log, ...two.log].join("")).not.toContain("postgres");
  });
});
