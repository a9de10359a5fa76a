import {
  CompiledQuery,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
} from "kysely";
import { refuseInside } from "./inside-transaction.ts";
import type { PostgresConnection, PostgresConnections } from "./postgres-connections.ts";

/**
 * Kysely on PostgreSQL with the relay's own rules: texts that a database would change are refused, a
 * query past an open transaction throws, and errors arrive as those of store-error.ts.
 */
export function postgresDialect(connections: PostgresConnections): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => createDriver(connections),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

function createDriver(connections: PostgresConnections): Driver {
  const taken = new Map<DatabaseConnection, PostgresConnection>();
  const execute = async (connection: DatabaseConnection, sql: string) => {
    await connection.executeQuery(CompiledQuery.raw(sql));
  };
  return {
    init: () => Promise.resolve(),
    acquireConnection: async () => {
      refuseInside();
      const connection = await connections.take();
      taken.set(connection, connection);
      return connection;
    },
    releaseConnection: (connection) => {
      const own = taken.get(connection);
      taken.delete(connection);
      if (own) connections.giveBack(own);
      return Promise.resolve();
    },
    beginTransaction: (connection) => execute(connection, "BEGIN ISOLATION LEVEL READ COMMITTED"),
    commitTransaction: (connection) => execute(connection, "COMMIT"),
    rollbackTransaction: async (connection) => {
      // A lost connection is rolled back by the server.
      if (taken.get(connection)?.isLost === false) await execute(connection, "ROLLBACK");
    },
    destroy: () => connections.close(),
  };
}
