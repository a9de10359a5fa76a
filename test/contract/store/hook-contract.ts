import { describe, expect, it } from "vitest";
import { ensureTeam } from "../../../server/store/members.ts";
import { ensureHookSecret, findHookSecret, noteHook } from "../../../server/store/hooks.ts";
import type { Store } from "../../../server/store/open-store.ts";
import { nowMs, type OpenEmptyStore } from "./rows.ts";

const weekMs = 7 * 24 * 60 * 60_000;
const note = (store: Store, team: string, hash: string, atMs = nowMs) =>
  store.transaction((transaction) => noteHook(transaction, team, hash, atMs));

/** What is kept of webhooks. */
export function hookContract(open: OpenEmptyStore): void {
  describe("a team's secret of webhooks", () => {
    it("is made once, also by many at once, and is gone with its team", async () => {
      const store = await open();
      let made = 0;
      const ensure = () =>
        store.transaction((transaction) =>
          ensureHookSecret(transaction, "red", () => `secret-${(made += 1)}`),
        );
      await store.transaction((transaction) => ensureTeam(transaction, "red", () => "relay-1"));
      const secrets = await Promise.all(Array.from({ length: 8 }, ensure));
      expect(new Set(secrets).size).toBe(1);
      expect(await findHookSecret(store.database, "red")).toBe(secrets[0]);
      await store.database.deleteFrom("team").where("id", "=", "red").execute();
      expect(await findHookSecret(store.database, "red")).toBeNull();
    });
  });

  describe("F23: a webhook that was taken", () => {
    it("is known for a week, in its team alone", async () => {
      const store = await open();
      expect(await note(store, "red", "hook-1")).toBe(true);
      expect(await note(store, "red", "hook-1", nowMs + weekMs)).toBe(false);
      expect(await note(store, "blue", "hook-1")).toBe(true);
      expect(await note(store, "red", "hook-1", nowMs + weekMs + 1)).toBe(true);
    });

    it("is taken once of many times at once", async () => {
      const store = await open();
      const all = await Promise.all(Array.from({ length: 8 }, () => note(store, "red", "hook-1")));
      expect(all.filter(Boolean)).toHaveLength(1);
    });
  });
}
