import { afterAll, beforeAll, describe } from "vitest";
import { openPostgresStore } from "../../server/store/open-postgres-store.ts";
import { killContract } from "../helpers/kill-contract.ts";
import {
  createTestDatabase,
  createTestSchema,
  hasPostgres,
  type TestDatabase,
} from "../helpers/postgres.ts";

describe.skipIf(!(await hasPostgres()))("with a PostgreSQL server", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  // Most of the time of a case is the wait for the lease of the killed process.
  killContract("PostgreSQL", 5, async () => {
    const url = await createTestSchema(database);
    return { databaseUrl: url, openStore: () => openPostgresStore({ url }) };
  });
});
