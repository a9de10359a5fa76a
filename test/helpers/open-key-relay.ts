import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRelayClient, type RelayClient } from "#domain/relay-client";
import { createCommandClient, type CommandClient } from "#domain/command-client";
import { sendTo } from "../../server/cli/send-to-relay.ts";
import type { ProviderDeclaration } from "../../server/providers/declaration.ts";
import type { Provider } from "../../server/providers/provider.ts";
import { startRelay } from "../../server/relay.ts";
import type { StockDeclaration } from "../../server/stock/stock.ts";

/** A relay that keeps keys, with its folders and everything that it logged. */
export interface KeyRelay {
  /** The relay's data. */
  readonly data: string;
  /** Where its data key lies. */
  readonly settings: string;
  readonly token: string;
  readonly client: RelayClient;
  readonly commands: CommandClient;
  readonly log: readonly string[];
  ask(path: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
  /** Removes what is left. */
  remove(): Promise<void>;
}

/** How it is started. */
export interface KeyRelayOptions {
  readonly environment?: ReadonlyMap<string, string>;
  readonly databaseUrl?: string | null;
  readonly providers?: readonly Provider[];
  readonly stocks?: readonly StockDeclaration[];
  readonly declarations?: readonly ProviderDeclaration[];
  readonly comfyUiOrigin?: string | null;
  readonly ownServers?: ReadonlyMap<string, string>;
}

/** Starts a relay on new folders, whose data key is in a file of its own. */
export async function openKeyRelay(options: KeyRelayOptions = {}): Promise<KeyRelay> {
  const folder = await mkdtemp(join(tmpdir(), "spaces-keys-"));
  const [data, settings] = [join(folder, "data"), join(folder, "settings")];
  const log: string[] = [];
  const relay = await startRelay({
    folder: data,
    databaseUrl: options.databaseUrl ?? null,
    port: 0,
    version: "0.0.0",
    pid: process.pid,
    failpoints: "",
    kill: () => undefined,
    writeLog: (line) => log.push(line),
    providers: options.providers ?? [],
    stocks: options.stocks ?? [],
    declarations: options.declarations ?? [],
    comfyUiOrigin: options.comfyUiOrigin ?? null,
    ownServers: options.ownServers ?? new Map(),
    keys: {
      environment: options.environment ?? new Map(),
      dataKey: { kind: "own-file", path: join(settings, "data-key") },
    },
  });
  const token = await relay.newToken(`test ${randomBytes(4).toString("hex")}`);
  return {
    data,
    settings,
    token,
    client: createRelayClient(sendTo(relay.port), token),
    commands: createCommandClient(sendTo(relay.port), token),
    log,
    ask: (path, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set("authorization", `Bearer ${token}`);
      return fetch(`http://localhost:${relay.port}${path}`, { ...init, headers });
    },
    stop: () => relay.stop(),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}
