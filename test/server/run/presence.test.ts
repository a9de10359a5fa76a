import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Clock } from "../../../server/clock.ts";
import { createEventHub } from "../../../server/run/event-hub.ts";
import { beginPresence, type Presence } from "../../../server/run/presence.ts";
import { createSharedTurns } from "../../../server/run/shared-turns.ts";
import { checkTurn, createRunTurns, RelayStops } from "../../../server/run/turns.ts";
import {
  openPostgresStore,
  type PostgresStore,
} from "../../../server/store/open-postgres-store.ts";
import { goOnUntil } from "../../helpers/go-on-until.ts";
import { createTestDatabase, hasPostgres, type TestDatabase } from "../../helpers/postgres.ts";

const leaseMs = 30_000;
const never = new AbortController().signal;

describe.skipIf(!(await hasPostgres()))("a process among others on a database", () => {
  let database: TestDatabase;
  let store: PostgresStore;
  let nowMs = 0;
  let sayOn: (() => void)[] = [];
  const open: Presence[] = [];
  beforeEach(async () => {
    database = await createTestDatabase();
    store = await openPostgresStore({ url: database.url });
    nowMs = 1_000_000;
    sayOn = [];
  });
  afterEach(async () => {
    for (const presence of open.splice(0)) await presence.close();
    await store.close();
    await database.drop();
  });

  /** Waits until it is told to go on, or for its signal. */
  const clock: Clock = {
    nowMs: () => nowMs,
    sleep: (_durationMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) resolve();
        sayOn.push(resolve);
        signal?.addEventListener("abort", () => resolve());
      }),
  };
  const letTimePass = () => {
    for (const go of sayOn.splice(0)) go();
  };
  let ids = 0;
  async function begin() {
    const newId = () => `process-${(ids += 1)}`;
    const { database, transaction } = store;
    const parts = { database, transaction, clock, newId, leaseMs, warn: () => undefined };
    const presence = await beginPresence(parts);
    open.push(presence);
    const turns = createSharedTurns({ ...parts, hub: createEventHub(), presence });
    return { presence, turns };
  }

  test("is not sure of its runs once it could not say for most of its lease that it lives", async () => {
    const { turns } = await begin();
    const turn = await turns.takeRun("run", never);
    expect(turn.isOurs()).toBe(true);
    nowMs += leaseMs * 0.7;
    expect(turn.isOurs()).toBe(true);
    nowMs += leaseMs * 0.2;
    expect(turn.isOurs()).toBe(false);
    expect(() => checkTurn(turn)).toThrow("Another process");
  });

  test("that was taken for dead is never sure of those runs again, and of new ones it is", async () => {
    const { presence, turns } = await begin();
    const turn = await turns.takeRun("run", never);
    const before = presence.current();
    await store.database.deleteFrom("relay_process").execute();
    letTimePass();
    while (presence.current() === before) await new Promise((resolve) => setImmediate(resolve));
    expect(turn.isOurs()).toBe(false);
    const other = await turns.takeRun("other", never);
    expect(other.isOurs()).toBe(true);
  });

  test("waits for a run that another one has in hand, and has it when that one leaves it", async () => {
    const [one, two] = [await begin(), await begin()];
    const turn = await one.turns.takeRun("run", never);
    const seen = { hasIt: false };
    const waiting = two.turns.takeRun("run", never).then((taken) => {
      seen.hasIt = true;
      return taken;
    });
    for (let look = 0; look < 20; look += 1) {
      letTimePass();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(seen.hasIt).toBe(false);
    turn.leave();
    expect((await goOnUntil(waiting, letTimePass)).isOurs()).toBe(true);
  });

  test("stops to wait when the relay is stopped", async () => {
    const [one, two] = [await begin(), await begin()];
    await one.turns.takeRun("run", never);
    const stopping = new AbortController();
    const waiting = two.turns.takeRun("run", stopping.signal);
    stopping.abort();
    await expect(goOnUntil(waiting, letTimePass)).rejects.toBeInstanceOf(RelayStops);
  });
});

describe("two passes over one run in one process", () => {
  test("come one behind the other", async () => {
    const takeRun = createRunTurns();
    const order: string[] = [];
    const pass = async (name: string) => {
      const turn = await takeRun("run", never);
      order.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${name} ends`);
      turn.leave();
    };
    await Promise.all([pass("one"), pass("two"), pass("three")]);
    expect(order).toEqual(
      ["one", "two", "three"].flatMap((name) => [`${name} begins`, `${name} ends`]),
    );
  });
});
