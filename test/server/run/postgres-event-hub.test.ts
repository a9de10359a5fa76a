import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { systemClock, type Clock } from "../../../server/clock.ts";
import {
  openPostgresEventHub,
  type PostgresEventHub,
} from "../../../server/run/postgres-event-hub.ts";
import {
  openPostgresStore,
  type PostgresStore,
} from "../../../server/store/open-postgres-store.ts";
import { createTestDatabase, hasPostgres, type TestDatabase } from "../../helpers/postgres.ts";
import { openTcpProxy } from "../../helpers/tcp-proxy.ts";

/** A hub's waits are fifty times shorter than asked. */
const clock: Clock = {
  nowMs: systemClock.nowMs,
  sleep: (durationMs, signal) => systemClock.sleep(durationMs / 50, signal),
};

describe.skipIf(!(await hasPostgres()))("news over a PostgreSQL database", () => {
  let database: TestDatabase;
  let store: PostgresStore;
  const hubs: PostgresEventHub[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
    store = await openPostgresStore({ url: database.url });
  });
  afterEach(async () => {
    for (const hub of hubs.splice(0)) await hub.close();
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  async function open(process: string, url = database.url): Promise<PostgresEventHub> {
    const hub = await openPostgresEventHub({
      url,
      database: store.database,
      clock,
      process,
      warn: () => undefined,
    });
    hubs.push(hub);
    return hub;
  }
  const nextOf = (hub: PostgresEventHub, name: string) =>
    new Promise<void>((resolve) => {
      const stop = hub.listen(name, () => {
        stop();
        resolve();
      });
    });

  test("reaches who listens for it in every process, and nobody else", async () => {
    const [one, two, three] = [await open("one"), await open("two"), await open("three")];
    let others = 0;
    for (const hub of [one, two, three]) hub.listen("another-run", () => (others += 1));
    const heard = [one, two, three].map((hub) => nextOf(hub, "run"));
    one.notify("run");
    await Promise.all(heard);
    expect(others).toBe(0);
  });

  test("F32: wakes everybody whose connection was lost, and reaches them again", async () => {
    const proxy = await openTcpProxy(database.url);
    try {
      const [near, far] = [await open("near"), await open("far", proxy.url)];
      const missed = nextOf(far, "run");
      proxy.cut();
      near.notify("run");
      await proxy.mend();
      await missed;
      const heard = nextOf(far, "run");
      near.notify("run");
      await heard;
    } finally {
      for (const hub of hubs.splice(0)) await hub.close();
      proxy.close();
    }
  });

  test("is sent once the database answers again", async () => {
    const proxy = await openTcpProxy(database.url);
    const cutOff = await openPostgresStore({ url: proxy.url });
    try {
      const far = await open("far");
      const near = await openPostgresEventHub({
        url: database.url,
        database: cutOff.database,
        clock,
        process: "near",
        warn: () => undefined,
      });
      hubs.push(near);
      proxy.cut();
      const heard = nextOf(far, "run");
      near.notify("run");
      await clock.sleep(5_000);
      await proxy.mend();
      await heard;
    } finally {
      for (const hub of hubs.splice(0)) await hub.close();
      await cutOff.close();
      proxy.close();
    }
  });
});
