import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkLedger } from "../../../server/store/check-ledger.ts";
import { balanceOf } from "../../../server/store/read-ledger.ts";
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

const graph = buildGraph()
  .node("a", "assistant", { settings: { instruction: "hello" } })
  .done();
const timeout = 60_000;

const isPostgresHere = await hasPostgres();

describe.each([
  ["one relay on SQLite", 1, true],
  ["four relays on PostgreSQL", 4, isPostgresHere],
] as const)("a thousand starts at once, of %s", (_name, processes, isHere) => {
  let folder: string;
  let relays: Harness[];
  let dropDatabase = () => Promise.resolve();
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "spaces-starts-"));
    relays = [];
  });
  afterEach(async () => {
    for (const relay of relays) await relay.close(true);
    await dropDatabase();
    await rm(folder, { recursive: true, force: true });
  });

  async function startAll(credits: number, providers = [createFakeProvider()]): Promise<void> {
    const shared = { providers, folder, credits };
    if (processes === 1) {
      relays = [await openHarness(shared)];
      return;
    }
    const database = await createTestDatabase();
    const databaseUrl = database.url;
    dropDatabase = () => database.drop();
    relays = await Promise.all(
      Array.from({ length: processes }, () => openHarness({ ...shared, databaseUrl })),
    );
  }
  const relayAt = (at: number) => relays[at % processes]!;

  test.skipIf(!isHere)("F51: with credit for fifty: fifty", { timeout }, async () => {
    await startAll(250);
    const starts = Array.from({ length: 1_000 }, (_, at) =>
      pressRun(relayAt(at).host, graph, { mode: "all" }, { file: `file-${at}` }).catch(() => null),
    );
    const started = (await Promise.all(starts)).filter((run) => run !== null);
    expect(started).toHaveLength(50);
    for (const [at, run] of started.entries()) await waitForEnd(relayAt(at), run.id);
    const { database } = relayAt(0).store;
    const balance = { available: 0, held: 0, spent: 250 };
    expect(await balanceOf(database, caller.team)).toEqual(balance);
    expect(await checkLedger(database)).toEqual([]);
  });

  test.skipIf(!isHere)("F40: under one key: one run", { timeout }, async () => {
    await startAll(5_000);
    const starts = Array.from({ length: 1_000 }, (_, at) =>
      pressRun(relayAt(at).host, graph, { mode: "all" }, { key: "the-only-press" }),
    );
    const ids = new Set((await Promise.all(starts)).map(({ id }) => id));
    expect(ids.size).toBe(1);
    for (const id of ids) expect((await waitForEnd(relayAt(1), id)).run.state).toBe("done");
    expect((await balanceOf(relayAt(0).store.database, caller.team)).spent).toBe(5);
  });

  test.skipIf(!isHere)(
    "F40: of the same thing, under keys of their own: one run",
    { timeout },
    async () => {
      const asked = Promise.withResolvers<void>();
      const answer = async () => {
        await asked.promise;
        return {
          outputs: [{ kind: "text" as const, text: "made" }],
          billedCredits: null,
          notes: [],
        };
      };
      await startAll(5_000, [createFakeProvider({ answer })]);
      const starts = Array.from({ length: 200 }, (_, at) =>
        pressRun(relayAt(at).host, graph, { mode: "all" }, { key: `press-number-${at}` }),
      );
      const ids = new Set((await Promise.all(starts)).map(({ id }) => id));
      asked.resolve();
      expect(ids.size).toBe(1);
      for (const id of ids) expect((await waitForEnd(relayAt(1), id)).run.state).toBe("done");
    },
  );
});
