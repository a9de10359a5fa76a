import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ProviderCall } from "../../../server/providers/provider.ts";
import { eventsAfter } from "../../../server/store/run-events.ts";
import { buildGraph } from "../../helpers/build-graph.ts";
import { createFakeProvider } from "../../helpers/fake-provider.ts";
import { createTestDatabase, hasPostgres } from "../../helpers/postgres.ts";
import {
  caller,
  openHarness,
  pressRun,
  waitForEnd,
  type Harness,
} from "../../helpers/run-harness.ts";

const graphOf = (...names: readonly string[]) =>
  names
    .reduce(
      (build, name) => build.node(name, "assistant", { settings: { instruction: name } }),
      buildGraph(),
    )
    .done();
const namesOf = (member: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${member} ${at}`);

/** A provider that takes one call at a time and answers it when it is told to. */
function createSlowProvider() {
  const asked: { readonly name: string; readonly answer: () => void }[] = [];
  let heard = Promise.withResolvers<void>();
  const provider = createFakeProvider({
    concurrency: 1,
    answer: async ({ request }: ProviderCall) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      asked.push({ name: request.task === "text" ? request.instruction : "", answer: resolve });
      heard.resolve();
      await promise;
      return { outputs: [{ kind: "text", text: "made" }], billedCredits: null, notes: [] };
    },
  });
  return {
    provider,
    asked,
    /** Resolves once it has been asked so often. */
    askedTimes: async (times: number) => {
      while (asked.length < times) {
        await heard.promise;
        heard = Promise.withResolvers();
      }
    },
  };
}

/** Waits until a run has told an event. */
async function waitForEvent({ parts }: Harness, run: string, type: string): Promise<void> {
  for (;;) {
    const news = Promise.withResolvers<void>();
    const stop = parts.hub.listen(run, () => news.resolve());
    const events = await eventsAfter(parts.store.database, caller.team, run, 0, 10_000);
    if (events.some(({ event }) => event.type === type)) {
      stop();
      return;
    }
    await news.promise;
    stop();
  }
}

const isPostgresHere = await hasPostgres();

describe.each([
  ["in one process on SQLite", 1, true],
  ["in two processes on PostgreSQL", 2, isPostgresHere],
] as const)("members before one provider, %s", (_name, processes, isHere) => {
  let folder: string;
  let relays: Harness[];
  let dropDatabase = () => Promise.resolve();
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "spaces-fair-"));
    relays = [];
  });
  afterEach(async () => {
    for (const relay of relays) await relay.close(true);
    await dropDatabase();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(provider: ReturnType<typeof createFakeProvider>) {
    const shared = { providers: [provider], folder };
    if (processes === 1) {
      relays = [await openHarness(shared)];
    } else {
      const database = await createTestDatabase();
      dropDatabase = () => database.drop();
      for (let at = 0; at < processes; at += 1) {
        relays.push(await openHarness({ ...shared, databaseUrl: database.url }));
      }
    }
    return { first: relays[0]!, last: relays.at(-1)! };
  }

  test.skipIf(!isHere)(
    "F60: one call of one of them is the next or the one after, before forty of another's, and each is told its place",
    async () => {
      const { provider, asked, askedTimes } = createSlowProvider();
      const { first, last } = await start(provider);
      const many = await pressRun(first.host, graphOf(...namesOf("ana", 40)), { mode: "all" });
      await askedTimes(1);
      await waitForEvent(first, many.id, "node-queued");
      const options = { member: "bo", file: "file-2" };
      const one = await pressRun(last.host, graphOf("bo"), { mode: "all" }, options);
      await waitForEvent(last, one.id, "node-queued");
      for (let turn = 0; turn < 42; turn += 1) {
        await askedTimes(turn + 1);
        asked[turn]?.answer();
        if (turn === 40) break;
      }
      const ended = await waitForEnd(last, one.id);
      expect(ended.run.state).toBe("done");
      expect((await waitForEnd(first, many.id)).run.state).toBe("done");
      const names = asked.map(({ name }) => name);
      expect(names.indexOf("bo")).toBeLessThanOrEqual(2);
      const told = ended.events.flatMap(({ event }) =>
        event.type === "node-queued" ? event.position : [],
      );
      expect(told[0]).toBeLessThanOrEqual(2);
      expect(told.at(-1)).toBe(0);
      expect(ended.run.steps["bo"]?.position).toBe(0);
      expect(new Set(names).size).toBe(41);
    },
  );
});
