import { afterAll, beforeAll, describe } from "vitest";
import { killContract } from "../helpers/kill-contract.ts";
import {
  createStorePool,
  createTestDatabase,
  hasPostgres,
  type TestDatabase,
} from "../helpers/postgres.ts";

describe.skipIf(!(await hasPostgres()))("with a PostgreSQL server", () => {
  let database: TestDatabase;
  let stores: ReturnType<typeof createStorePool>;
  beforeAll(async () => {
    database = await createTestDatabase();
    stores = createStorePool(database);
  });
  afterAll(async () => {
    await stores.close();
    await database.drop();
  });

  killContract("PostgreSQL", async () => {
    const store = await stores.open();
    return { databaseUrl: store.url, openStore: () => Promise.resolve(store) };
  });
});
