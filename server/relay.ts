import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { createApp } from "./app.ts";
import { openAssets } from "./assets/assets.ts";
import { claimFolder } from "./assets/claim-folder.ts";
import { retentionOf } from "./assets/retention-rule.ts";
import { sendToStorage } from "./assets/s3-send.ts";
import type { S3Settings } from "./assets/s3-settings.ts";
import { startSweeper } from "./assets/sweeper.ts";
import { systemClock } from "./clock.ts";
import { createFailpoints } from "./failpoint.ts";
import { openFoundation } from "./foundation.ts";
import { listenOnLoopback } from "./listen.ts";
import { createLog, codeOf } from "./log.ts";
import { createLocalProvider } from "./providers/local-provider.ts";
import type { Provider } from "./providers/provider.ts";
import { createProviders } from "./providers/registry.ts";
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
  /** Providers beside the local one. */
  readonly providers?: readonly Provider[];
  /** The storage where assets are kept instead of the folder. */
  readonly s3?: S3Settings | null;
  /** How many days a file is kept that nothing needs; 30 unless said, 0 for ever. */
  readonly retentionDays?: number;
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

/** How long a file is kept that nothing needs, unless told. */
const usualRetentionDays = 30;

/** The one team of a relay on one's own machine, and its one member. */
const local = { team: "local", member: "you" } as const;

/**
 * Starts a relay on a folder that it then owns alone, or on a database that it shares; assets are in the
 * folder either way. Throws one sentence when the folder is in use, the port is taken, the database does
 * not answer or a file cannot be read.
 */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const { log, parts, sweeping, close } = await openParts(options);
  const { store, clock, newId, host } = parts;
  const pages = options.playground === undefined ? null : await openPlayground(options.playground);
  const listener = await listenOnLoopback(options.port, (rules) =>
    createApp({
      rules,
      handlers: createHandlers(parts),
      findCaller: (token) => findDevice(store.database, token, clock.nowMs()),
      newId,
      pages,
      reportError: (request, route, error) =>
        log("unexpected", { request, route, code: codeOf(error) }),
    }),
  );
  await host.start();
  const sweeper = startSweeper(sweeping);
  return {
    port: listener.port,
    id: parts.relay,
    hasPlayground: pages !== null,
    newCode: () => newCode(parts),
    newToken: (device) => newToken(parts, device),
    stop: async () => {
      await listener.close();
      await sweeper.close();
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
  const { relay } = foundation;
  const s3 = options.s3 ? { settings: options.s3, send: sendToStorage, relay } : null;
  const assets = await openAssets(folder, { store, reach, clock, isShared, s3 });
  const retention = retentionOf(options.retentionDays ?? usualRetentionDays);
  const isOwnStore = s3 !== null || (await claimFolder(folder, relay));
  const warn = (event: string) => log(event, {});
  const sweeping = { store, bytes: assets.bytes, clock, retention, isOwnStore, warn };
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
  const parts: RouteParts = {
    ...runParts,
    relay,
    version: options.version,
    assets,
    host: createRunHost(runParts, foundation),
    random: (bytes) => new Uint8Array(randomBytes(bytes)),
  };
  const close = async () => {
    await localProvider.close();
    await assets.close();
    await foundation.close();
  };
  return { log, parts, sweeping, close };
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
