import { sql, type CompiledQuery } from "kysely";
import { expect, test } from "vitest";
import type { Database } from "../../../server/store/database.ts";
import { openWork } from "../../../server/store/hosted-runs.ts";
import { openHolds } from "../../../server/store/read-ledger.ts";
import { findOpenRun } from "../../../server/store/runs.ts";
import { useDataFolder } from "./data-folder.ts";

const { open } = useDataFolder();

/** How SQLite means to answer what is asked, before it knows any value. */
async function planOf(ask: (database: Database) => Promise<unknown>): Promise<string> {
  const { database } = await open();
  const asked: string[] = [];
  const listening = new Proxy(database, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      return (...words: unknown[]): unknown => {
        if (name === "executeQuery") asked.push((words[0] as CompiledQuery).sql);
        return Reflect.apply(member, target, words);
      };
    },
  });
  await ask(listening);
  const [text = ""] = asked;
  const explain = sql.raw(`EXPLAIN QUERY PLAN ${text.replaceAll("?", "NULL")}`);
  const { rows } = await explain.execute(database);
  return JSON.stringify(rows);
}

test("a press looks for the same press by the index of those alone, not through every open run", async () => {
  const plan = await planOf((database) => findOpenRun(database, "red", "hash"));
  expect(plan).toContain("run_asked_once (team=? AND key_hash=?)");
});

test("what a team has open is told by an index alone", async () => {
  const plan = await planOf((database) => openWork(database, "red", "ana"));
  expect(plan).toContain("COVERING INDEX run_by_host (state=? AND is_hosted=? AND team=?)");
});

test("a node's holds are found by run and node", async () => {
  const plan = await planOf((database) => openHolds(database, "red", "run-1", "1:2"));
  expect(plan).toContain("transfer_by_node (run=? AND node=?)");
});
