import { hostname } from "node:os";
import { createRelayClient, type RelayClient } from "#domain/relay-client";
import type { Env } from "../env.ts";
import type { KeySources } from "../keys/take-key-variables.ts";
import { providerDeclarations } from "../providers/index.ts";
import { startRelay } from "../relay.ts";
import { stockDeclarations } from "../stock/index.ts";
import { createCommandClient, type CommandClient } from "#domain/command-client";
import { readRelayAddress } from "./relay-address.ts";
import { sendTo } from "./send-to-relay.ts";

/** A relay to talk to: the one that runs, or one that was started for this command alone. */
export interface OpenRelay {
  readonly client: RelayClient;
  readonly commands: CommandClient;
  readonly isOwn: boolean;
  close(): Promise<void>;
}

/** What starting a relay needs of the process. */
export interface ProcessParts {
  readonly version: string;
  readonly nodeVersion: string;
  readonly pid: number;
  /** Where a relay that is started for a command finds its providers' keys. */
  readonly keys: KeySources;
  readonly kill: () => void;
  readonly writeLog: (line: string) => void;
}

/**
 * The relay that runs on the data folder, or a new one on a free port. Throws one sentence when
 * neither can be had.
 */
export async function openRelay(env: Env, parts: ProcessParts): Promise<OpenRelay> {
  const running = await findRunning(env.folder);
  if (running) return { ...running, isOwn: false, close: () => Promise.resolve() };
  const relay = await startRelay({
    ...parts,
    declarations: providerDeclarations,
    stocks: stockDeclarations,
    folder: env.folder,
    databaseUrl: env.databaseUrl,
    port: 0,
    failpoints: env.failpoints,
    s3: env.s3,
    retentionDays: env.retentionDays,
    comfyUiOrigin: env.comfyUiOrigin,
    ownServers: env.ownServers,
    creditsPerDollar: env.creditsPerDollar,
  });
  const token = await relay.newToken(deviceName(env, parts.pid));
  return {
    ...clientsOf(relay.port, token),
    isOwn: true,
    close: () => relay.stop(),
  };
}

/** Does something with a relay (see openRelay) and closes what was opened for it. */
export async function withRelay(
  env: Env,
  parts: ProcessParts,
  work: (relay: OpenRelay) => Promise<number>,
): Promise<number> {
  const relay = await openRelay(env, parts);
  try {
    return await work(relay);
  } finally {
    await relay.close();
  }
}

/** On a database several command lines may run at once; a token of the same name would end another's. */
function deviceName({ databaseUrl }: Env, pid: number): string {
  return databaseUrl === null ? "command line" : `command line of ${hostname()}, process ${pid}`;
}

function clientsOf(port: number, token: string): Pick<OpenRelay, "client" | "commands"> {
  const send = sendTo(port);
  return { client: createRelayClient(send, token), commands: createCommandClient(send, token) };
}

async function findRunning(folder: string) {
  const address = await readRelayAddress(folder);
  if (!address) return null;
  const clients = clientsOf(address.port, address.token);
  try {
    await clients.client.call("status", { body: undefined });
    return clients;
  } catch {
    // An address left by a relay that has ended; the folder's lock decides whether we may start one.
    return null;
  }
}
