import { Kysely, sql } from "kysely";
import type { Database } from "./database.ts";
import { migrate } from "./migrate.ts";
import { createMigrations, type Migration } from "./migrations.ts";
import type { Store } from "./open-store.ts";
import { createPostgresConnections } from "./postgres-connections.ts";
import { postgresDialect } from "./postgres-dialect.ts";
import { postgresCodeOf } from "./postgres-errors.ts";
import { retryConflicts } from "./retry-conflicts.ts";
import { postgresFlavour } from "./sql-flavour.ts";

/** Connections of one relay process for its own tables, of the 100 that a server has unless told. */
const mostConnections = 6;
/** Any number that no other program uses for the same purpose. */
const migrationLock = 4_517_001;
/** What a server that refuses us means, by SQLSTATE; never its own words, which may quote the address. */
const refusals: Readonly<Record<string, string>> = {
  "28000": "The database does not let this user in. Look at SPACES_DATABASE_URL.",
  "28P01": "The database refuses this user or password. Look at SPACES_DATABASE_URL.",
  "3D000": "There is no such database on the server. Make it, or look at SPACES_DATABASE_URL.",
  "42501": "The database does not let this user make tables. Give it the right to.",
};

/** A store on PostgreSQL. */
export interface PostgresStore extends Store {
  /** Does the work while no other process does any so; for making tables. */
  readonly alone: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/** How a store on PostgreSQL is opened. */
export interface PostgresStoreOptions {
  readonly url: string;
  /** Other tables than the released ones; for tests of upgrades. */
  readonly migrations?: readonly Migration[];
}

/**
 * Opens the store in a PostgreSQL database that any number of relay processes share. One process at a
 * time brings the tables up to date. Throws StoreGone when the server does not answer, and one sentence
 * when it refuses us or when the tables were written by a newer program.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<PostgresStore> {
  const connections = createPostgresConnections(options.url, mostConnections);
  const database: Database = new Kysely({ dialect: postgresDialect(connections) });
  try {
    await whileAlone(database, (one) =>
      migrate(one, options.migrations ?? createMigrations(postgresFlavour)),
    );
  } catch (error) {
    await database.destroy();
    const refusal = refusals[postgresCodeOf(error)];
    throw refusal === undefined ? error : new Error(refusal, { cause: error });
  }
  const commits = retryConflicts(database);
  return {
    database,
    alone: (work) => whileAlone(database, work),
    transaction: commits.transaction,
    close: async () => {
      await commits.rest();
      await database.destroy();
    },
  };
}

async function whileAlone<Result>(
  database: Database,
  work: (one: Database) => Promise<Result>,
): Promise<Result> {
  return database.connection().execute(async (one) => {
    await sql`SELECT pg_advisory_lock(${migrationLock})`.execute(one);
    try {
      return await work(one);
    } finally {
      await sql`SELECT pg_advisory_unlock(${migrationLock})`.execute(one);
    }
  });
}
