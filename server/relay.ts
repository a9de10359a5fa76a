import { createAdmin, type Admin } from "./admin/open-admin.ts";
import { createApp } from "./app.ts";
import { startSweeper } from "./assets/sweeper.ts";
import { borderRules } from "./border.ts";
import { ownMachine } from "./exposure.ts";
import { listenOn } from "./listen.ts";
import { codeOf } from "./log.ts";
import { noMetrics } from "./metrics.ts";
import type { RelayOptions } from "./relay-options.ts";
import { local, openParts, type OpenedParts } from "./relay-parts.ts";
import { createRequestRate } from "./request-rate.ts";
import { openConsole } from "./routes/console.ts";
import { createHandlers } from "./routes/index.ts";
import { openPlayground } from "./routes/playground.ts";
import type { RouteParts } from "./routes/route-parts.ts";
import { graceMs, stopGracefully } from "./stop-gracefully.ts";
import { createDevice, findDevice, revokeDevices } from "./store/members.ts";
import { createCode } from "./store/pairing.ts";

/** A relay that answers. */
export interface Relay {
  readonly port: number;
  readonly id: string;
  /** The port of the figures for operators, where there is one. */
  readonly adminPort: number | null;
  readonly hasConsole: boolean;
  readonly hasPlayground: boolean;
  /**
   * A new pairing code of 8 characters, good once and for five minutes. It replaces the owner's earlier
   * ones, unless it is to stand beside them.
   */
  newCode(isBeside?: boolean): Promise<string>;
  /** A token for a command line of the same user. */
  newToken(device: string): Promise<string>;
  /**
   * Stops listening, lets what is under way come to its end for so long and no longer, and closes; what
   * still runs goes on at the next start.
   */
  stop(withinMs?: number): Promise<void>;
}

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
    const { listener, adminPort, playground, ownConsole } = await openPorts(options, opened, admin);
    await parts.host.start();
    opened.state.isStarted = true;
    const sweeper = startSweeper(opened.sweeping);
    const { traffic, clock, host } = parts;
    return {
      port: listener.port,
      adminPort,
      id: parts.relay,
      hasConsole: ownConsole !== null,
      hasPlayground: playground !== null,
      newCode: (isBeside = false) => newCode(parts, isBeside),
      newToken: (device) => newToken(parts, device),
      stop: async (withinMs = graceMs) => {
        await stopGracefully({ listener, traffic, clock, graceMs: withinMs });
        await sweeper.close();
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
async function openPorts(options: RelayOptions, opened: OpenedParts, admin: Admin | null) {
  const { parts, log } = opened;
  const { store, clock, newId, traffic, metrics, readiness } = parts;
  const { folder, exposure = ownMachine } = options;
  const [ownConsole, playground] = await openPages(options);
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
      pages: [ownConsole, playground].filter((page) => page !== null),
      reportError: (request, route, error) =>
        log("unexpected", { request, route, code: codeOf(error) }),
    }),
  );
  return { listener, adminPort, ownConsole, playground };
}

/** The pages that were built. */
function openPages({ console: ownConsole, playground }: RelayOptions) {
  return Promise.all([
    ownConsole === undefined ? null : openConsole(ownConsole),
    playground === undefined ? null : openPlayground(playground),
  ]);
}

function newCode({ store, clock, random }: RouteParts, isBeside: boolean): Promise<string> {
  const values = { member: local.member, nowMs: clock.nowMs(), random, isBeside };
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
