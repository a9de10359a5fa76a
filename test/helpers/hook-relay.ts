import { expect } from "vitest";
import { hook } from "../../server/routes/hooks.ts";
import { checkLedger } from "../../server/store/check-ledger.ts";
import { balanceOf } from "../../server/store/read-ledger.ts";
import { VirtualClock } from "../chaos/virtual-clock.ts";
import { readAllRows } from "../contract/store/rows.ts";
import { buildGraph } from "./build-graph.ts";
import { createFakeApp, usualHost } from "./fake-app.ts";
import { goOnUntil } from "./go-on-until.ts";
import { createHookProvider, signHook, type SentHook, type Signing } from "./hook-provider.ts";
import { caller, openHarness, pressRun, waitForEnd } from "./run-harness.ts";

const graph = buildGraph()
  .node("a", "assistant", { model: "fake:text", settings: { instruction: "a" } })
  .done();

/** Goes on once this holds; nothing is waited for by time. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

/** What a provider's webhook says of a call. */
export const newsOf = (reference: string) => ({ reference, job: `job of ${reference}` });

/** A relay's runs, its route for webhooks, and a provider that sends them; its clock stands still. */
export async function openHookRelay() {
  const clock = new VirtualClock();
  const provider = createHookProvider();
  const providers = [provider, createHookProvider("other")];
  const harness = await openHarness({ providers, parts: { clock } });
  const { app } = createFakeApp({ hook: hook(harness.parts) });
  const { database } = harness.store;

  const ask = (path: string, init: RequestInit & { headers: Record<string, string> }) =>
    Promise.resolve(app.request(path, { ...init, method: "POST" }));
  const send = (path: string, { body, headers }: SentHook) =>
    ask(path, { body, headers: { host: usualHost, ...headers } });
  const endOf = (id: string) => goOnUntil(waitForEnd(harness, id), () => void clock.ringNext());
  return {
    clock,
    provider,
    harness,
    send,
    endOf,
    /** Signs a webhook about a call, now unless said. */
    sign: (reference: string, how: Partial<Signing> = {}) =>
      signHook(newsOf(reference), { atMs: clock.nowMs(), ...how }),
    /** A press of Run whose call the provider has; nothing goes on by itself. */
    pressAndSubmit: async () => {
      const { id } = await pressRun(harness.host, graph, { mode: "all" });
      await until(() => provider.calls.length > 0);
      const { reference, hookPath } = provider.calls[0]!;
      return { id, reference, path: hookPath! };
    },
    /** The run ends well, told and paid once, of one call. */
    expectPaidOnce: async (id: string): Promise<void> => {
      const { run, events } = await endOf(id);
      expect(run.state).toBe("done");
      expect(events.filter(({ event }) => event.type === "node-end")).toHaveLength(1);
      expect(provider.calls).toHaveLength(1);
      expect(await balanceOf(database, caller.team)).toMatchObject({ held: 0, spent: 5 });
      expect(await checkLedger(database)).toEqual([]);
    },
    /** The answer is the one of an unknown route; no row changes and nobody is asked. */
    expectNothing: async (path: string, sent: SentHook): Promise<void> => {
      const before = await readAllRows(database);
      const polls = provider.polls.length;
      const response = await send(path, sent);
      const unknown = await ask("/v1/nothing", { headers: { host: usualHost } });
      expect([response.status, await response.text()]).toEqual([404, await unknown.text()]);
      expect(await readAllRows(database)).toEqual(before);
      expect(provider.polls).toHaveLength(polls);
    },
  };
}

/** An open one. */
export type HookRelay = Awaited<ReturnType<typeof openHookRelay>>;
