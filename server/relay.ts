import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { createAdmin, type Admin } from "./admin/open-admin.ts";
import { createApp } from "./app.ts";
import { openAssets } from "./assets/assets.ts";
import { borderRules } from "./border.ts";
import { systemClock } from "./clock.ts";
import { createEgress } from "./egress.ts";
import { ownMachine, type Exposure } from "./exposure.ts";
import { createFailpoints } from "./failpoint.ts";
import { openFoundation } from "./foundation.ts";
import { openDataKeys } from "./keys/data-keys.ts";
import { createKeyRing } from "./keys/key-ring.ts";
import type { KeySources } from "./keys/take-key-variables.ts";
import { listenOn } from "./listen.ts";
import { createLog, codeOf } from "./log.ts";
import { noMetrics, type Metrics } from "./metrics.ts";
import { createLocalProvider } from "./providers/local-provider.ts";
import type { Provider } from "./providers/provider.ts";
import { createProviders } from "./providers/registry.ts";
import { createReadiness } from "./readiness.ts";
import { createRequestRate } from "./request-rate.ts";
import { createHandlers } from "./routes/index.ts";
import { openPlayground } from "./routes/playground.ts";
import type { RouteParts } from "./routes/route-parts.ts";
import { createRunHost } from "./run/run-host.ts";
import type { RunParts } from "./run/run-parts.ts";
import { graceMs, stopGracefully } from "./stop-gracefully.ts";
import { countFailures } from "./store/count-failures.ts";
import { createDevice, findDevice, revokeDevices } from "./store/members.ts";
import { createCode } from "./store/pairing.ts";
import { createTraffic } from "./traffic.ts";

/** What a relay is started with. */
export interface RelayOptions {
  readonly folder: string;
  /** A PostgreSQL database to share with other processes; without one the folder holds everything. */
  readonly databaseUrl?: string | null;
  /** How long a process on the database that says nothing counts as alive; 30 s unless said. */
  readonly leaseMs?: number;
  /** 0 takes any free port. */
  readonly port: number;
  /** Who may reach it; this machine alone unless said. */
  readonly exposure?: Exposure;
  /** The port of the figures for operators; none unless said, any free one for 0. */
  readonly adminPort?: number | null;
  readonly version: string;
  readonly pid: number;
  readonly failpoints: string;
  /** Ends this process at once, as a crash would; for failpoints. */
  readonly kill: () => void;
  /** Where log lines go. */
  readonly writeLog: (line: string) => void;
  /** Where the providers' keys come from; without it none can be set. */
  readonly keys?: KeySources;
  /** Providers beside the local one. */
  readonly providers?: readonly Provider[];
  /** The folder that the playground was built into; without one it is not served. */
  readonly playground?: string;
}

/** A relay that answers. */
export interface Relay {
  readonly port: number;
  readonly id: string;
  /** The port of the figures for operators, where there is one. */
  readonly adminPort: number | null;
  readonly hasPlayground: boolean;
  /** A new pairing code of 8 characters, good once and for five minutes. */
  newCode(): Promise<string>;
  /** A token for a command line of the same user. */
  newToken(device: string): Promise<string>;
  /**
   * Stops listening, lets what is under way come to its end for so long and no longer, and closes; what
   * still runs goes on at the next start.
   */
  stop(withinMs?: number): Promise<void>;
}

const noKeys: KeySources = { environment: new Map(), dataKey: { kind: "none" } };

/** The one team of a relay on one's own machine, and its one member. */
const local = { team: "local", member: "you" } as const;

/**
 * Starts a relay on a folder that it then owns alone, or on a database that it shares; assets are in the
 * folder either way. Throws one sentence when the folder is in use, the port is taken, the database does
 * not answer or a file cannot be read.
 */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const admin = typeof options.adminPort === "number" ? createAdmin() : null;
  const opened = await openParts(options, admin?.metrics ?? noMetrics);
  const { parts, close } = opened;
  try {
    const { listener, adminPort, hasPlayground } = await openPorts(options, opened, admin);
    await parts.host.start();
    opened.state.isStarted = true;
    const { traffic, clock, host } = parts;
    return {
      port: listener.port,
      adminPort,
      id: parts.relay,
      hasPlayground,
      newCode: () => newCode(parts),
      newToken: (device) => newToken(parts, device),
      stop: async (withinMs = graceMs) => {
        await stopGracefully({ listener, traffic, clock, graceMs: withinMs });
        await host.stop();
        await admin?.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Opens the relay's port and, where operators want to look in, theirs. */
async function openPorts(options: RelayOptions, opened: Opened, admin: Admin | null) {
  const { parts, log } = opened;
  const { store, clock, newId, traffic, metrics, readiness } = parts;
  const { folder, exposure = ownMachine } = options;
  const pages = options.playground === undefined ? null : await openPlayground(options.playground);
  const watched = { database: store.database, folder, clock, readiness };
  const adminPort = (await admin?.listen(options.adminPort ?? 0, watched)) ?? null;
  const listener = await listenOn(exposure.addresses, options.port, (port) =>
    createApp({
      rules: () => borderRules(port(), exposure.publicUrl),
      handlers: createHandlers(parts),
      findCaller: (token) => findDevice(store.database, token, clock.nowMs()),
      admit: createRequestRate(clock),
      newId,
      traffic,
      metrics,
      pages,
      reportError: (request, route, error) =>
        log("unexpected", { request, route, code: codeOf(error) }),
    }),
  );
  return { listener, adminPort, hasPlayground: pages !== null };
}

type Opened = Awaited<ReturnType<typeof openParts>>;

/** Opens all that the routes work with, nothing of which is at work yet. */
async function openParts(options: RelayOptions, metrics: Metrics) {
  const clock = systemClock;
  const log = createLog(clock.nowMs, options.writeLog);
  const newId = () => randomBytes(16).toString("hex");
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
  const { hub, isShared } = foundation;
  const store = countFailures(foundation.store, metrics);
  const folder = join(options.folder, "assets");
  const assets = await openAssets(folder, { store, reach, clock, isShared });
  const localProvider = createLocalProvider();
  const runParts: RunParts = {
    store,
    assets,
    providers: createProviders([localProvider, ...(options.providers ?? [])]),
    clock,
    hub,
    reach,
    newId,
    newSeed: () => randomBytes(4).readUInt32BE() >>> 1,
    hashText: (text) => createHash("sha256").update(text).digest("hex"),
    warn: log,
    metrics,
  };
  const random = (bytes: number) => new Uint8Array(randomBytes(bytes));
  const note = (trouble: { host: string; code: string }) => log("egress", trouble);
  const egress = createEgress({ clock, ownOrigins: [], note });
  const { environment, dataKey } = options.keys ?? noKeys;
  const dataKeys = openDataKeys(dataKey, random);
  const keeper = { store, dataKeys, environment, nowMs: clock.nowMs, random };
  const ring = createKeyRing({ database: store.database, dataKeys, environment });
  const traffic = createTraffic();
  const state = { isStarted: false };
  const parts: RouteParts = {
    ...runParts,
    keys: { keeper, ring, egress },
    relay: foundation.relay,
    version: options.version,
    assets,
    host: createRunHost(runParts, foundation),
    random,
    traffic,
    readiness: createReadiness({
      database: store.database,
      bytes: assets.bytes,
      clock,
      isEngineStarted: () => state.isStarted,
      isStopping: () => traffic.stopping.aborted,
    }),
  };
  const close = async () => {
    await localProvider.close();
    await egress.close();
    await assets.close();
    await foundation.close();
  };
  return { log, parts, state, close };
}

function newCode({ store, clock, random }: RouteParts): Promise<string> {
  const values = { member: local.member, nowMs: clock.nowMs(), random };
  return store.transaction((transaction) => createCode(transaction, local.team, values));
}

/** A new token replaces those that the device had before, so that they do not pile up. */
function newToken({ store, clock, random }: RouteParts, name: string): Promise<string> {
  const values = { member: local.member, name, nowMs: clock.nowMs(), random };
  return store.transaction(async (transaction) => {
    await revokeDevices(transaction, local.team, name);
    return (await createDevice(transaction, local.team, values)).token;
  });
}
