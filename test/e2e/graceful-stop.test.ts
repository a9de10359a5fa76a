import { connect } from "node:net";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Graph } from "#domain/graph";
import { createRelayClient, RelayRefusal, type RelayClient } from "#domain/relay-client";
import { sendTo } from "../../server/cli/send-to-relay.ts";
import { checkLedger } from "../../server/store/check-ledger.ts";
import { openStore } from "../../server/store/open-store.ts";
import { startRelayProcess, type RelayProcess } from "../helpers/relay-process.ts";

let folder: string;
const processes: RelayProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "spaces-stop-"));
});
afterEach(async () => {
  for (const { child } of processes.splice(0)) child.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

async function start(port = 0, preload: readonly string[] = []): Promise<RelayProcess> {
  const started = await startRelayProcess(folder, { SPACES_PORT: String(port) }, preload);
  processes.push(started);
  return started;
}

const graphOf = (instruction: string): Graph => ({
  nodes: [
    {
      id: "a",
      type: "assistant",
      title: "a",
      model: null,
      settings: { instruction },
      isLocked: false,
    },
  ],
  connections: [],
});

/** Asks again for as long as the relay is away, as clients do; any other refusal is a failure. */
async function insist<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof RelayRefusal && error.code !== "unavailable") throw error;
      await pause(20);
    }
  }
}

async function press(client: RelayClient, key: string): Promise<string> {
  const target = { mode: "all" as const };
  const request = { file: "file-1", graph: graphOf(key), target, isAgain: false };
  const quote = await insist(() => client.call("quote", { body: request }));
  const headers = { "idempotency-key": key };
  const body = { ...request, quote: quote.id };
  return (await insist(() => client.call("runStart", { headers, body }))).id;
}

describe("F54: a relay that is told to stop", () => {
  test("under load loses no call of a client that repeats it with its key", async () => {
    const first = await start();
    const client = createRelayClient(sendTo(first.port), await first.pair());
    const runs = new Map<string, string>();
    const tenth = Promise.withResolvers<undefined>();
    const load = Array.from({ length: 4 }, async (_, worker) => {
      for (let at = 0; at < 10; at += 1) {
        const key = `press-${worker}-${at}`;
        runs.set(key, await press(client, key));
        if (runs.size === 10) tenth.resolve(undefined);
      }
    });
    await tenth.promise;
    first.child.kill("SIGTERM");
    expect(await first.ended).toEqual({ code: 0, signal: null });
    expect(first.errors()).toBe("");

    const second = await start(first.port);
    await Promise.all(load);
    expect(new Set(runs.values()).size).toBe(40);
    for (const [key, run] of runs) expect(await press(client, key)).toBe(run);
    second.child.kill("SIGINT");
    expect(await second.ended).toEqual({ code: 0, signal: null });

    const store = await openStore({ folder, nowMs: Date.now });
    const keys = await store.database.selectFrom("run").select("key").execute();
    expect(keys.map(({ key }) => key).sort()).toEqual([...runs.keys()].sort());
    expect(await checkLedger(store.database)).toEqual([]);
    await store.close();
  }, 60_000);

  test("waits for an upload under way, and no longer once it is told again", async () => {
    const relay = await start();
    const socket = connect(relay.port, "127.0.0.1");
    const path = `/v1/assets/${"a".repeat(64)}`;
    socket.write(
      `PUT ${path} HTTP/1.1\r\nHost: localhost:${relay.port}\r\nContent-Length: 9\r\n` +
        `Authorization: Bearer ${relay.token}\r\nContent-Type: application/octet-stream\r\n\r\nhalf`,
    );
    socket.on("error", () => undefined);
    // Answered on another connection behind it, so the upload is under way by then.
    await relay.client.call("status", { body: undefined });
    relay.child.kill("SIGTERM");
    while (await fetch(`http://localhost:${relay.port}/healthz`).catch(() => null)) await pause(20);
    expect(relay.child.exitCode).toBeNull();
    relay.child.kill("SIGTERM");
    expect(await relay.ended).toEqual({ code: 1, signal: null });
    socket.destroy();
  }, 60_000);
});

describe("F53: a relay in which something breaks that nobody expected", () => {
  const preload = [fileURLToPath(new URL("../helpers/throw-on-signal.ts", import.meta.url))];
  test.each([
    ["SIGUSR2", "Error"],
    ["SIGHUP", "TypeError"],
  ] as const)(
    "writes down what kind it was and ends (%s)",
    async (signal, kind) => {
      const relay = await start(0, preload);
      const client = createRelayClient(sendTo(relay.port), await relay.pair());
      const run = await press(client, "press-1-2345");
      relay.child.kill(signal);
      expect(await relay.ended).toEqual({ code: 1, signal: null });
      const [line = ""] = relay.errors().split("\n");
      const written = JSON.parse(line) as { event: string; level: string; code: string };
      expect(written).toMatchObject({ event: "fatal", level: "error" });
      expect(written.code).toMatch(new RegExp(`^${kind} helpers/throw-on-signal\\.ts:\\d+$`));
      expect(relay.errors()).not.toContain("planted-secret");

      await start(relay.port);
      expect(await press(client, "press-1-2345")).toBe(run);
    },
    60_000,
  );
});
