import { sql, type CompiledQuery } from "kysely";
import { expect, test } from "vitest";
import type { Database } from "../../../server/store/database.ts";
import { capsOn, setCap } from "../../../server/store/caps.ts";
import { openWork } from "../../../server/store/hosted-runs.ts";
import { openHolds } from "../../../server/store/read-ledger.ts";
import { findOpenRun } from "../../../server/store/runs.ts";
import { useDataFolder } from "./data-folder.ts";

const { open } = useDataFolder();

/** How SQLite means to answer what is asked last, before it knows any value. */
async function planOf(ask: (database: Database) => Promise<unknown>): Promise<string> {
  const { database } = await open();
  const asked: string[] = [];
  const listenTo = <Heard extends object>(heard: Heard): Heard =>
    new Proxy(heard, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== "function") return member;
        return (...words: unknown[]): unknown => {
          if (name === "executeQuery") asked.push((words[0] as CompiledQuery).sql);
          const answer: unknown = Reflect.apply(member, target, words);
          return name === "getExecutor" ? listenTo(answer as object) : answer;
        };
      },
    });
  await ask(listenTo(database));
  const text = asked.at(-1) ?? "";
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

test.each([
  { kind: "team", name: "" },
  { kind: "member", name: "ana" },
  { kind: "file", name: "file-1" },
] as const)(
  "what counts against the cap of a $kind is read from its open runs, not from all there were",
  async ({ kind, name }) => {
    const plan = await planOf(async (database) => {
      const capped = { kind, name, unit: "credits" } as const;
      await database.transaction().execute((transaction) => setCap(transaction, "red", capped, 5));
      await capsOn(database, "red", { member: "ana", file: "file-1" }, 0);
    });
    expect(plan).toContain("run_by_host (state=? AND is_hosted=? AND team=?)");
    expect(plan).not.toContain("run_by_team");
    expect(plan).not.toContain("run_by_file");
  },
);
