import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import postgres from "postgres";
import { asksForNothing, checkTexts } from "./check-texts.ts";
import { toStoreError } from "./postgres-errors.ts";
import { StoreGone } from "./store-error.ts";

/** A connection that one caller has for itself until it is given back. */
export interface PostgresConnection extends DatabaseConnection {
  /** Whether it was lost: every query throws StoreGone from then on. */
  readonly isLost: boolean;
  end(): Promise<void>;
}

/** So many connections to a server at most, each made when it is needed. */
export interface PostgresConnections {
  take(): Promise<PostgresConnection>;
  giveBack(connection: PostgresConnection): void;
  /** Ends those that were given back. */
  close(): Promise<void>;
}

const connectSeconds = 10;

/**
 * Connections that callers take in turn. Each is a client of its own that is thrown away once its
 * connection is lost: postgres.js 3.4.9 ends the process when a reserved connection that was closed is
 * asked again (src/connection.js, nextWrite).
 */
export function createPostgresConnections(url: string, most: number): PostgresConnections {
  const free: PostgresConnection[] = [];
  const waiting: ((connection: PostgresConnection) => void)[] = [];
  let made = 0;
  const make = () => {
    made += 1;
    return connect(url);
  };
  const drop = (connection: PostgresConnection) => {
    made -= 1;
    void connection.end();
  };
  return {
    take: async () => {
      for (let found = free.pop(); found; found = free.pop()) {
        if (!found.isLost) return found;
        drop(found);
      }
      return made < most ? make() : new Promise((resolve) => waiting.push(resolve));
    },
    giveBack: (connection) => {
      if (connection.isLost) drop(connection);
      const next = waiting.shift();
      if (next) next(connection.isLost ? make() : connection);
      else if (!connection.isLost) free.push(connection);
    },
    close: async () => {
      await Promise.all(free.splice(0).map((connection) => connection.end()));
    },
  };
}

function connect(url: string): PostgresConnection {
  let isLost = false;
  const client = postgres(url, {
    max: 1,
    // Otherwise it would be closed in the middle of whatever its caller does.
    max_lifetime: null,
    connect_timeout: connectSeconds,
    onclose: () => {
      isLost = true;
    },
    // Notices, such as those of IF NOT EXISTS, would be printed.
    onnotice: () => undefined,
    types: {
      // Money, times and counts are whole numbers that JavaScript keeps exactly.
      bigint: { to: 20, from: [20], serialize: String, parse: Number },
    },
  });
  return {
    get isLost() {
      return isLost;
    },
    executeQuery: async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
      checkTexts(query);
      if (asksForNothing(query)) return { rows: [] };
      if (isLost) throw new StoreGone(null);
      try {
        const parameters = query.parameters as postgres.ParameterOrJSON<number>[];
        const rows = await client.unsafe<Row[] & object[]>(query.sql, parameters, {
          prepare: true,
        });
        // Null where nothing is counted, as when a table is made; its type does not say so.
        const count = rows.count as number | null;
        return { rows, numAffectedRows: BigInt(count ?? 0) };
      } catch (error) {
        const translated = toStoreError(error);
        isLost ||= translated instanceof StoreGone;
        throw translated;
      }
    },
    streamQuery: () => {
      throw new Error("Queries are not streamed; read by pages.");
    },
    end: () => client.end({ timeout: 1 }),
  };
}
