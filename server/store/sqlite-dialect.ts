import type { DatabaseSync } from "node:sqlite";
import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Dialect,
  type Driver,
} from "kysely";
import { refuseInside } from "./inside-transaction.ts";
import { createSqliteConnection, retryWhileBusy } from "./sqlite-connection.ts";

/** How the dialect waits while another program holds the database. */
export type Wait = (durationMs: number) => Promise<void>;

/**
 * Kysely on node:sqlite. One connection, so callers take turns; a transaction begins as a writer at
 * once (BEGIN IMMEDIATE): a read that later wants to write fails without waiting otherwise
 * (reliability.md F30). Errors of the database arrive as those of store-error.ts.
 */
export function sqliteDialect(database: DatabaseSync, wait: Wait): Dialect {
  return {
    createAdapter: () => new OwnTurnsAdapter(),
    createDriver: () => createDriver(database, wait),
    createIntrospector: (kysely) => new SqliteIntrospector(kysely),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/**
 * Kysely takes turns itself for an adapter of one connection, before the driver is asked, and keeps
 * the turn when the driver refuses (kysely 0.29.9, driver/runtime-driver.ts). Ours are in the driver.
 */
class OwnTurnsAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

function createDriver(database: DatabaseSync, wait: Wait): Driver {
  const connection = createSqliteConnection(database, wait);
  const turns = createTurns();
  const execute = (sql: string) => retryWhileBusy(() => database.exec(sql), wait);
  return {
    init: () => Promise.resolve(),
    acquireConnection: async () => {
      refuseInside();
      await turns.enter();
      return connection;
    },
    releaseConnection: () => {
      turns.leave();
      return Promise.resolve();
    },
    beginTransaction: async () => {
      await execute("BEGIN IMMEDIATE");
      connection.hasBegun = true;
    },
    commitTransaction: async () => {
      await execute("COMMIT");
      connection.hasBegun = false;
    },
    // A statement that failed hard (a full disk) has already rolled everything back.
    rollbackTransaction: () => {
      connection.hasBegun = false;
      if (database.isTransaction) database.exec("ROLLBACK");
      return Promise.resolve();
    },
    destroy: async () => {
      await turns.enter();
      database.close();
    },
  };
}

/** First come, first served: one at a time. */
function createTurns() {
  let isTaken = false;
  const waiting: (() => void)[] = [];
  return {
    enter: (): Promise<void> => {
      if (isTaken) return new Promise((resolve) => waiting.push(resolve));
      isTaken = true;
      return Promise.resolve();
    },
    leave: (): void => {
      const next = waiting.shift();
      if (next) next();
      else isTaken = false;
    },
  };
}
