import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Graph } from "#domain/graph";
import { grant } from "../../server/store/ledger.ts";
import { openPostgresStore, type PostgresStore } from "../../server/store/open-postgres-store.ts";
import { brokenInvariants } from "../chaos/invariants.ts";
import { createTestDatabase } from "./postgres.ts";
import { openProviderService, type ProviderService } from "./provider-service.ts";
import { caller } from "./run-harness.ts";
import { startRelays, type SeveralRelays } from "./several-relays.ts";

const processes = 3;
const killEveryMs = 1_200;
const credits = 100_000;
const classes = ["A", "B", "C", "D"] as const;

/** How runs came out on relays of which one was killed again and again. */
export interface RunsUnderKills {
  /** Every run's state at the end. */
  readonly states: readonly string[];
  readonly kills: number;
  readonly seconds: number;
  /** Each broken invariant as a sentence. */
  readonly broken: readonly string[];
  /** Calls that a provider billed, and those of them that it billed more than once. */
  readonly billed: number;
  readonly billedTwice: number;
  /** Billed calls that no member pays: the house's loss. */
  readonly unpaid: number;
}

/**
 * Presses Run so often on three relay processes that share one PostgreSQL database, kills one of them
 * with SIGKILL every 1.2 s, and waits until every run has ended.
 */
export async function runUnderKills(runCount: number): Promise<RunsUnderKills> {
  const folder = await mkdtemp(join(tmpdir(), "spaces-relays-"));
  const database = await createTestDatabase();
  const store = await openPostgresStore({ url: database.url });
  const services: ProviderService[] = [];
  let relays: SeveralRelays | null = null;
  try {
    await store.transaction((transaction) =>
      grant(transaction, caller.team, { id: "first-grant", credits, nowMs: 0 }),
    );
    for (const recovery of classes) {
      const provider = `far-${recovery.toLowerCase()}`;
      const service = await openProviderService(recovery, (reference, handle) => {
        if (recovery === "C") relays?.ask({ kind: "hook", provider, reference, handle });
      });
      services.push(service);
    }
    relays = await startRelays(processes, {
      FOLDER: folder,
      DATABASE: database.url,
      SERVICES: JSON.stringify(
        classes.map((recovery, at) => ({ recovery, url: services[at]!.url })),
      ),
      START_MS: String(Date.now()),
    });
    const startMs = performance.now();
    const kills = await pressAndKill(relays, store, runCount);
    const seconds = (performance.now() - startMs) / 1_000;
    return { kills, seconds, ...(await account(store, services)) };
  } finally {
    await relays?.close();
    for (const service of services) await service.close();
    await store.close();
    await database.drop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Presses all at once and kills until every run has ended; how often it killed. */
async function pressAndKill(
  relays: SeveralRelays,
  store: PostgresStore,
  runCount: number,
): Promise<number> {
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
  return kills;
}

async function account(store: PostgresStore, services: readonly ProviderService[]) {
  const runs = await store.database.selectFrom("run").select("state").execute();
  const attempts = await store.database
    .selectFrom("attempt")
    .select(["reference", "state"])
    .execute();
  const far = services.map(({ bills }) => ({ jobs: bills }));
  const bills = far.flatMap(({ jobs }) => [...jobs]);
  const settled = new Set(
    attempts.filter(({ state }) => state === "settled").map(({ reference }) => reference),
  );
  return {
    states: runs.map(({ state }) => state),
    broken: await brokenInvariants({ store, far, credits, quotedMicroDollars: 0 }),
    billed: bills.length,
    billedTwice: bills.filter(([, jobs]) => jobs.length > 1).length,
    unpaid: bills.filter(([reference]) => !settled.has(reference)).length,
  };
}

/** Two chains of two nodes, one of each class, in an order of its own. */
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

async function openRuns({ database }: PostgresStore): Promise<number> {
  const open = await database
    .selectFrom("run")
    .select("id")
    .where("state", "=", "running")
    .execute();
  return open.length;
}
