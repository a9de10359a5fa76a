import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import type { Failpoint } from "../../server/failpoint.ts";
import type { RecoveryClass } from "../../server/providers/provider.ts";
import type { Store } from "../../server/store/open-store.ts";
import { childEnvironment } from "./child-environment.ts";
import type { ServiceHook } from "./press-twice.ts";
import { openProviderService, type ProviderService } from "./provider-service.ts";

const program = fileURLToPath(new URL("./killable-runs.ts", import.meta.url));
const readySchema = z.object({ ready: z.int() });

/** A relay that is killed the first or the second time that it comes to a place of a call. */
export interface Kill {
  readonly place: Failpoint;
  readonly recovery: RecoveryClass;
  readonly hit: number;
}

/** Where a relay keeps its runs. */
export interface KillPlace {
  /** A PostgreSQL database; null for the folder. */
  readonly databaseUrl: string | null;
  /** Opens the store once the relay has ended. */
  openStore(): Promise<Store>;
}

/** What one kill has for itself. */
export interface KillScene {
  readonly which: Kill;
  readonly folder: string;
  readonly place: KillPlace;
  readonly service: ProviderService;
  readonly hooks: KillHooks;
  close(): Promise<void>;
}

/** The service's webhooks: those of class C reach whoever takes them, then and whenever one begins to. */
interface KillHooks {
  readonly send: (reference: string, handle: string) => void;
  readonly goTo: (taker: ((hook: ServiceHook) => void) | null) => void;
}

/** Makes what a kill needs. */
export async function openKillScene(
  which: Kill,
  openPlace: (folder: string) => Promise<KillPlace>,
): Promise<KillScene> {
  const folder = await mkdtemp(join(tmpdir(), "spaces-kill-"));
  const hooks = createHooks(which.recovery);
  const service = await openProviderService(which.recovery, hooks.send);
  const place = await openPlace(folder);
  const close = async () => {
    await service.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  return { which, folder, place, service, hooks, close };
}

function createHooks(recovery: RecoveryClass): KillHooks {
  const sent: ServiceHook[] = [];
  let taker: ((hook: ServiceHook) => void) | null = null;
  return {
    send: (reference, handle) => {
      if (recovery !== "C") return;
      sent.push({ reference, handle });
      taker?.({ reference, handle });
    },
    goTo: (next) => {
      taker = next;
      if (next) sent.forEach(next);
    },
  };
}

/**
 * Starts a process with a relay of each scene, all of which are to be killed at the same hit of the same
 * place, lets the services' webhooks in, and gives how it ended: SIGKILL once all of them were there.
 */
export function runUntilKilled(scenes: readonly KillScene[]) {
  return new Promise<NodeJS.Signals | number | null>((resolve, reject) => {
    const [first] = scenes;
    if (!first) throw new Error("There is nothing to kill.");
    const child = fork(program, [], {
      env: {
        ...childEnvironment(),
        FAILPOINTS: `${first.which.place}:${first.which.hit}=kill`,
        RELAYS: JSON.stringify(
          scenes.map(({ which, folder, place, service }) => ({
            folder,
            databaseUrl: place.databaseUrl,
            service: service.url,
            recovery: which.recovery,
          })),
        ),
      },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    child.on("message", (message) => {
      const { ready: relay } = readySchema.parse(message);
      scenes[relay]?.hooks.goTo((hook) => {
        if (child.connected) child.send({ relay, ...hook }, () => undefined);
      });
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      for (const { hooks } of scenes) hooks.goTo(null);
      resolve(signal ?? code);
    });
  });
}
