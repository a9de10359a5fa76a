import { createHash } from "node:crypto";
import { join } from "node:path";
import process from "node:process";
import { openDiskAssetStore } from "../../server/assets/disk-asset-store.ts";
import { receiveAsset } from "../../server/assets/receive-asset.ts";
import { systemClock, type Clock } from "../../server/clock.ts";
import type { ReachFailpoint } from "../../server/failpoint.ts";
import { openFoundation } from "../../server/foundation.ts";
import { noMetrics } from "../../server/metrics.ts";
import { newId } from "../../server/new-id.ts";
import { noDerived, noKeys } from "./no-keys.ts";
import type { Provider } from "../../server/providers/provider.ts";
import { createProviders } from "../../server/providers/registry.ts";
import { createRunHost } from "../../server/run/run-host.ts";
import type { RunParts } from "../../server/run/run-parts.ts";
import { caller } from "./run-harness.ts";

/** What a host of a killable process is made of. */
export interface DiskHostOptions {
  readonly folder: string;
  readonly databaseUrl: string | null;
  readonly leaseMs: number;
  readonly providers: readonly Provider[];
  readonly clock: Clock;
  readonly reach: ReachFailpoint;
  /** Whether other processes use the folder at the same time. */
  readonly isShared?: boolean;
}

/** The pictures of these tests are sound by making; what they go through is the store on the disk. */
const inspector = {
  ask: () =>
    Promise.resolve({
      kind: "accepted" as const,
      mediaType: "image/png" as const,
      widthPx: 8,
      heightPx: 8,
    }),
  close: () => Promise.resolve(),
};

/** A relay's runs with everything that outlives a process on the disk or in a database. */
export async function openDiskHost(options: DiskHostOptions) {
  const { folder, databaseUrl, leaseMs, clock, reach, isShared = false } = options;
  const foundation = await openFoundation({
    folder,
    databaseUrl,
    team: caller.team,
    pid: process.pid,
    clock: systemClock,
    newId,
    warn: () => undefined,
    leaseMs,
  });
  const bytes = await openDiskAssetStore({
    folder: join(folder, "bytes"),
    sweepBeforeMs: isShared ? 0 : Infinity,
    reach,
  });
  const parts: RunParts = {
    store: foundation.store,
    assets: {
      keep: (_team, made) => receiveAsset({ store: bytes, inspector }, [made]),
      derive: noDerived,
      read: async (hash) => (await bytes.read(hash)) ?? new Uint8Array(),
    },
    providers: createProviders(options.providers),
    keyRing: noKeys,
    clock,
    hub: foundation.hub,
    reach,
    newId,
    newSeed: () => 7,
    hashText: (text) => createHash("sha256").update(text).digest("hex"),
    warn: () => undefined,
    metrics: noMetrics,
  };
  const host = createRunHost(parts, foundation);
  const close = async () => {
    await host.stop();
    await foundation.close();
  };
  return { parts, host, close };
}
