import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Asset } from "#domain/asset";
import { RunFailure } from "#domain/failure";
import type { Graph } from "#domain/graph";
import type { RunTarget } from "#domain/run-target";
import { applyEvent, newRun, type Run } from "#domain/run";
import type { NumberedEvent } from "#domain/run-event";
import { systemClock } from "../../server/clock.ts";
import { noFailpoints } from "../../server/failpoint.ts";
import { openFoundation } from "../../server/foundation.ts";
import { noMetrics } from "../../server/metrics.ts";
import { newId } from "../../server/new-id.ts";
import { noDerived, noKeys } from "./no-keys.ts";
import { createProviders } from "../../server/providers/registry.ts";
import type { Provider } from "../../server/providers/provider.ts";
import { createRunHost, type RunHost } from "../../server/run/run-host.ts";
import type { Received } from "../../server/assets/receive-asset.ts";
import type { RunAssets, RunParts } from "../../server/run/run-parts.ts";
import { grant } from "../../server/store/ledger.ts";
import { eventsAfter } from "../../server/store/run-events.ts";

/** The team and member of a harness. */
export const caller = { team: "local", member: "ana", device: "laptop" } as const;

/** What a harness is made of; everything has a usual value. */
export interface HarnessOptions {
  readonly providers: readonly Provider[];
  readonly credits?: number;
  readonly folder?: string;
  /** Where there is one, the store is on PostgreSQL and others may share it. */
  readonly databaseUrl?: string;
  readonly leaseMs?: number;
  readonly parts?: Partial<RunParts>;
}

/** Bytes kept in memory and taken as small PNG pictures unless they begin with "BAD". */
export function memoryAssets(): RunAssets {
  const kept = new Map<string, Uint8Array>();
  return {
    keep: (_team, bytes) => {
      if (Buffer.from(bytes).toString().startsWith("BAD")) {
        const sentence = "It is not a picture.";
        return Promise.resolve<Received>({ kind: "refused", code: "unreadable", sentence });
      }
      const hash = createHash("sha256").update(bytes).digest("hex");
      kept.set(hash, bytes);
      const size = { bytes: bytes.length, widthPx: 8, heightPx: 8, durationMs: null };
      const asset: Asset = { hash, mediaType: "image/png", ...size };
      return Promise.resolve<Received>({ kind: "kept", asset });
    },
    derive: noDerived,
    read: (hash) => {
      const bytes = kept.get(hash);
      const message = "The file is gone.";
      const gone = new RunFailure({ code: "asset-missing", message, isRetryable: false });
      return bytes ? Promise.resolve(bytes) : Promise.reject(gone);
    },
  };
}

/** A relay's runs without HTTP, on a real store and engine in a folder of their own. */
export async function openHarness(options: HarnessOptions) {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "spaces-test-")));
  const warnings: string[] = [];
  const foundation = await openFoundation({
    databaseUrl: null,
    ...options,
    folder,
    team: caller.team,
    pid: process.pid,
    // Lines go by the time of the runs; a presence on a shared database goes by the real one.
    clock: options.databaseUrl === undefined ? (options.parts?.clock ?? systemClock) : systemClock,
    newId,
    warn: (event) => warnings.push(event),
  });
  const { store, hub } = foundation;
  const parts: RunParts = {
    store,
    assets: memoryAssets(),
    providers: createProviders(options.providers),
    keyRing: noKeys,
    clock: systemClock,
    hub,
    reach: noFailpoints,
    newId,
    newSeed: () => 7,
    hashText: (text) => createHash("sha256").update(text).digest("hex"),
    warn: (event) => warnings.push(event),
    metrics: noMetrics,
    ...options.parts,
  };
  const credits = options.credits ?? 1_000;
  await store.transaction((transaction) =>
    grant(transaction, caller.team, { id: "first-grant", credits, nowMs: 0 }),
  );
  const host = createRunHost(parts, foundation);
  await host.start();
  return {
    folder,
    parts,
    store,
    host,
    warnings,
    close: async (keepFolder = false) => {
      await host.stop();
      await foundation.close();
      if (!keepFolder) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** An open harness. */
export type Harness = Awaited<ReturnType<typeof openHarness>>;

let presses = 0;

/** Quotes a run and starts it, as a press of Run does. */
export async function pressRun(
  host: RunHost,
  graph: Graph,
  target: RunTarget,
  options: {
    readonly isAgain?: boolean;
    readonly key?: string;
    readonly file?: string;
    readonly member?: string;
  } = {},
) {
  const { isAgain = false, file = "file-1", member = caller.member } = options;
  const asker = { ...caller, member };
  const request = { file, graph, target, isAgain };
  const quote = await host.quote(asker, request);
  if (quote.issues.length > 0)
    throw new Error(quote.issues.map((issue) => issue.message).join(" "));
  presses += 1;
  const key = options.key ?? `press-${String(presses).padStart(8, "0")}`;
  return host.startRun(asker, key, { ...request, quote: quote.id });
}

/** Waits for a run's end and gives the run and every event that told it. */
export async function waitForEnd(
  harness: Harness,
  id: string,
): Promise<{ readonly run: Run; readonly events: readonly NumberedEvent[] }> {
  const { hub, store } = harness.parts;
  for (;;) {
    const news = Promise.withResolvers<void>();
    const stop = hub.listen(id, () => news.resolve());
    const events = await eventsAfter(store.database, caller.team, id, 0, 10_000);
    const run = events.reduce(applyEvent, newRun(id));
    if (run.state !== "running") {
      stop();
      return { run, events };
    }
    await news.promise;
    stop();
  }
}
