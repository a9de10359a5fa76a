import { afterAll, beforeAll, describe } from "vitest";
import { storeContract } from "../../contract/store-contract.ts";
import {
  createStorePool,
  createTestDatabase,
  hasPostgres,
  type TestDatabase,
} from "../../helpers/postgres.ts";

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

  storeContract("PostgreSQL", () => stores.open());
});
