import { chmod, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { balanceOf } from "../../../server/store/read-ledger.ts";
import { createMigrations, type Migration } from "../../../server/store/migrations.ts";
import type { Store } from "../../../server/store/open-store.ts";
import { sqliteFlavour } from "../../../server/store/sql-flavour.ts";
import { give, pragma, useDataFolder } from "./data-folder.ts";

const data = useDataFolder();
const { open, close } = data;

describe("a store in a file", () => {
  it("F9: commits to the disk before it tells, beside readers, with its references kept", async () => {
    const store = await open();
    expect(await pragma(store, "journal_mode")).toBe("wal");
    expect(await pragma(store, "synchronous")).toBe(2);
    expect(await pragma(store, "foreign_keys")).toBe(1);
  });

  it("is closed to other users of the machine, also in a folder that was open to them", async () => {
    const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    const store = await open();
    expect(await modeOf(data.folder)).toBe("700");
    await give(store, 5);
    const names = await readdir(data.folder);
    expect(names).toEqual(expect.arrayContaining(["relay.db", "relay.db-wal", "relay.lock"]));
    for (const name of names) expect(await modeOf(join(data.folder, name)), name).toBe("600");
    await close(store);
    data.folder = join(data.folder, "..", "shared");
    await mkdir(data.folder);
    await chmod(data.folder, 0o777);
    await give(await open(), 5);
    for (const name of await readdir(data.folder)) {
      expect(await modeOf(join(data.folder, name)), name).toBe("600");
    }
  });

  it("has after another start what was committed before", async () => {
    await close(await open());
    const store = await open();
    await give(store, 5);
    await close(store);
    expect((await balanceOf((await open()).database, "red")).available).toBe(5);
  });

  it("says in a sentence that a file is not its own", async () => {
    await mkdir(data.folder);
    await writeFile(
      join(data.folder, "relay.db"),
      "This is a letter and not a database. ".repeat(99),
    );
    await expect(open()).rejects.toThrow("relay.db cannot be read as the relay's data.");
    await rm(join(data.folder, "relay.db"));
    await open();
  });

  it("lets what was asked before a close finish, and refuses what is asked after it", async () => {
    const store = await open();
    const given = give(store, 5);
    const closed = close(store);
    await Promise.all([given, closed]);
    await expect(give(store, 5)).rejects.toThrow();
    expect((await balanceOf((await open()).database, "red")).available).toBe(5);
  });

  it("refuses, instead of hanging, a query past the transaction that it waits for", async () => {
    const store = await open();
    const past = store.transaction(() => balanceOf(store.database, "red"));
    await expect(past).rejects.toThrow("Inside a transaction, ask the transaction");
    const nested = store.transaction(() => give(store, 5));
    await expect(nested).rejects.toThrow("Inside a transaction, ask the transaction");
    await give(store, 5);
  });
});

describe("F55: a change of the tables", () => {
  const released = createMigrations(sqliteFlavour);
  const second: Migration = {
    name: "2-notes",
    statements: ["CREATE TABLE note (text TEXT)", "INSERT INTO note VALUES ('hello')"],
  };
  const tablesOf = async (store: Store): Promise<string[]> => {
    const query = sql<{ name: string }>`SELECT name FROM sqlite_schema WHERE type = 'table'`;
    return (await query.execute(store.database)).rows.map((row) => row.name);
  };

  it("that is broken off at any place leaves nothing, and works the next time", async () => {
    const { statements } = released[0]!;
    for (let at = 0; at <= statements.length; at += 3) {
      const broken = [...statements.slice(0, at), "CRASH", ...statements.slice(at)];
      const migrations = [{ name: "1-straight-path", statements: broken }];
      await expect(open({ migrations })).rejects.toThrow("syntax error");
      const file = new DatabaseSync(join(data.folder, "relay.db"));
      const tables = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
      expect(tables.map((row) => row["name"])).toEqual(["migration"]);
      file.close();
    }
    await give(await open(), 5);
  });

  it("keeps what is there, and is done once", async () => {
    const first = await open();
    await give(first, 5);
    await close(first);
    for (let starts = 0; starts < 2; starts += 1) {
      const store = await open({ migrations: [...released, second] });
      expect((await balanceOf(store.database, "red")).available).toBe(5);
      const { rows } = await sql`SELECT text FROM note`.execute(store.database);
      expect(rows).toEqual([{ text: "hello" }]);
      await close(store);
    }
  });

  it("of a newer program is refused in a sentence, and nothing is touched", async () => {
    const newer = await open({ migrations: [...released, second] });
    await give(newer, 5);
    await close(newer);
    const sentence = 'newer version of Spaces (it has "2-notes"). Update, then start again.';
    await expect(open()).rejects.toThrow(sentence);
    const again = await open({ migrations: [...released, second] });
    expect(await tablesOf(again)).toContain("note");
    expect((await balanceOf(again.database, "red")).available).toBe(5);
  });
});
