import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";
import type { EngineHome } from "./run/engine-backend.ts";
import { createEventHub, type EventHub } from "./run/event-hub.ts";
import { openPostgresEventHub } from "./run/postgres-event-hub.ts";
import { beginPresence } from "./run/presence.ts";
import { createSharedTurns } from "./run/shared-turns.ts";
import { createLocalTurns, type Turns } from "./run/turns.ts";
import { ensureTeam } from "./store/members.ts";
import { openPostgresStore } from "./store/open-postgres-store.ts";
import { openStore, type Store } from "./store/open-store.ts";

/** Where a relay stands. */
export interface FoundationOptions {
  /** Files: assets always, the store too unless there is a database. */
  readonly folder: string;
  /** A PostgreSQL database that any number of relay processes share; null for the folder alone. */
  readonly databaseUrl: string | null;
  /** The team whose relay this is. */
  readonly team: string;
  readonly pid: number;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly warn: Log;
  /** Called whenever a write waits for another program that holds the database. */
  readonly onWait?: () => void;
  /** How long a process on the database that says nothing counts as alive; 30 s unless said. */
  readonly leaseMs?: number;
}

/** What everything else of a relay stands on: its memory, its news, its turns and its engine's home. */
export interface Foundation {
  readonly store: Store;
  readonly hub: EventHub;
  readonly turns: Turns;
  readonly engine: EngineHome;
  /** Whether other processes stand on it too. */
  readonly isShared: boolean;
  /** The relay's own id, the same for all of its processes. */
  readonly relay: string;
  close(): Promise<void>;
}

const usualLeaseMs = 30_000;

/**
 * Opens what a relay stands on: a folder that it then owns alone, or a database that it shares. Throws
 * one sentence when that cannot be.
 */
export async function openFoundation(options: FoundationOptions): Promise<Foundation> {
  const { databaseUrl } = options;
  return databaseUrl === null ? openAlone(options) : openShared(options, databaseUrl);
}

async function openAlone(options: FoundationOptions): Promise<Foundation> {
  const { folder, pid, clock, newId, onWait } = options;
  const wait = (durationMs: number) => {
    onWait?.();
    return clock.sleep(durationMs);
  };
  const store = await openStore({ folder, nowMs: clock.nowMs, pid, wait });
  const turns = createLocalTurns({ transaction: store.transaction, clock, newId });
  return {
    store,
    hub: createEventHub(),
    turns,
    engine: { kind: "file", file: join(folder, "engine.db") },
    isShared: false,
    relay: await relayOf(store, options),
    close: async () => {
      turns.close();
      await store.close();
    },
  };
}

async function openShared(options: FoundationOptions, url: string): Promise<Foundation> {
  const { folder, clock, newId, warn, leaseMs = usualLeaseMs } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const store = await openPostgresStore({ url });
  const { database, transaction, alone } = store;
  const relay = await relayOf(store, options);
  const presence = await beginPresence({ database, clock, newId, leaseMs, warn });
  const hub = await openPostgresEventHub({ url, database, clock, process: newId(), warn });
  const turns = createSharedTurns({ database, transaction, newId, hub, clock, presence });
  return {
    store,
    hub,
    turns,
    engine: { kind: "postgres", url, relay, leaseMs, alone },
    isShared: true,
    relay,
    close: async () => {
      turns.close();
      await presence.close();
      await hub.close();
      await store.close();
    },
  };
}

function relayOf(store: Store, { team, newId }: FoundationOptions): Promise<string> {
  return store.transaction((transaction) => ensureTeam(transaction, team, newId));
}
