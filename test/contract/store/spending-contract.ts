import { describe, expect, it } from "vitest";
import type { Capped, CapUnit } from "#domain/cap";
import { capsOn, listCaps, lockCapsOn, setCap, type Spender } from "../../../server/store/caps.ts";
import { checkLedger } from "../../../server/store/check-ledger.ts";
import { grant } from "../../../server/store/ledger.ts";
import { balanceOf, spentInRun } from "../../../server/store/read-ledger.ts";
import type { Store } from "../../../server/store/open-store.ts";
import { confirmAbove, setConfirmAbove } from "../../../server/store/spending-settings.ts";
import { keepRun, nowMs, type OpenEmptyStore } from "./rows.ts";
import { giveBack, holdFor, month, payOn, team } from "./spend.ts";

const spender = { member: "ana", file: "file-1" };
const teamWide: Capped = { kind: "team", name: "", unit: "credits" };
const ofAna: Capped = { kind: "member", name: "ana", unit: "credits" };
const ofFile: Capped = { kind: "file", name: "file-1", unit: "credits" };

const capAt = (store: Store, capped: Capped, credits: number | null, of = team) =>
  store.transaction((transaction) => setCap(transaction, of, capped, credits));
const usedOf = async (
  store: Store,
  who: Spender = spender,
  atMs = nowMs,
  inUnit: CapUnit = "credits",
) => {
  const caps = await capsOn(store.database, team, who, atMs);
  return Object.fromEntries(
    caps.flatMap(({ kind, unit, used }) => (unit === inUnit ? [[kind, used]] : [])),
  );
};

async function openWithCaps(open: OpenEmptyStore): Promise<Store> {
  const store = await open();
  await store.transaction((transaction) =>
    grant(transaction, team, { id: "grant-1", credits: 10_000, nowMs }),
  );
  for (const capped of [teamWide, ofAna, ofFile]) await capAt(store, capped, 500);
  await keepRun(store, team, "run-1");
  await keepRun(store, team, "run-2", { member: "ben" });
  await keepRun(store, team, "run-3", { file: "file-2" });
  return store;
}

/** Caps by month, and the price that is confirmed twice. */
export function spendingContract(open: OpenEmptyStore): void {
  describe("a cap by month", () => {
    it("counts what is held and what was paid this month, each where it belongs", async () => {
      const store = await openWithCaps(open);
      await holdFor(store, "run-1", "hold-1", 10);
      await holdFor(store, "run-1", "hold-2", 20, 1);
      await holdFor(store, "run-2", "hold-3", 100);
      await holdFor(store, "run-3", "hold-4", 1_000);
      expect(await usedOf(store)).toEqual({ file: 130, member: 1_030, team: 1_130 });
      await payOn(store, "hold-1", 7);
      await giveBack(store, "hold-3");
      expect(await usedOf(store)).toEqual({ file: 27, member: 1_027, team: 1_027 });
      expect(await usedOf(store, { member: "ben", file: "file-2" })).toEqual({ team: 1_027 });
    });

    it("in dollars counts what open calls are expected to cost and what was taken, credits apart", async () => {
      const store = await openWithCaps(open);
      for (const capped of [teamWide, ofAna, ofFile]) {
        await capAt(store, { ...capped, unit: "microDollars" }, 500);
      }
      await holdFor(store, "run-1", "hold-1", 10, 0, 40_000);
      await holdFor(store, "run-1", "hold-2", 0, 1, 33_600);
      await holdFor(store, "run-2", "hold-3", 0, 0, 1);
      await holdFor(store, "run-3", "hold-4", 7, 0, 1_000_000);
      const used = (atMs = nowMs) => usedOf(store, spender, atMs, "microDollars");
      expect(await used()).toEqual({ file: 73_601, member: 1_073_600, team: 1_073_601 });
      expect(await usedOf(store)).toEqual({ file: 10, member: 17, team: 17 });
      await payOn(store, "hold-1", 10, nowMs, 0, 50_000);
      await giveBack(store, "hold-2");
      await giveBack(store, "hold-4", nowMs, 0, 9);
      expect(await used()).toEqual({ file: 50_001, member: 50_009, team: 50_010 });
      expect(await used(month.untilMs)).toEqual({ file: 1, member: 0, team: 1 });
      expect(await balanceOf(store.database, team)).toMatchObject({ held: 0, spent: 10 });
      expect(await spentInRun(store.database, team, "run-1")).toEqual({
        credits: 10,
        microDollars: 50_000,
      });
      expect(await checkLedger(store.database)).toEqual([]);
    });

    it("begins anew with the month: what is held goes with it, what was paid does not", async () => {
      const store = await openWithCaps(open);
      for (const call of [0, 1, 2]) await holdFor(store, "run-1", `hold-${call}`, 10, call);
      await payOn(store, "hold-0", 10, month.fromMs - 1);
      await payOn(store, "hold-1", 10, month.untilMs - 1);
      expect(await usedOf(store)).toEqual({ file: 20, member: 20, team: 20 });
      const next = await usedOf(store, spender, month.untilMs);
      expect(next).toEqual({ file: 10, member: 10, team: 10 });
    });

    it("is set, raised, listed and ended, and is the team's own", async () => {
      const store = await openWithCaps(open);
      await capAt(store, ofAna, 40);
      await capAt(store, ofFile, null);
      await capAt(store, { kind: "file", name: "ana", unit: "credits" }, 3);
      await capAt(store, { ...teamWide, unit: "microDollars" }, 7);
      await capAt(store, ofAna, 9, "blue");
      expect(await listCaps(store.database, team, nowMs)).toEqual([
        { ...teamWide, most: 500, used: 0 },
        { ...teamWide, unit: "microDollars", most: 7, used: 0 },
        { ...ofAna, most: 40, used: 0 },
        { kind: "file", name: "ana", unit: "credits", most: 3, used: 0 },
      ]);
      const locked = await store.transaction((tx) => lockCapsOn(tx, team, spender, nowMs));
      expect(locked).toEqual(await capsOn(store.database, team, spender, nowMs));
      expect(locked.map(({ most }) => most)).toEqual([40, 500, 7]);
      const dollars = await store.transaction((tx) =>
        lockCapsOn(tx, team, spender, nowMs, ["microDollars"]),
      );
      expect(dollars.map(({ most }) => most)).toEqual([7]);
      await capAt(store, { ...teamWide, unit: "microDollars" }, null);
      expect((await capsOn(store.database, team, spender, nowMs)).length).toBe(2);
    });
  });

  describe("the price that is confirmed twice", () => {
    it("is above 500 credits or five dollars until the team chooses another", async () => {
      const store = await open();
      const usual = { credits: 500, microDollars: 5_000_000 };
      expect(await confirmAbove(store.database, team)).toEqual(usual);
      const choose = (most: number, unit: CapUnit) =>
        store.transaction((transaction) => setConfirmAbove(transaction, team, most, unit));
      await choose(70, "microDollars");
      expect(await confirmAbove(store.database, team)).toEqual({ ...usual, microDollars: 70 });
      for (const credits of [40, 0]) {
        await choose(credits, "credits");
        expect(await confirmAbove(store.database, team)).toEqual({ credits, microDollars: 70 });
      }
      expect(await confirmAbove(store.database, "blue")).toEqual(usual);
    });
  });
}
