import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach } from "vitest";
import { grant } from "../../../server/store/ledger.ts";
import { openStore, type Store, type StoreOptions } from "../../../server/store/open-store.ts";
import { nowMs } from "../../contract/store/rows.ts";

/** A data folder, not made yet, for each test of a file; stores that stay open are closed after it. */
export function useDataFolder() {
  const opened: Store[] = [];
  const data = {
    folder: "",
    open: async (changes: Partial<StoreOptions> = {}): Promise<Store> => {
      const store = await openStore({ folder: data.folder, nowMs: () => nowMs, ...changes });
      opened.push(store);
      return store;
    },
    close: async (store: Store): Promise<void> => {
      opened.splice(opened.indexOf(store), 1);
      await store.close();
    },
  };
  beforeEach(async () => {
    data.folder = join(await mkdtemp(join(tmpdir(), "spaces-store-")), "data");
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    await rm(join(data.folder, ".."), { recursive: true, force: true });
  });
  return data;
}

/** What SQLite answers to a PRAGMA. */
export async function pragma(store: Store, name: string): Promise<unknown> {
  const query = sql<Record<string, unknown>>`PRAGMA ${sql.raw(name)}`;
  const { rows } = await query.execute(store.database);
  return Object.values(rows[0] ?? {})[0];
}

/** Gives the red team credits. */
export async function give(store: Store, credits: number, id = "grant-1"): Promise<void> {
  await store.transaction((transaction) => grant(transaction, "red", { id, credits, nowMs }));
}
