import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createMigrations, type Migration } from "../../../server/store/migrations.ts";
import {
  openPostgresStore,
  type PostgresStore,
} from "../../../server/store/open-postgres-store.ts";
import { postgresFlavour } from "../../../server/store/sql-flavour.ts";
import { StoreGone } from "../../../server/store/store-error.ts";
import {
  furnishBeforeRetention,
  migrationsBefore,
  referencesIn,
} from "../../helpers/before-retention.ts";
import {
  createTestDatabase,
  createTestSchema,
  hasPostgres,
  type TestDatabase,
} from "../../helpers/postgres.ts";
import { openTcpProxy } from "../../helpers/tcp-proxy.ts";

const released = createMigrations(postgresFlavour);

describe.skipIf(!(await hasPostgres()))("the store on PostgreSQL", () => {
  let database: TestDatabase;
  let url: string;
  const opened: PostgresStore[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    url = await createTestSchema(database);
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });

  async function open(migrations?: readonly Migration[], at = url): Promise<PostgresStore> {
    const store = await openPostgresStore({ url: at, ...(migrations && { migrations }) });
    opened.push(store);
    return store;
  }
  const migrationsOf = async ({ database: rows }: PostgresStore) =>
    (await rows.selectFrom("migration").select("name").orderBy("place").execute()).map(
      ({ name }) => name,
    );

  test("is made by one of several that open it at once", async () => {
    const stores = await Promise.all([open(), open(), open(), open()]);
    for (const store of stores) {
      expect(await migrationsOf(store)).toEqual(released.map(({ name }) => name));
    }
  });

  test("finds in what was kept before the sweep what is needed", async () => {
    const expected = await furnishBeforeRetention(
      await open(migrationsBefore("6-retention", released)),
    );
    expect(await referencesIn(await open())).toEqual(expected);
  });

  test("F55: keeps nothing of a change of the tables that is broken off, and makes it at the next start", async () => {
    const last = released.at(-1)!;
    const broken = { name: last.name, statements: [...last.statements, "SELECT 1 / 0"] };
    await expect(open([...released.slice(0, -1), broken])).rejects.toThrow("division by zero");
    const before = await open(released.slice(0, -1));
    expect(await migrationsOf(before)).toEqual(released.slice(0, -1).map(({ name }) => name));
    expect(await migrationsOf(await open())).toEqual(released.map(({ name }) => name));
  });

  test("F32, F55: keeps nothing of a change of the tables in which the connection is lost", async () => {
    const proxy = await openTcpProxy(url);
    try {
      proxy.cutAfter(released.at(-1)!.statements.at(-1)!.slice(0, 40));
      await expect(open(released, proxy.url)).rejects.toBeInstanceOf(StoreGone);
    } finally {
      proxy.close();
    }
    expect(await migrationsOf(await open())).toEqual(released.map(({ name }) => name));
  });

  test("F55: of a newer program is refused in one sentence", async () => {
    await open([...released, { name: "99-tomorrow", statements: ["SELECT 1"] }]);
    await expect(open()).rejects.toThrow(/newer version of Spaces \(it has "99-tomorrow"\)/);
  });

  test.each([
    ["a port where nothing answers", (at: URL) => (at.port = "1"), /does not answer/],
    ["no such database", (at: URL) => (at.pathname = "/none-such"), /no such database/],
  ])("says in one sentence what is wrong: %s", async (_name, change, sentence) => {
    const wrong = new URL(url);
    wrong.password = "hush-hush";
    change(wrong);
    const error = await open(undefined, wrong.href).catch((refused: unknown) => refused);
    expect(error).toBeInstanceOf(Error);
    const { message } = error as Error;
    expect(message).toMatch(sentence);
    expect(message).not.toContain("hush-hush");
  });
});
