import { DatabaseSync, type StatementSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import type { Backend } from "openworkflow/internal";
import { BackendPostgres } from "openworkflow/postgres";
import { BackendSqlite } from "openworkflow/sqlite";
import { createEngineConnections } from "./engine-connections.ts";

/** Where the engine keeps what it knows. It is a cache: losing it loses nothing. */
export type EngineHome =
  /** A file of its own, in a folder that this process owns alone. */
  | { readonly kind: "file"; readonly file: string }
  /** A PostgreSQL database that it shares with the other processes of the same relay. */
  | {
      readonly kind: "postgres";
      readonly url: string;
      readonly relay: string;
      /** How long the runs of a process that says nothing stay with it. */
      readonly leaseMs: number;
      /** Keeps other processes out while the engine's tables are made. */
      readonly alone: <Result>(work: () => Promise<Result>) => Promise<Result>;
    };

/** Connections of one process to PostgreSQL beside those of the store. */
const engineConnections = 3;
/** A process says so often within its lease that it still has a run. */
const saysPerLease = 3;

/** Opens the engine's memory; its leases are said again until `stopping` aborts. */
export async function openBackend(home: EngineHome, stopping: AbortSignal): Promise<Backend> {
  if (home.kind === "file") {
    const backend = BackendSqlite.connect(home.file);
    quicken(backend);
    releaseLeases(home.file);
    return claimTogether(backend);
  }
  // The library makes its tables without a lock, which two processes at once do not survive.
  const first = await home.alone(() => BackendPostgres.connect(home.url));
  await first.stop();
  const connections = createEngineConnections(home.url, engineConnections);
  const backend = BackendPostgres.fromPool(connections, { namespaceId: home.relay });
  return claimTogether(leaseFor(backend, home.leaseMs, stopping));
}

/**
 * Asks for one run at a time: each free slot of a worker asks by itself, and once one hears that there
 * is none, the others of the same moment need not ask. A database that does not answer has none for now;
 * the worker asks again in a moment, and would print each time.
 */
function claimTogether(backend: Backend): Backend {
  const ask = backend.claimWorkflowRun.bind(backend);
  const claim: typeof ask = (params) => ask(params).catch(() => null);
  let line: ReturnType<typeof ask> | null = null;
  backend.claimWorkflowRun = (params) => {
    const before = line;
    if (!before) queueMicrotask(() => (line = null));
    line = before ? before.then((run) => (run ? claim(params) : null)) : claim(params);
    return line;
  };
  return backend;
}

/**
 * Holds the runs of a backend for a lease of our own, and says thrice in it that they are still held:
 * the library says so every 15 s, whatever the lease.
 */
function leaseFor(backend: Backend, leaseMs: number, stopping: AbortSignal): Backend {
  const claim = backend.claimWorkflowRun.bind(backend);
  const extend = backend.extendWorkflowRunLease.bind(backend);
  const lease = { leaseDurationMs: leaseMs };
  const keep = async (workflowRunId: string, workerId: string) => {
    for (;;) {
      await sleep(leaseMs / saysPerLease, null, { signal: stopping, ref: false });
      // It fails for a run that ended or was lost, and while the database does not answer.
      await extend({ workflowRunId, workerId, ...lease }).catch((error: unknown) => {
        if (!(error instanceof Error && "code" in error)) throw error;
      });
    }
  };
  backend.claimWorkflowRun = async (params) => {
    const run = await claim({ ...params, ...lease });
    if (run) void keep(run.id, params.workerId).catch(() => undefined);
    return run;
  };
  backend.extendWorkflowRunLease = (params) => extend({ ...params, ...lease });
  return backend;
}

/**
 * Makes the runs that a dead process held available at once instead of after their lease of 30 s.
 * Only for a folder that this process owns alone (the store's lock).
 */
function releaseLeases(file: string): void {
  const database = new DatabaseSync(file);
  try {
    database
      .prepare(
        `UPDATE workflow_runs SET available_at = ? WHERE status = 'running' AND worker_id IS NOT NULL`,
      )
      .run(new Date(0).toISOString());
  } finally {
    database.close();
  }
}

/**
 * Lets the engine's commits wait for the disk at checkpoints only, and prepares each statement once: it
 * has a fixed few and prepares them at every use. A run that a power cut takes from it is given to it
 * again at the start. The library has no setting for either.
 */
function quicken(backend: BackendSqlite): void {
  const database: unknown = backend["db"];
  if (!(database instanceof DatabaseSync)) return;
  database.exec("PRAGMA synchronous = NORMAL");
  const prepare = database.prepare.bind(database);
  const prepared = new Map<string, StatementSync>();
  database.prepare = (sql) => {
    const statement = prepared.get(sql) ?? prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
}
