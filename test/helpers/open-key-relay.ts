import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { createRelayClient, type RelayClient } from "#domain/relay-client";
import { createCommandClient, type CommandClient } from "#domain/command-client";
import { sendTo } from "../../server/cli/send-to-relay.ts";
import type { ProviderDeclaration } from "../../server/providers/declaration.ts";
import type { Provider } from "../../server/providers/provider.ts";
import { startRelay } from "../../server/relay.ts";
import type { StockDeclaration } from "../../server/stock/stock.ts";
import { refuseSecrets } from "./find-secrets.ts";

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
  /** Throws when its token, one of its data keys or a key that it was given stands in its log or its data. */
  stop(): Promise<void>;
  /** Removes what is left. */
  remove(): Promise<void>;
}

const keySchema = z.object({ key: z.string() });

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
  const set = [...(options.environment?.values() ?? [])];
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
  const commands = createCommandClient(sendTo(relay.port), token);
  return {
    data,
    settings,
    token,
    client: createRelayClient(sendTo(relay.port), token),
    commands: {
      command: (name, given) => {
        const key = keySchema.safeParse(given.body).data?.key;
        if (name === "keySet" && key !== undefined) set.push(key);
        return commands.command(name, given);
      },
    },
    log,
    ask: (path, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set("authorization", `Bearer ${token}`);
      return fetch(`http://localhost:${relay.port}${path}`, { ...init, headers });
    },
    stop: async () => {
      await relay.stop();
      const dataKeys = await readFile(join(settings, "data-key"), "utf8").catch(() => "");
      const keys = dataKeys.match(/(?<=:)[\w+/=-]{20,}/g) ?? [];
      await refuseSecrets([token, ...set, ...keys], { folder: data, log });
    },
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}
