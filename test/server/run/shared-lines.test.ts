import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { rateWindowMs } from "#domain/call-rate";
import { CallFailure } from "../../../server/providers/provider.ts";
import { databaseNowMs } from "../../../server/store/processes.ts";
import { eventsAfter } from "../../../server/store/run-events.ts";
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

const graphOf = (...names: readonly string[]) =>
  names
    .reduce(
      (build, name) => build.node(name, "assistant", { settings: { instruction: name } }),
      buildGraph(),
    )
    .done();
const all = { mode: "all" } as const;
const limited = new CallFailure(
  { code: "provider-limited", message: "Too many requests.", isRetryable: true },
  "not-billed",
  50_000,
);

describe.skipIf(!(await hasPostgres()))("the lines of several processes on one database", () => {
  let database: TestDatabase;
  let folder: string;
  let url: string;
  let letAllGo: () => void = () => undefined;
  const open: Harness[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "spaces-lines-"));
    url = await createTestSchema(database);
  });
  afterEach(async () => {
    letAllGo();
    for (const harness of open.splice(0)) await harness.close(true);
    await rm(folder, { recursive: true, force: true });
  });

  async function start(options: HarnessOptions): Promise<Harness> {
    const harness = await openHarness({ folder, databaseUrl: url, ...options });
    open.push(harness);
    return harness;
  }

  /** Waits until something holds of the database. */
  async function until(harness: Harness, holds: () => Promise<boolean>): Promise<void> {
    while (!(await holds())) await harness.parts.clock.sleep(20);
  }
  const waitingCalls = (harness: Harness) =>
    harness.store.database.selectFrom("provider_wait").selectAll().execute();

  test("hold a provider's rate together", async () => {
    const provider = { ...createFakeProvider(), callsPerMinute: 3 };
    const first = await start({ providers: [provider] });
    const second = await start({ providers: [provider] });
    const runs = await Promise.all([
      pressRun(first.host, graphOf("a", "b", "c"), all, { file: "file-1" }),
      pressRun(second.host, graphOf("d", "e", "f"), all, { file: "file-2", member: "bo" }),
    ]);
    await until(first, async () => (await waitingCalls(first)).length === 3);
    // Who was let in is written down before the provider is asked.
    await until(first, () => Promise.resolve(provider.calls.length >= 3));
    expect(provider.calls).toHaveLength(3);
    const rows = first.store.database;
    await rows
      .updateTable("provider_start")
      .set({ at: sql<number>`at - ${rateWindowMs + 1}` })
      .execute();
    for (const { id } of runs) expect((await waitForEnd(first, id)).run.state).toBe("done");
    expect(provider.calls).toHaveLength(6);
  });

  test("F10: are paused together when a provider asks one of them to wait, and go on by themselves", async () => {
    let answers = 0;
    const provider = createFakeProvider({
      answer: () => {
        answers += 1;
        if (answers === 1) throw limited;
        return { outputs: [{ kind: "text", text: "made" }], billedCredits: null, notes: [] };
      },
    });
    const first = await start({ providers: [provider] });
    const second = await start({ providers: [provider] });
    const rows = first.store.database;
    const refused = await pressRun(first.host, graphOf("a"), all, { file: "file-1" });
    const pausedMs = async () => {
      const line = await rows
        .selectFrom("provider_line")
        .select(sql<number>`paused_until - ${databaseNowMs}`.as("leftMs"))
        .executeTakeFirst();
      return line?.leftMs ?? 0;
    };
    await until(first, async () => (await pausedMs()) > 0);
    expect(await pausedMs()).toBeGreaterThan(40_000);
    expect(await pausedMs()).toBeLessThanOrEqual(50_000);
    const held = await pressRun(second.host, graphOf("b"), all, { file: "file-2" });
    await until(second, async () => (await waitingCalls(second)).length === 1);
    expect(provider.calls).toHaveLength(1);
    await until(second, async () => {
      const events = await eventsAfter(rows, caller.team, held.id, 0, 100);
      return events.some(({ event }) => event.type === "node-queued");
    });
    await rows.updateTable("provider_line").set({ paused_until: 0 }).execute();
    const ended = await waitForEnd(second, held.id);
    expect(ended.run.state).toBe("done");
    const told = ended.events.map(({ event }) => event);
    expect(told).toContainEqual({ type: "node-queued", node: "b", position: 1 });
    // Its own wait is a minute long, unless it is stopped.
    await first.host.cancel(caller.team, refused.id);
    expect((await waitForEnd(first, refused.id)).run.credits).toBe(0);
  });

  test("let in who is next when a process is dead that waited, or had a place, before them", async () => {
    const provider = createFakeProvider({ concurrency: 1 });
    const worker = await start({ providers: [provider], leaseMs: 1_500 });
    const rows = worker.store.database;
    await rows.insertInto("relay_process").values({ id: "dead", until: 0 }).execute();
    const ofDead = { provider: "fake", team: "local", member: "zoe", process: "dead" };
    await rows
      .insertInto("provider_wait")
      .values({ ...ofDead, id: "dead-call", arrived: -1, starts_call: 1 })
      .execute();
    const run = await pressRun(worker.host, graphOf("a"), all);
    expect((await waitForEnd(worker, run.id)).run.state).toBe("done");
    expect(await waitingCalls(worker)).toEqual([]);
  });

  test("keep the place of who waits in a process that was taken for dead and joined again", async () => {
    const letGo = Promise.withResolvers<void>();
    letAllGo = letGo.resolve;
    const provider = createFakeProvider({
      concurrency: 1,
      answer: async () => {
        await letGo.promise;
        return { outputs: [{ kind: "text", text: "made" }], billedCredits: null, notes: [] };
      },
    });
    const other = await start({ providers: [provider] });
    const worker = await start({ providers: [provider], leaseMs: 3_000 });
    const first = await pressRun(other.host, graphOf("a"), all, { file: "file-1" });
    await until(other, () => Promise.resolve(provider.calls.length === 1));
    const second = await pressRun(worker.host, graphOf("b"), all, { file: "file-2" });
    await until(worker, async () => (await waitingCalls(worker)).length === 1);
    const [lost] = await waitingCalls(worker);
    await worker.store.database
      .deleteFrom("relay_process")
      .where("id", "=", lost!.process)
      .execute();
    await until(worker, async () => {
      const [again] = await waitingCalls(worker);
      return again !== undefined && again.process !== lost!.process;
    });
    letGo.resolve();
    for (const { id } of [first, second]) {
      expect((await waitForEnd(other, id)).run.state).toBe("done");
    }
    // A run whose process was cut off may have to be taken over, after the engine's lease of half a minute.
  }, 120_000);
});
