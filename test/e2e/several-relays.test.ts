import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Graph } from "#domain/graph";
import { grant } from "../../server/store/ledger.ts";
import { openPostgresStore, type PostgresStore } from "../../server/store/open-postgres-store.ts";
import { brokenInvariants } from "../chaos/invariants.ts";
import { createTestDatabase, hasPostgres, type TestDatabase } from "../helpers/postgres.ts";
import { openProviderService, type ProviderService } from "../helpers/provider-service.ts";
import { caller } from "../helpers/run-harness.ts";
import { startRelays, type SeveralRelays } from "../helpers/several-relays.ts";

/** SPACES_CHAOS_RUNS=300 is the long form. */
const runCount = Number(process.env["SPACES_CHAOS_RUNS"] ?? 60);
const killEveryMs = 1_200;
const credits = 100_000;
const classes = ["A", "B", "C", "D"] as const;

/** A chain of a node of each class, in an order of its own. */
function graphOf(seed: number): Graph {
  const order = classes.map((_, at) => classes[(at + seed) % 4]!.toLowerCase());
  return {
    nodes: order.map((recovery, at) => ({
      id: `n${at}`,
      title: recovery,
      type: "image-generator",
      model: `far-${recovery}:image`,
      settings: { prompt: `${seed} ${at}` },
      isLocked: false,
    })),
    connections: [0, 2].map((at) => ({
      from: { node: `n${at}`, port: "image" },
      to: { node: `n${at + 1}`, port: "references" },
      order: 0,
      via: null,
    })),
  };
}

describe.skipIf(!(await hasPostgres()))("three relay processes on one database", () => {
  let folder: string;
  let database: TestDatabase;
  let store: PostgresStore;
  let relays: SeveralRelays;
  const services: ProviderService[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "spaces-relays-"));
    database = await createTestDatabase();
    store = await openPostgresStore({ url: database.url });
    await store.transaction((transaction) =>
      grant(transaction, caller.team, { id: "first-grant", credits, nowMs: 0 }),
    );
    for (const recovery of classes) {
      const provider = `far-${recovery.toLowerCase()}`;
      const service = await openProviderService(recovery, (reference, handle) => {
        if (recovery === "C") relays.ask({ kind: "hook", provider, reference, handle });
      });
      services.push(service);
    }
    relays = await startRelays(3, {
      FOLDER: folder,
      DATABASE: database.url,
      SERVICES: JSON.stringify(
        classes.map((recovery, at) => ({ recovery, url: services[at]!.url })),
      ),
      START_MS: String(Date.now()),
    });
  });
  afterAll(async () => {
    await relays.close();
    for (const service of services) await service.close();
    await store.close();
    await database.drop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  test(
    "end every run and pay for nothing twice, however often one of them is killed",
    { timeout: 20_000 + runCount * 2_000 },
    async () => {
      const ended = new AbortController();
      let kills = 0;
      const killing = (async () => {
        while (!ended.signal.aborted) {
          await sleep(killEveryMs);
          await relays.killOne();
          kills += 1;
        }
      })();
      const presses = Array.from({ length: runCount }, (_, at) => {
        const key = `press-number-${String(at).padStart(4, "0")}`;
        return relays.pressed({ kind: "press", key, file: `file-${at}`, graph: graphOf(at) });
      });
      await Promise.all(presses);
      while ((await openRuns(store)) > 0) await sleep(100);
      ended.abort();
      await killing;
      const runs = await store.database.selectFrom("run").selectAll().execute();
      expect(runs).toHaveLength(runCount);
      const far = services.map(({ bills }) => ({ jobs: bills }));
      expect(await brokenInvariants({ store, far, credits })).toEqual([]);
      expect(kills).toBeGreaterThan(2);
      // Most go well: a kill costs those of class C and D that it catches in their call.
      expect(runs.filter(({ state }) => state === "done").length).toBeGreaterThan(runCount / 3);
    },
  );
});

async function openRuns({ database }: PostgresStore): Promise<number> {
  const open = await database
    .selectFrom("run")
    .select("id")
    .where("state", "=", "running")
    .execute();
  return open.length;
}
