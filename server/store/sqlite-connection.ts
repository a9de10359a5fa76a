import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import { checkTexts } from "./check-texts.ts";
import { NotUnique, StorageFull, StoreBusy } from "./store-error.ts";

/** Statements kept prepared; the program has far fewer different ones. */
const maxStatements = 500;
/** Another program's lock is waited for off the event loop, this often and so long (reliability.md F29). */
const busy = { waitMs: 25, tries: 200 } as const;

/** Result codes of SQLite (https://sqlite.org/rescode.html). */
const resultCodes = { busy: 5, full: 13, primaryKey: 1555, unique: 2067 } as const;

interface Prepared {
  readonly statement: StatementSync;
  readonly hasRows: boolean;
}

/** The one connection, and whether a transaction was begun on it. */
export interface SqliteConnection extends DatabaseConnection {
  hasBegun: boolean;
}

/** Runs Kysely's queries on an open database, each statement prepared once. */
export function createSqliteConnection(
  database: DatabaseSync,
  wait: (durationMs: number) => Promise<void>,
): SqliteConnection {
  const prepare = createStatementCache(database);
  const connection: SqliteConnection = {
    hasBegun: false,
    executeQuery: <Row>(query: CompiledQuery) => {
      checkTexts(query);
      return retryWhileBusy((): QueryResult<Row> => {
        if (connection.hasBegun && !database.isTransaction) {
          // Outside of a transaction every statement would be a commit of its own.
          throw new Error("This transaction was rolled back and takes no further statement.");
        }
        const { statement, hasRows } = prepare(query.sql);
        const parameters = query.parameters as readonly SQLInputValue[];
        if (hasRows) return { rows: statement.all(...parameters) as Row[] };
        return { rows: [], numAffectedRows: BigInt(statement.run(...parameters).changes) };
      }, wait);
    },
    streamQuery: () => {
      throw new Error("Queries are not streamed; read by pages.");
    },
  };
  return connection;
}

/**
 * Does the work, again after a moment while another program holds the lock. Throws StoreBusy when
 * that takes too long, and every other error of the database as one of store-error.ts where it has one.
 */
export async function retryWhileBusy<Result>(
  work: () => Result,
  wait: (durationMs: number) => Promise<void>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return work();
    } catch (error) {
      if (codeOf(error) !== resultCodes.busy || tries === busy.tries) throw toStoreError(error);
      await wait(busy.waitMs);
    }
  }
}

/** The least recently used statement makes room for a new one. */
function createStatementCache(database: DatabaseSync): (sql: string) => Prepared {
  const cache = new Map<string, Prepared>();
  return (sql) => {
    let prepared = cache.get(sql);
    if (prepared) {
      cache.delete(sql);
    } else {
      const statement = database.prepare(sql);
      prepared = { statement, hasRows: statement.columns().length > 0 };
      const [oldest] = cache.keys();
      if (cache.size >= maxStatements && oldest !== undefined) cache.delete(oldest);
    }
    cache.set(sql, prepared);
    return prepared;
  };
}

/** The result code of an error of the database, 0 for any other error. */
function codeOf(error: unknown): number {
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number"
    ? error.errcode
    : 0;
}

function toStoreError(error: unknown): unknown {
  switch (codeOf(error)) {
    case resultCodes.full:
      return new StorageFull(error);
    case resultCodes.busy:
      return new StoreBusy(error);
    case resultCodes.primaryKey:
    case resultCodes.unique:
      return new NotUnique(error);
    default:
      return error;
  }
}
