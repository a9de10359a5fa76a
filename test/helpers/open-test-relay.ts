import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRelayClient, type RelayClient } from "#domain/relay-client";
import { refuseSecrets } from "./find-secrets.ts";
import { sendTo } from "../../server/cli/send-to-relay.ts";
import type { Provider } from "../../server/providers/provider.ts";
import { startRelay, type Relay } from "../../server/relay.ts";
import type { RelayOptions } from "../../server/relay-options.ts";

/** A real relay on a folder and port of its own, with a paired client. */
export interface TestRelay {
  readonly folder: string;
  readonly relay: Relay;
  readonly token: string;
  readonly client: RelayClient;
  readonly log: string[];
  /** A request as a program sends it, with the token unless told otherwise. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Throws when its token or a key that it was given stands in its log or its folder. */
  close(keepFolder?: boolean): Promise<void>;
}

/** Starts a relay for a test, on a folder and a port of its own unless they are given. */
export async function openTestRelay(
  providers: readonly Provider[] = [],
  given?: string,
  databaseUrl: string | null = null,
  port = 0,
  more: Partial<RelayOptions> = {},
): Promise<TestRelay> {
  const folder = given ?? (await mkdtemp(join(tmpdir(), "spaces-relay-")));
  const log: string[] = [];
  const relay = await startRelay({
    folder,
    databaseUrl,
    port,
    version: "0.0.0",
    pid: process.pid,
    failpoints: "",
    kill: () => undefined,
    writeLog: (line) => log.push(line),
    providers,
    ...more,
  });
  const token = await relay.newToken(`test ${relay.port}`);
  return {
    folder,
    relay,
    token,
    client: createRelayClient(sendTo(relay.port), token),
    log,
    ask: (path, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set("authorization", `Bearer ${token}`);
      return fetch(`http://localhost:${relay.port}${path}`, { ...init, headers });
    },
    close: async (keepFolder = false) => {
      await relay.stop();
      const given = more.keys?.environment.values() ?? [];
      await refuseSecrets([token, ...given], { folder, log });
      if (!keepFolder) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** SHA-256 of bytes, in hexadecimal. */
export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
