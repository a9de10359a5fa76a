import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Clock } from "../../../server/clock.ts";
import type { Provider } from "../../../server/providers/provider.ts";
import { checkLedger } from "../../../server/store/check-ledger.ts";
import { StoreGone } from "../../../server/store/store-error.ts";
import { takeHook } from "../../../server/run/take-hook.ts";
import { goOnUntil } from "../../helpers/go-on-until.ts";
import { openTcpProxy } from "../../helpers/tcp-proxy.ts";
import { buildGraph } from "../../helpers/build-graph.ts";
import { createFakeProvider } from "../../helpers/fake-provider.ts";
import {
  createTestDatabase,
  createTestSchema,
  hasPostgres,
  type TestDatabase,
} from "../../helpers/postgres.ts";
import {
  caller,
  openHarness,
  pressRun,
  waitForEnd,
  type Harness,
  type HarnessOptions,
} from "../../helpers/run-harness.ts";

const one = (text: string) =>
  buildGraph()
    .node("a", "assistant", { settings: { instruction: text } })
    .done();

/** A hub, a presence, turns and an engine each, as processes have; only the event loop is one. */
describe.skipIf(!(await hasPostgres()))("several processes on one database", () => {
  let database: TestDatabase;
  let folder: string;
  let url: string;
  const open: Harness[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "spaces-several-"));
    url = await createTestSchema(database);
  });
  afterEach(async () => {
    for (const harness of open.splice(0)) await harness.close(true);
    await rm(folder, { recursive: true, force: true });
  });

  async function start(options: Partial<HarnessOptions> = {}): Promise<Harness> {
    const providers = [createFakeProvider()];
    const harness = await openHarness({ providers, folder, databaseUrl: url, ...options });
    open.push(harness);
    return harness;
  }
  const startAll = (count: number, options: Partial<HarnessOptions> = {}) =>
    Promise.all(Array.from({ length: count }, () => start(options)));

  test("start at once on an empty database: one makes the tables", async () => {
    const all = await startAll(4);
    const relays = await all[0]!.store.database.selectFrom("team").selectAll().execute();
    expect(relays).toHaveLength(1);
  });

  test("a run that one was asked for is heard of in every other, each event once and in order", async () => {
    const [first, second] = await startAll(2);
    const run = await pressRun(first!.host, one("hello"), { mode: "all" });
    const { events, run: ended } = await waitForEnd(second!, run.id);
    expect(ended.state).toBe("done");
    expect(events.map(({ number }) => number)).toEqual(events.map((_, at) => at + 1));
  });

  test("F41: a stop asked of one reaches the one that works on the run", async () => {
    const begun = Promise.withResolvers<void>();
    const slow = (): Provider => ({
      ...createFakeProvider(),
      submit: ({ signal }) =>
        new Promise((resolve) => {
          begun.resolve();
          const stop = () =>
            resolve({
              kind: "done",
              result: { outputs: [{ kind: "text", text: "late" }], billedCredits: null, notes: [] },
            });
          if (signal.aborted) stop();
          else signal.addEventListener("abort", stop);
        }),
    });
    const worker = await start({ providers: [slow()] });
    const run = await pressRun(worker.host, one("hello"), { mode: "all" });
    await begun.promise;
    const other = await start({ providers: [slow()] });
    await other.host.cancel(caller.team, run.id);
    const { run: ended } = await waitForEnd(other, run.id);
    // Its one call was under way; its result is kept, and paid for.
    expect(ended.state).toBe("done");
  });

  test("a webhook that comes to one wakes the one that waits for it", async () => {
    const submitted = Promise.withResolvers<string>();
    const created = createFakeProvider({ recovery: "C", pollsUntilDone: 2 });
    const provider: Provider = {
      ...created,
      submit: async (call) => {
        const submission = await created.submit(call);
        submitted.resolve(call.reference);
        return submission;
      },
    };
    // No poll ever comes by time.
    const clock: Clock = {
      nowMs: () => Date.now(),
      sleep: (_durationMs, signal) =>
        new Promise((resolve) => {
          signal?.addEventListener("abort", () => resolve());
        }),
    };
    const worker = await start({ providers: [provider], parts: { clock } });
    const run = await pressRun(worker.host, one("hello"), { mode: "all" });
    const reference = await submitted.promise;
    const other = await start({ providers: [provider] });
    const { run: ended } = await goOnUntil(waitForEnd(other, run.id), () =>
      takeHook(other.parts, "fake", { id: "hook-1", reference, handle: reference }),
    );
    expect(ended.state).toBe("done");
  });

  test("a provider is never asked for more at a time than it allows, by all of them together", async () => {
    let busy = 0;
    let most = 0;
    const allIn = Promise.withResolvers<void>();
    const provider = createFakeProvider({
      concurrency: 3,
      answer: async () => {
        busy += 1;
        most = Math.max(most, busy);
        if (busy === 3) allIn.resolve();
        await allIn.promise;
        // Room for a fourth, were there one.
        await new Promise((resolve) => setTimeout(resolve, 5));
        busy -= 1;
        return { outputs: [{ kind: "text", text: "made" }], billedCredits: null, notes: [] };
      },
    });
    const all = await startAll(3, { providers: [provider] });
    const graph = Array.from({ length: 6 }, (_, at) => `n${at}`)
      .reduce(
        (build, id) => build.node(id, "assistant", { settings: { instruction: id } }),
        buildGraph(),
      )
      .done();
    const runs = await Promise.all(
      all.map((harness, at) =>
        pressRun(harness.host, graph, { mode: "all" }, { file: `file-${at}` }),
      ),
    );
    for (const [at, run] of runs.entries()) {
      expect((await waitForEnd(all[at]!, run.id)).run.state).toBe("done");
    }
    expect(most).toBe(3);
    const places = await all[0]!.store.database.selectFrom("provider_place").selectAll().execute();
    expect(places).toEqual([]);
  });

  test("places and runs of a dead process come free when its lease ends", async () => {
    const provider = createFakeProvider({ concurrency: 1 });
    const worker = await start({ providers: [provider], leaseMs: 300 });
    const { database: rows } = worker.store;
    await rows.insertInto("relay_process").values({ id: "dead", until: 0 }).execute();
    await rows
      .insertInto("provider_place")
      .values({ provider: "fake", place: 0, process: "dead" })
      .execute();
    const run = await pressRun(worker.host, one("hello"), { mode: "all" });
    expect((await waitForEnd(worker, run.id)).run.state).toBe("done");
  });

  test("a process that was taken for dead asks for nothing that costs until it has joined again", async () => {
    const worker = await start({ leaseMs: 3_000 });
    const waiting = Promise.withResolvers<void>();
    worker.parts.hub.listen("never", () => waiting.resolve());
    const { database: rows } = worker.store;
    // Its lease was taken from it between two of its own signs of life.
    await rows.deleteFrom("relay_process").execute();
    const before = await rows.selectFrom("relay_process").selectAll().execute();
    expect(before).toEqual([]);
    const run = await pressRun(worker.host, one("hello"), { mode: "all" });
    expect((await waitForEnd(worker, run.id)).run.state).toBe("done");
    expect(await rows.selectFrom("relay_process").selectAll().execute()).toHaveLength(1);
  });
});

describe.skipIf(!(await hasPostgres()))("F32: a relay whose database is cut off", () => {
  test("while it commits a start: the same press again finds the run, and it is held for once", async () => {
    const database = await createTestDatabase();
    const folder = await mkdtemp(join(tmpdir(), "spaces-cut-"));
    const proxy = await openTcpProxy(database.url);
    const providers = [createFakeProvider()];
    const harness = await openHarness({
      providers,
      folder,
      databaseUrl: proxy.url,
      leaseMs: 1_500,
    });
    try {
      const request = {
        file: "file",
        graph: one("hello"),
        target: { mode: "all" },
        isAgain: false,
      } as const;
      const quote = await harness.host.quote(caller, request);
      const start = () =>
        harness.host.startRun(caller, "the-press", { ...request, quote: quote.id });
      proxy.cutAfter("COMMIT");
      await expect(start()).rejects.toBeInstanceOf(StoreGone);
      await proxy.mend();
      // As a panel does: it presses again with the same key until it is answered.
      const again = () =>
        start().catch((error: unknown) => {
          if (error instanceof StoreGone) return null;
          throw error;
        });
      let run = await again();
      while (!run) run = await again();
      expect((await waitForEnd(harness, run.id)).run.state).toBe("done");
      const { database: rows } = harness.store;
      expect(await rows.selectFrom("run").select("id").execute()).toHaveLength(1);
      const holds = rows.selectFrom("transfer").select("id").where("kind", "=", "hold");
      expect(await holds.execute()).toHaveLength(1);
      expect(await checkLedger(rows)).toEqual([]);
    } finally {
      await harness.close();
      proxy.close();
      await database.drop();
    }
  });
});
