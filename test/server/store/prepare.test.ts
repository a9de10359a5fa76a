import { sql } from "kysely";
import { expect, test } from "vitest";
import { prepare } from "../../../server/store/prepare.ts";
import type { Schema } from "../../../server/store/schema.ts";
import { useDataFolder } from "./data-folder.ts";

const { open, close } = useDataFolder();

const insertAccounts = prepare((database, { rows }: { rows: readonly Schema["account"][] }) =>
  database.insertInto("account").values(rows).compile(),
);
let built = 0;
const creditsOf = prepare((database, { names }: { names: readonly string[] }) => {
  built += 1;
  return database.selectFrom("account").select("credits").where("name", "in", names).compile();
});
const changeAccount = prepare(
  (database, { name, changed }: { name: string; changed: Partial<Schema["account"]> }) =>
    database.updateTable("account").set(changed).where("name", "=", name).compile(),
);

/** A store with as many accounts as asked; each has as many credits as its name says. */
async function withAccounts(count: number) {
  const store = await open();
  const { database } = store;
  const rows = Array.from({ length: count }, (_, at) => ({ name: String(at), credits: at }));
  await insertAccounts(database, { rows });
  return { store, database, names: rows.map(({ name }) => name) };
}

test("a query is built once for each length of its list, and gives what belongs to its own values", async () => {
  const { database, names } = await withAccounts(3);
  built = 0;
  const ask = async (...asked: string[]) =>
    (await creditsOf(database, { names: asked })).rows.map(({ credits }) => credits);
  for (const name of names) expect(await ask(name)).toEqual([Number(name)]);
  expect(await ask("0", "2")).toEqual([0, 2]);
  expect(await ask("2", "no one")).toEqual([2]);
  expect(built).toBe(2);
});

test("a list that is too long to keep its text is asked for all the same", async () => {
  const { database, names } = await withAccounts(100);
  for (let round = 0; round < 2; round += 1) {
    const { rows } = await creditsOf(database, { names });
    expect(rows).toHaveLength(100);
  }
});

test("what is changed is told by its names: one set of them is not taken for another", async () => {
  const { database } = await withAccounts(2);
  const change = async (name: string, changed: Partial<Schema["account"]>) =>
    (await changeAccount(database, { name, changed })).numAffectedRows;
  expect(await change("1", { credits: 7 })).toBe(1n);
  expect(await change("1", { name: "one" })).toBe(1n);
  expect(await change("one", { name: "eins", credits: 8 })).toBe(1n);
  expect(await change("no one", { credits: 9 })).toBe(0n);
  const { rows } = await creditsOf(database, { names: ["eins"] });
  expect(rows).toEqual([{ credits: 8 }]);
});

test("a query goes to the database that it is asked of, also once another one was closed", async () => {
  const { store } = await withAccounts(1);
  await close(store);
  const { database } = await open();
  expect((await creditsOf(database, { names: ["0", "1"] })).rows).toEqual([{ credits: 0 }]);
});

const wordsOf = prepare(
  (database, { rows }: { rows: readonly Readonly<Record<string, string>>[] }) => {
    built += 1;
    const words = sql.join(rows.flatMap(Object.values), sql` || `);
    return sql<{ words: string }>`SELECT ${words} AS words`.compile(database);
  },
);

test("rows of other columns are another query, however many there are", async () => {
  const { database } = await withAccounts(1);
  built = 0;
  const ask = async (row: Readonly<Record<string, string>>) =>
    (await wordsOf(database, { rows: [row] })).rows[0]?.words;
  expect(await ask({ one: "a" })).toBe("a");
  expect(await ask({ one: "a", two: "b" })).toBe("ab");
  expect(await ask({ one: "c" })).toBe("c");
  expect(built).toBe(2);
});
