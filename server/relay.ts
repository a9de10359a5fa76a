import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { createApp } from "./app.ts";
import { openAssets } from "./assets/assets.ts";
import { systemClock } from "./clock.ts";
import { createEgress } from "./egress.ts";
import { createFailpoints } from "./failpoint.ts";
import { openFoundation } from "./foundation.ts";
import { openDataKeys } from "./keys/data-keys.ts";
import { createKeyRing } from "./keys/key-ring.ts";
import type { KeySources } from "./keys/take-key-variables.ts";
import { listenOnLoopback } from "./listen.ts";
import { createLog, codeOf } from "./log.ts";
import { createLocalProvider } from "./providers/local-provider.ts";
import type { Provider } from "./providers/provider.ts";
import { createProviders } from "./providers/registry.ts";
import { createRequestRate } from "./request-rate.ts";
import { createHandlers } from "./routes/index.ts";
import { openPlayground } from "./routes/playground.ts";
import type { RouteParts } from "./routes/route-parts.ts";
import { createRunHost } from "./run/run-host.ts";
import type { RunParts } from "./run/run-parts.ts";
import { createDevice, findDevice, revokeDevices } from "./store/members.ts";
import { createCode } from "./store/pairing.ts";

/** What a relay is started with. */
export interface RelayOptions {
  readonly folder: string;
  /** A PostgreSQL database to share with other processes; without one the folder holds everything. */
  readonly databaseUrl?: string | null;
  /** How long a process on the database that says nothing counts as alive; 30 s unless said. */
  readonly leaseMs?: number;
  /** 0 takes any free port. */
  readonly port: number;
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
  readonly hasPlayground: boolean;
  /** A new pairing code of 8 characters, good once and for five minutes. */
  newCode(): Promise<string>;
  /** A token for a command line of the same user. */
  newToken(device: string): Promise<string>;
  /** Stops listening, lets commits finish and closes; what still runs goes on at the next start. */
  stop(): Promise<void>;
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
  const { log, parts, close } = await openParts(options);
  const { store, clock, newId, host } = parts;
  const pages = options.playground === undefined ? null : await openPlayground(options.playground);
  const listener = await listenOnLoopback(options.port, (rules) =>
    createApp({
      rules,
      handlers: createHandlers(parts),
      findCaller: (token) => findDevice(store.database, token, clock.nowMs()),
      admit: createRequestRate(clock),
      newId,
      pages,
      reportError: (request, route, error) =>
        log("unexpected", { request, route, code: codeOf(error) }),
    }),
  );
  await host.start();
  return {
    port: listener.port,
    id: parts.relay,
    hasPlayground: pages !== null,
    newCode: () => newCode(parts),
    newToken: (device) => newToken(parts, device),
    stop: async () => {
      await listener.close();
      await host.stop();
      await close();
    },
  };
}

/** Opens all that the routes work with, nothing of which is at work yet. */
async function openParts(options: RelayOptions) {
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
    warn: (event) => log(event, {}),
  });
  const { store, hub, isShared } = foundation;
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
  };
  const random = (bytes: number) => new Uint8Array(randomBytes(bytes));
  const note = (trouble: { host: string; code: string }) => log("egress", trouble);
  const egress = createEgress({ clock, ownOrigins: [], note });
  const { environment, dataKey } = options.keys ?? noKeys;
  const dataKeys = openDataKeys(dataKey, random);
  const keeper = { store, dataKeys, environment, nowMs: clock.nowMs, random };
  const ring = createKeyRing({ database: store.database, dataKeys, environment });
  const parts: RouteParts = {
    ...runParts,
    keys: { keeper, ring, egress },
    relay: foundation.relay,
    version: options.version,
    assets,
    host: createRunHost(runParts, foundation),
    random,
  };
  const close = async () => {
    await localProvider.close();
    await egress.close();
    await assets.close();
    await foundation.close();
  };
  return { log, parts, close };
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
