import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { checkLedger } from "../../../server/store/check-ledger.ts";
import { grant, hold } from "../../../server/store/ledger.ts";
import { balanceOf } from "../../../server/store/read-ledger.ts";
import type { Store } from "../../../server/store/open-store.ts";
import { appendEvent } from "../../../server/store/run-events.ts";
import { createRun } from "../../../server/store/runs.ts";
import { StorageFull, StoreBusy } from "../../../server/store/store-error.ts";
import { newRunRow, nowMs, progress, readAllRows } from "../../contract/store/rows.ts";
import { give, pragma, useDataFolder } from "./data-folder.ts";

const data = useDataFolder();
const { open } = data;

describe("F26: a full disk", () => {
  const fill = (store: Store) =>
    store.transaction(async (transaction) => {
      for (let at = 0; at < 6; at += 1) {
        const id = `run-${at}`;
        const file = "f".repeat(3_000);
        await createRun(transaction, "red", newRunRow(id, { file }));
        const place = { run: id, node: "1:2", call: 0 };
        await hold(transaction, "red", { id: `hold-${at}`, ...place, credits: 1, nowMs });
        await appendEvent(transaction, "red", id, progress(0.5), nowMs);
      }
    });
  const limit = (store: Store, pages: number) =>
    sql`PRAGMA max_page_count = ${sql.raw(String(pages))}`.execute(store.database);

  it("is a typed error at whatever statement it comes; nothing is half-written and all works again", async () => {
    const store = await open();
    await give(store, 100);
    const before = await readAllRows(store.database);
    const pages = Number(await pragma(store, "page_count"));
    let fullTimes = 0;
    for (let extra = 0; ; extra += 1) {
      await limit(store, pages + extra);
      const end = await fill(store).catch((error: unknown) => error);
      if (end === undefined) break;
      expect(end).toBeInstanceOf(StorageFull);
      expect(await readAllRows(store.database)).toEqual(before);
      expect(await checkLedger(store.database)).toEqual([]);
      fullTimes += 1;
    }
    expect(fullTimes).toBeGreaterThan(5);
    expect((await balanceOf(store.database, "red")).held).toBe(6);
  });

  it("ends the transaction also for code that goes on after it", async () => {
    const store = await open();
    await limit(store, Number(await pragma(store, "page_count")));
    const going = store.transaction(async (transaction) => {
      const file = "f".repeat(100_000);
      await createRun(transaction, "red", newRunRow("run-1", { file })).catch(() => undefined);
      await grant(transaction, "red", { id: "grant-1", credits: 5, nowMs });
    });
    await expect(going).rejects.toThrow("rolled back and takes no further statement");
    expect((await balanceOf(store.database, "red")).available).toBe(0);
    await limit(store, 100_000);
    await give(store, 5);
  });

  it("is the same error outside of a transaction", async () => {
    const store = await open();
    await limit(store, Number(await pragma(store, "page_count")));
    const file = "f".repeat(100_000);
    const values = { id: "1", team: "red", member: "", file, request_hash: "", plan: "" };
    const insert = store.database
      .insertInto("quote")
      .values({ ...values, credits: 0, micro_dollars: 0, expires_at: 0, is_large: 0 })
      .execute();
    await expect(insert).rejects.toThrow(StorageFull);
  });
});

describe("another program on the database", () => {
  const lockOut = (): DatabaseSync => {
    const other = new DatabaseSync(join(data.folder, "relay.db"));
    other.exec("BEGIN IMMEDIATE");
    return other;
  };

  it("F29: is waited for without standing still", async () => {
    let waits = 0;
    let other: DatabaseSync | null = null;
    const store = await open({
      wait: () => {
        waits += 1;
        if (waits === 3) other?.exec("ROLLBACK");
        return Promise.resolve();
      },
    });
    other = lockOut();
    await give(store, 5);
    expect(waits).toBe(3);
    other.exec("BEGIN IMMEDIATE");
    waits = 0;
    await store.database.insertInto("team").values({ id: "red", relay: "relay-1" }).execute();
    expect(waits).toBe(3);
    other.close();
  });

  it("F30: cannot write between a transaction's reading and its writing", async () => {
    const store = await open();
    const other = new DatabaseSync(join(data.folder, "relay.db"), { timeout: 0 });
    await store.transaction(async (transaction) => {
      await balanceOf(transaction, "red");
      const write = () => other.exec("INSERT INTO team VALUES ('blue', 'relay-1')");
      expect(write).toThrow("database is locked");
      await grant(transaction, "red", { id: "grant-1", credits: 5, nowMs });
    });
    other.close();
    expect((await balanceOf(store.database, "red")).available).toBe(5);
  });

  it("F29: that never ends is a typed error, and reading goes on beside it", async () => {
    const store = await open({ wait: () => Promise.resolve() });
    const other = lockOut();
    await expect(give(store, 5)).rejects.toThrow(StoreBusy);
    expect((await balanceOf(store.database, "red")).available).toBe(0);
    other.close();
    await give(store, 5);
  });
});
