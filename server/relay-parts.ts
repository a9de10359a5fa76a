import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { openAssets } from "./assets/assets.ts";
import { claimFolder } from "./assets/claim-folder.ts";
import { retentionOf } from "./assets/retention-rule.ts";
import { openWayToStorage } from "./assets/s3-send.ts";
import type { SweeperParts } from "./assets/sweeper.ts";
import { systemClock, type Clock } from "./clock.ts";
import { createEgress } from "./egress.ts";
import { createFailpoints, type ReachFailpoint } from "./failpoint.ts";
import { openFoundation, type Foundation } from "./foundation.ts";
import { openDataKeys } from "./keys/data-keys.ts";
import { createKeyRing } from "./keys/key-ring.ts";
import type { KeySources } from "./keys/take-key-variables.ts";
import { createLog, type Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { newId } from "./new-id.ts";
import { openProviders } from "./open-providers.ts";
import { createReadiness } from "./readiness.ts";
import type { RelayOptions } from "./relay-options.ts";
import type { RouteParts } from "./routes/route-parts.ts";
import { createRunHost } from "./run/run-host.ts";
import type { RunParts } from "./run/run-parts.ts";
import { openStocks } from "./stock/open-stocks.ts";
import { countFailures } from "./store/count-failures.ts";
import type { Store } from "./store/open-store.ts";
import { createTraffic } from "./traffic.ts";

/** The one team of a relay, and the member whose machine it starts on. */
export const local = { team: "local", member: "you" } as const;

const noKeys: KeySources = { environment: new Map(), dataKey: { kind: "none" } };
/** How long a file is kept that nothing needs, unless told. */
const usualRetentionDays = 30;

const random = (bytes: number) => new Uint8Array(randomBytes(bytes));

/** Everything of a relay that does not answer yet. */
export type OpenedParts = Awaited<ReturnType<typeof openParts>>;

/** Opens all that the routes work with, nothing of which is at work yet. */
export async function openParts(options: RelayOptions, metrics: Metrics) {
  const clock = systemClock;
  const log = createLog(clock.nowMs, options.writeLog);
  const reach = createFailpoints(options.failpoints, options.kill);
  const foundation = await openFoundation({
    databaseUrl: null,
    ...options,
    team: local.team,
    clock,
    newId,
    warn: log,
    onWait: () => metrics.databaseWaited(),
  });
  const store = countFailures(foundation.store, metrics);
  const storage = await openStorage(options, foundation, { store, reach, clock, log });
  const keys = openKeys(options, { store, clock, log });
  const providers = openProviders(options, { egress: keys.egress, store, team: local.team });
  const runParts: RunParts = {
    store,
    assets: storage.assets,
    providers: providers.all,
    keyRing: keys.ring,
    clock,
    hub: foundation.hub,
    reach,
    newId,
    newSeed: () => randomBytes(4).readUInt32BE() >>> 1,
    hashText: (text) => createHash("sha256").update(text).digest("hex"),
    warn: log,
    metrics,
  };
  const [traffic, state] = [createTraffic(), { isStarted: false }];
  const parts: RouteParts = {
    ...runParts,
    keys,
    stock: openStocks(options.stocks, keys.egress, clock),
    comfyUi: providers.comfyUi,
    relay: foundation.relay,
    version: options.version,
    assets: storage.assets,
    host: createRunHost(runParts, foundation),
    random,
    traffic,
    readiness: createReadiness({
      database: store.database,
      bytes: storage.assets.bytes,
      clock,
      isEngineStarted: () => state.isStarted,
      isStopping: () => traffic.stopping.aborted,
    }),
  };
  const close = async () => {
    await providers.close();
    await keys.egress.close();
    await storage.close();
    await foundation.close();
  };
  return { log, parts, sweeping: storage.sweeping, state, close };
}

interface StorageParts {
  readonly store: Store;
  readonly reach: ReachFailpoint;
  readonly clock: Clock;
  readonly log: Log;
}

/** Opens the assets, and what their sweeper is told. */
async function openStorage(
  options: RelayOptions,
  { relay, isShared }: Foundation,
  { store, reach, clock, log }: StorageParts,
) {
  const folder = join(options.folder, "assets");
  const way = options.s3
    ? openWayToStorage(options.s3, clock, (trouble) => log("egress", trouble))
    : null;
  const s3 = options.s3 && way ? { settings: options.s3, send: way.send, relay } : null;
  const assets = await openAssets(folder, { store, reach, clock, isShared, s3 });
  const sweeping: SweeperParts = {
    store,
    bytes: assets.bytes,
    clock,
    retention: retentionOf(options.retentionDays ?? usualRetentionDays),
    isOwnStore: s3 !== null || (await claimFolder(folder, relay)),
    warn: log,
  };
  const close = async () => {
    await assets.close();
    await way?.close();
  };
  return { assets, sweeping, close };
}

/** Opens the providers' keys, and the way out to all of them and to the servers that the owner runs. */
function openKeys(options: RelayOptions, { store, clock, log }: Omit<StorageParts, "reach">) {
  const { keys = noKeys, ownServers = new Map<string, string>(), comfyUiOrigin } = options;
  const { environment, dataKey } = keys;
  const dataKeys = openDataKeys(dataKey, random);
  return {
    keeper: { store, dataKeys, environment, nowMs: clock.nowMs, random },
    ring: createKeyRing({ database: store.database, dataKeys, environment }),
    ownServers,
    egress: createEgress({
      clock,
      ownOrigins: [...ownServers.values(), ...(comfyUiOrigin ? [comfyUiOrigin] : [])],
      note: (trouble) => log("egress", trouble),
    }),
  };
}
