import { randomBytes } from "node:crypto";
import { env } from "node:process";
import { sql } from "kysely";
import postgres from "postgres";
import { openPostgresStore, type PostgresStore } from "../../server/store/open-postgres-store.ts";

/** The server on which the tests make databases of their own; SPACES_TEST_POSTGRES names another. */
const serverUrl = env["SPACES_TEST_POSTGRES"] ?? "postgres://postgres@127.0.0.1:5432/test";

/** A database of a test's own. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/**
 * Whether a PostgreSQL server answers; false says so in one line, with how to run these tests. Throws
 * where they must not be left out (SPACES_REQUIRE_POSTGRES, as in .ci/run).
 */
export async function hasPostgres(): Promise<boolean> {
  const server = postgres(serverUrl, { max: 1, connect_timeout: 3 });
  try {
    await server`SELECT 1`;
    return true;
  } catch {
    const sentence = `No PostgreSQL answers at ${new URL(serverUrl).host}; start one, or set SPACES_TEST_POSTGRES to a server's URL.`;
    if (env["SPACES_REQUIRE_POSTGRES"] !== undefined) throw new Error(sentence);
    process.stdout.write(`Skipped: the tests on PostgreSQL. ${sentence}\n`);
    return false;
  } finally {
    await server.end();
  }
}

/** Makes an empty database on the test server. It does not wait for the disk: no test cuts the power. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `spaces_${randomBytes(8).toString("hex")}`;
  await onServer((server) => server`CREATE DATABASE ${server(name)}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  url.searchParams.set("synchronous_commit", "off");
  return {
    url: url.href,
    drop: () => onServer((server) => server`DROP DATABASE ${server(name)} WITH (FORCE)`),
  };
}

/** A store of a pool, and the address at which other processes open it. */
interface PooledStore extends PostgresStore {
  readonly url: string;
}

/**
 * Stores on PostgreSQL that are used again: closing one empties it, which takes a hundredth of the time
 * of making the tables anew. Two that are open at once are two.
 */
export function createStorePool(database: TestDatabase) {
  const all: PooledStore[] = [];
  const free: PooledStore[] = [];
  const make = async (): Promise<PooledStore> => {
    const url = await createTestSchema(database);
    const store = { ...(await openPostgresStore({ url })), url };
    all.push(store);
    return store;
  };
  return {
    open: async (): Promise<PooledStore> => {
      const store = free.pop() ?? (await make());
      const giveBack = async () => {
        await emptyTables(store);
        free.push(store);
      };
      return { ...store, close: giveBack };
    },
    close: async (): Promise<void> => {
      for (const store of all.splice(0)) await store.close();
    },
  };
}

/** Makes an empty schema in a database and answers the address under which it is all there is. */
export async function createTestSchema(database: TestDatabase): Promise<string> {
  const name = `store_${randomBytes(8).toString("hex")}`;
  const connection = postgres(database.url, { max: 1 });
  await connection`CREATE SCHEMA ${connection(name)}`;
  await connection.end();
  const url = new URL(database.url);
  url.searchParams.set("search_path", name);
  return url.href;
}

/** Takes every row away, also those that the tables themselves keep from it. */
async function emptyTables({ database, transaction }: PostgresStore): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = current_schema() AND table_name <> 'migration'`.execute(database);
  await transaction(async (one) => {
    await sql`SET LOCAL session_replication_role = replica`.execute(one);
    const deletes = rows.map(({ name }) => `DELETE FROM "${name}";`);
    await sql.raw(`DO $$ BEGIN ${deletes.join(" ")} END $$`).execute(one);
  });
}

async function onServer(work: (server: postgres.Sql) => Promise<unknown>): Promise<void> {
  const server = postgres(serverUrl, { max: 1, onnotice: () => undefined });
  try {
    await work(server);
  } finally {
    await server.end();
  }
}
