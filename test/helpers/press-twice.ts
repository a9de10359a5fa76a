import type { Graph } from "#domain/graph";
import { systemClock } from "../../server/clock.ts";
import type { ReachFailpoint } from "../../server/failpoint.ts";
import type { RecoveryClass } from "../../server/providers/provider.ts";
import type { RunParts } from "../../server/run/run-parts.ts";
import { takeHook } from "../../server/run/take-hook.ts";
import { grant } from "../../server/store/ledger.ts";
import { openDiskHost } from "./open-disk-host.ts";
import { caller, pressRun } from "./run-harness.ts";
import { createServiceProvider } from "./service-provider.ts";

/** A webhook of the service. */
export interface ServiceHook {
  readonly reference: string;
  readonly handle: string;
}

/** What two runs are made with. */
export interface PressTwiceOptions {
  readonly folder: string;
  readonly databaseUrl: string | null;
  readonly service: string;
  readonly recovery: RecoveryClass;
  readonly reach: ReachFailpoint;
  /** How far this process' clock is ahead, in milliseconds. */
  readonly aheadMs: number;
  /** Called with what takes webhooks once it can. */
  readonly onReady: (take: (hook: ServiceHook) => void) => void;
}

const graph: Graph = {
  nodes: ["first", "second"].map((id) => {
    const common = { id, title: id, model: null, isLocked: false };
    return { ...common, type: "image-generator", settings: { prompt: id } };
  }),
  connections: [
    {
      from: { node: "first", port: "image" },
      to: { node: "second", port: "references" },
      order: 0,
      via: null,
    },
  ],
};

/**
 * Presses Run twice, one after the other, until both have ended. Begun again after a kill it takes up
 * where the first one was: the same keys, the same runs.
 */
export async function pressTwice(options: PressTwiceOptions): Promise<void> {
  const { service, recovery, aheadMs } = options;
  const { parts, host, close } = await openDiskHost({
    ...options,
    // Whoever comes after a killed process waits for so long.
    leaseMs: 1_000,
    providers: [createServiceProvider(service, recovery)],
    clock: {
      nowMs: () => systemClock.nowMs() + aheadMs,
      // Waits are twenty times shorter than asked, so that polls do not make the tests long.
      sleep: (durationMs, signal) => systemClock.sleep(durationMs / 20, signal),
    },
  });
  const { store } = parts;
  await store.transaction((transaction) =>
    grant(transaction, caller.team, { id: "first-grant", credits: 100, nowMs: 0 }),
  );
  await host.start();
  options.onReady((hook) => void takeHook(parts, "fake", { id: hook.handle, ...hook }));
  for (const name of ["one", "two"]) {
    const key = `press-of-run-${name}`;
    const known = await store.database
      .selectFrom("run")
      .select("id")
      .where("key", "=", key)
      .executeTakeFirst();
    const run = known ?? (await pressRun(host, graph, { mode: "all" }, { key, file: name }));
    await ended(parts, run.id);
  }
  await close();
}

async function ended({ hub, store }: RunParts, run: string): Promise<void> {
  for (;;) {
    const news = Promise.withResolvers<void>();
    const stop = hub.listen(run, () => news.resolve());
    const { state } = await store.database
      .selectFrom("run")
      .select("state")
      .where("id", "=", run)
      .executeTakeFirstOrThrow();
    if (state !== "running") {
      stop();
      return;
    }
    await news.promise;
    stop();
  }
}
