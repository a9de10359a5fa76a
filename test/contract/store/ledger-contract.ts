import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { checkLedger } from "../../../server/store/check-ledger.ts";
import { grant, hold, HoldEnded, post, voidHold } from "../../../server/store/ledger.ts";
import { balanceOf, openHolds, spentInRun } from "../../../server/store/read-ledger.ts";
import type { Store } from "../../../server/store/open-store.ts";
import { NotUnique } from "../../../server/store/store-error.ts";
import { nowMs, readAllRows, type OpenEmptyStore } from "./rows.ts";

const team = "red";
const grantTo = (store: Store, credits: number, id = "grant-1", to = team) =>
  store.transaction((transaction) =>
    grant(transaction, to, { id, credits, reason: "welcome", nowMs }),
  );
const holdFor = (store: Store, id: string, credits: number, call = 0) =>
  store.transaction((transaction) =>
    hold(transaction, team, { id, run: "run-1", node: "1:2", call, credits, nowMs }),
  );
const postOn = (store: Store, id: string, credits: number, overrun = 0) =>
  store.transaction((transaction) =>
    post(transaction, team, { hold: id, credits, overrun, nowMs }),
  );
const voidOn = (store: Store, id: string, houseLoss = 0) =>
  store.transaction((transaction) => voidHold(transaction, team, { hold: id, houseLoss, nowMs }));

async function houseOf(store: Store): Promise<Record<string, number>> {
  const rows = await store.database
    .selectFrom("account")
    .selectAll()
    .where("name", "like", "house:%")
    .execute();
  return Object.fromEntries(rows.map((row) => [row.name, row.credits]));
}

/** The ledger's verbs, and what the database refuses whatever the code does. */
export function ledgerContract(open: OpenEmptyStore): void {
  describe("the ledger", () => {
    it("gives once for one id, and refuses the id for other credits", async () => {
      const store = await open();
      await grantTo(store, 100);
      await grantTo(store, 100);
      expect(await balanceOf(store.database, team)).toEqual({ available: 100, held: 0, spent: 0 });
      await expect(grantTo(store, 50)).rejects.toThrow("already stands for another transfer");
      await expect(grantTo(store, 100, "grant-1", "blue")).rejects.toThrow(NotUnique);
    });

    it("pays a part of a hold and gives the rest back", async () => {
      const store = await open();
      await grantTo(store, 100);
      expect(await holdFor(store, "hold-1", 30)).toBe(true);
      expect(await balanceOf(store.database, team)).toEqual({ available: 70, held: 30, spent: 0 });
      await postOn(store, "hold-1", 20);
      expect(await balanceOf(store.database, team)).toEqual({ available: 80, held: 0, spent: 20 });
      expect(await spentInRun(store.database, team, "run-1")).toMatchObject({ credits: 20 });
      expect(await houseOf(store)).toEqual({ "house:granted": -100 });
    });

    it("F21: lets the house pay what a provider takes beyond the hold, or for nothing", async () => {
      const store = await open();
      await grantTo(store, 100);
      await holdFor(store, "hold-1", 10);
      await holdFor(store, "hold-2", 10, 1);
      await postOn(store, "hold-1", 10, 4);
      await voidOn(store, "hold-2", 10);
      expect(await balanceOf(store.database, team)).toEqual({ available: 90, held: 0, spent: 10 });
      expect(await houseOf(store)).toEqual({
        "house:granted": -100,
        "house:loss": 14,
        "house:providers": -14,
      });
      expect(await checkLedger(store.database)).toEqual([]);
    });

    it("refuses to hold more than there is, writes nothing then, and lets the exact rest through", async () => {
      const store = await open();
      await grantTo(store, 10);
      const before = await readAllRows(store.database);
      expect(await holdFor(store, "hold-1", 11)).toBe(false);
      expect(await readAllRows(store.database)).toEqual(before);
      expect(await holdFor(store, "hold-1", 10)).toBe(true);
      expect(await holdFor(store, "hold-2", 1, 1)).toBe(false);
    });

    it("F51: accepts exactly as many of a hundred holds at once as the balance covers", async () => {
      const store = await open();
      await grantTo(store, 50);
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, at) => holdFor(store, `hold-${at}`, 5, at)),
      );
      expect(answers.filter(Boolean)).toHaveLength(10);
      expect(await balanceOf(store.database, team)).toEqual({ available: 0, held: 50, spent: 0 });
    });

    it("ends a hold once: every second end is refused and changes nothing", async () => {
      const store = await open();
      await grantTo(store, 100);
      for (const [at, first] of [postOn, voidOn].entries()) {
        const id = `hold-${at}`;
        await holdFor(store, id, 10, at);
        await first(store, id, 3);
        const before = await readAllRows(store.database);
        await expect(postOn(store, id, 3)).rejects.toThrow(HoldEnded);
        await expect(voidOn(store, id)).rejects.toThrow(HoldEnded);
        expect(await readAllRows(store.database)).toEqual(before);
      }
    });

    it("F42: lets only one of many ends at once through", async () => {
      const store = await open();
      await grantTo(store, 100);
      await holdFor(store, "hold-1", 10);
      const ends = await Promise.allSettled(
        Array.from({ length: 20 }, (_, at) =>
          at % 2 === 0 ? postOn(store, "hold-1", 5) : voidOn(store, "hold-1"),
        ),
      );
      expect(ends.filter((end) => end.status === "fulfilled")).toHaveLength(1);
      expect(await checkLedger(store.database)).toEqual([]);
    });

    it("refuses a post above its hold, an end without a hold, and credits that are not whole", async () => {
      const store = await open();
      await grantTo(store, 100);
      await holdFor(store, "hold-1", 10);
      await expect(postOn(store, "hold-1", 11)).rejects.toThrow("larger than its hold");
      await expect(voidOn(store, "hold-9")).rejects.toThrow("There is no hold hold-9.");
      await expect(voidOn(store, "grant-1")).rejects.toThrow("There is no hold");
      for (const credits of [-1, 0.5, Number.NaN, 2 ** 53]) {
        await expect(postOn(store, "hold-1", 0, credits)).rejects.toThrow(
          "are whole and not below zero",
        );
        await expect(voidOn(store, "hold-1", credits)).rejects.toThrow(
          "are whole and not below zero",
        );
        await expect(holdFor(store, "hold-2", credits, 1)).rejects.toThrow(
          "are whole and not below zero",
        );
        await expect(grantTo(store, credits, "grant-2")).rejects.toThrow(
          "are whole and not below zero",
        );
      }
      expect(await balanceOf(store.database, team)).toEqual({ available: 90, held: 10, spent: 0 });
    });

    it("holds and pays nothing for a call that costs nothing, also without a balance", async () => {
      const store = await open();
      expect(await holdFor(store, "hold-1", 0)).toBe(true);
      await postOn(store, "hold-1", 0);
      await expect(postOn(store, "hold-1", 0)).rejects.toThrow(HoldEnded);
      const { transfer, entry } = await readAllRows(store.database);
      expect(transfer).toHaveLength(2);
      expect(entry).toEqual([]);
    });

    it("lists the holds of a node that are open, by call", async () => {
      const store = await open();
      await grantTo(store, 100);
      for (const call of [2, 0, 1]) await holdFor(store, `hold-${call}`, 10, call);
      await voidOn(store, "hold-1");
      expect(await openHolds(store.database, team, "run-1", "1:2")).toEqual([
        { id: "hold-0", call: 0, credits: 10, microDollars: 0 },
        { id: "hold-2", call: 2, credits: 10, microDollars: 0 },
      ]);
    });

    it.each([
      "UPDATE transfer SET credits = 1",
      "DELETE FROM transfer",
      "UPDATE entry SET credits = 1",
      "DELETE FROM entry",
      "UPDATE account SET credits = -1 WHERE name = 'available:red'",
      "UPDATE account SET credits = -1 WHERE name = 'held:red'",
      `INSERT INTO transfer (id, team, kind, hold, credits, created_at)
         VALUES ('other', 'red', 'void', 'hold-1', 0, 1)`,
      `INSERT INTO transfer (id, team, kind, credits, created_at)
         VALUES ('other', 'red', 'post', 0, 1)`,
      `INSERT INTO entry (transfer, account, credits) VALUES ('nothing', 'house:loss', 1)`,
    ])("is guarded by the database itself against %s", async (statement) => {
      const store = await open();
      await grantTo(store, 100);
      await holdFor(store, "hold-1", 10);
      await postOn(store, "hold-1", 10);
      const before = await readAllRows(store.database);
      await expect(sql.raw(statement).execute(store.database)).rejects.toThrow();
      expect(await readAllRows(store.database)).toEqual(before);
    });

    it.each([
      ["UPDATE account SET credits = credits + 1 WHERE name = 'spent:red'", "A balance is the sum"],
      ["INSERT INTO entry VALUES ('hold-1', 'house:loss', 1)", "A transfer takes from some"],
      ["INSERT INTO entry VALUES ('hold-1', 'held:blue', 1)", "the transfer's own team"],
      ["UPDATE account SET credits = 3 WHERE name = 'held:red'", "What is held is the sum"],
      ["UPDATE account SET credits = 3 WHERE name = 'house:granted'", "What was granted"],
      [
        "INSERT INTO transfer VALUES ('x', 'blue', 'post', 'hold-2', 'run-1', '1:2', 1, NULL, 1, 1, 0)",
        "An end belongs to a hold",
      ],
    ])("is checked: %s is found", async (statement, sentence) => {
      const store = await open();
      await grantTo(store, 100);
      await holdFor(store, "hold-1", 10);
      await holdFor(store, "hold-2", 10, 1);
      await postOn(store, "hold-1", 10);
      expect(await checkLedger(store.database)).toEqual([]);
      await sql.raw(statement).execute(store.database);
      expect((await checkLedger(store.database)).join("\n")).toContain(sentence);
    });
  });
}
