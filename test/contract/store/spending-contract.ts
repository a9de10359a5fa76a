import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Capped } from "#domain/cap";
import { monthOf } from "#domain/month";
import { capsOn, listCaps, lockCapsOn, setCap } from "../../../server/store/caps.ts";
import { balanceOf, grant, hold, post, voidHold } from "../../../server/store/ledger.ts";
import type { Store } from "../../../server/store/open-store.ts";
import { endRun } from "../../../server/store/runs.ts";
import { confirmAbove, setConfirmAbove } from "../../../server/store/spending-settings.ts";
import { usageOf, type FullUsageRow } from "../../../server/store/usage.ts";
import { keepAttempt, keepRun, nowMs, type OpenEmptyStore } from "./rows.ts";

const team = "red";
const spender = { member: "ana", file: "file-1" };
const month = monthOf(nowMs);
const teamWide: Capped = { kind: "team", name: "" };
const ofAna: Capped = { kind: "member", name: "ana" };
const ofFile: Capped = { kind: "file", name: "file-1" };

const capAt = (store: Store, capped: Capped, credits: number | null, of = team) =>
  store.transaction((transaction) => setCap(transaction, of, capped, credits));
const holdFor = (store: Store, run: string, id: string, credits: number, call = 0) =>
  store.transaction((transaction) =>
    hold(transaction, team, { id, run, node: "1:2", call, credits, nowMs }),
  );
const payOn = (store: Store, id: string, credits: number, atMs = nowMs, overrun = 0) =>
  store.transaction((transaction) =>
    post(transaction, team, { hold: id, credits, overrun, nowMs: atMs }),
  );
const giveBack = (store: Store, id: string, atMs = nowMs, houseLoss = 0) =>
  store.transaction((transaction) =>
    voidHold(transaction, team, { hold: id, houseLoss, nowMs: atMs }),
  );
const usedOf = async (store: Store, who = spender, atMs = nowMs) => {
  const caps = await capsOn(store.database, team, who, atMs);
  return Object.fromEntries(caps.map(({ kind, used }) => [kind, used]));
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

/** Caps by month, the price that is confirmed twice, and what was spent on what. */
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
      await capAt(store, { kind: "file", name: "ana" }, 3);
      await capAt(store, ofAna, 9, "blue");
      expect(await listCaps(store.database, team, nowMs)).toEqual([
        { ...teamWide, credits: 500, used: 0 },
        { ...ofAna, credits: 40, used: 0 },
        { kind: "file", name: "ana", credits: 3, used: 0 },
      ]);
      const locked = await store.transaction((tx) => lockCapsOn(tx, team, spender, nowMs));
      expect(locked).toEqual(await capsOn(store.database, team, spender, nowMs));
      expect(locked.map(({ credits }) => credits)).toEqual([40, 500]);
    });
  });

  describe("the price that is confirmed twice", () => {
    it("is above 500 credits until the team chooses another", async () => {
      const store = await open();
      expect(await confirmAbove(store.database, team)).toBe(500);
      for (const credits of [40, 0]) {
        await store.transaction((transaction) => setConfirmAbove(transaction, team, credits));
        expect(await confirmAbove(store.database, team)).toBe(credits);
      }
      expect(await confirmAbove(store.database, "blue")).toBe(500);
    });
  });

  describe("the usage of any program", () => {
    it("adds up to the ledger, row by row", { timeout: 60_000 }, async () => {
      let isEverBoth = false;
      await fc.assert(
        fc.asyncProperty(program, async (runs) => {
          const store = await open();
          const expected = await perform(store, runs);
          const query = { fromMs: 0, untilMs: month.untilMs, member: null };
          const rows = await usageOf(store.database, team, { ...query, fromMs: firstMs });
          expect(asMap(rows)).toEqual(expected);
          const sum = (count: (row: FullUsageRow) => number) =>
            rows.reduce((total, row) => total + count(row), 0);
          expect(sum(({ credits }) => credits)).toBe((await balanceOf(store.database, team)).spent);
          expect(sum(({ houseLoss }) => houseLoss)).toBe(await lossOf(store));
          const own = await usageOf(store.database, team, {
            ...query,
            fromMs: firstMs,
            member: "ana",
          });
          expect(own).toEqual(rows.filter(({ member }) => member === "ana"));
          expect(await usageOf(store.database, "blue", { ...query, fromMs: firstMs })).toEqual([]);
          isEverBoth ||= new Set(rows.map((row) => row.month)).size > 1;
          await store.close();
        }),
        { numRuns: 25, seed: 4 },
      );
      expect(isEverBoth).toBe(true);
    });
  });
}

const firstMs = Date.UTC(2023, 8, 30);
const call = fc.record({
  model: fc.constantFrom("fake:text", "fake:image", null),
  credits: fc.integer({ min: 0, max: 20 }),
  paid: fc.integer({ min: 0, max: 20 }),
  loss: fc.integer({ min: 0, max: 5 }),
  end: fc.constantFrom("post", "post", "void", "open"),
  atMs: fc.integer({ min: firstMs, max: month.untilMs - 1 }),
});
const program = fc.array(
  fc.record({
    member: fc.constantFrom("ana", "ben"),
    file: fc.constantFrom("file-1", "file-2"),
    calls: fc.array(call, { minLength: 1, maxLength: 5 }),
  }),
  { minLength: 1, maxLength: 6 },
);
type Program = typeof program extends fc.Arbitrary<infer Value> ? Value : never;

interface Counted {
  readonly runs: ReadonlySet<string>;
  readonly figures: readonly number[];
}

const keyOf = (row: { month: string; member: string; file: string; model: string | null }) =>
  JSON.stringify([row.month, row.member, row.file, row.model]);

function asMap(rows: readonly FullUsageRow[]): ReadonlyMap<string, unknown> {
  return new Map(
    rows.map((row) => [
      keyOf(row),
      { runs: row.runs, figures: [row.calls, row.credits, row.refunded, row.houseLoss] },
    ]),
  );
}

/** Does what a program says, and counts by hand what its usage must be. */
async function perform(store: Store, runs: Program): Promise<ReadonlyMap<string, unknown>> {
  const counted = new Map<string, Counted>();
  await store.transaction((transaction) =>
    grant(transaction, team, { id: "grant-1", credits: 10_000, nowMs }),
  );
  for (const [at, { member, file, calls }] of runs.entries()) {
    const run = `run-${at}`;
    await keepRun(store, team, run, { member, file });
    for (const [number, each] of calls.entries()) {
      const id = `hold-${at}-${number}`;
      const paid = each.end === "post" ? Math.min(each.paid, each.credits) : 0;
      if (each.model !== null) {
        const changes = { call: number, model: each.model };
        await keepAttempt(store, team, `attempt-${at}-${number}`, run, changes);
        await keepAttempt(store, team, `again-${at}-${number}`, run, { ...changes, tryNumber: 2 });
      }
      await holdFor(store, run, id, each.credits, number);
      if (each.end === "open") continue;
      if (each.end === "post") await payOn(store, id, paid, each.atMs, each.loss);
      else await giveBack(store, id, each.atMs, each.loss);
      const key = keyOf({ month: monthOf(each.atMs).name, member, file, model: each.model });
      const before = counted.get(key) ?? { runs: new Set<string>(), figures: [0, 0, 0, 0] };
      const adds = [each.end === "post" ? 1 : 0, paid, each.credits - paid, each.loss];
      counted.set(key, {
        runs: new Set([...before.runs, run]),
        figures: before.figures.map((figure, place) => figure + (adds[place] ?? 0)),
      });
    }
    const hasOpen = calls.some(({ end }) => end === "open");
    const ended = { state: "done", credits: 0, nowMs } as const;
    if (!hasOpen) await store.transaction((tx) => endRun(tx, team, run, ended));
  }
  return new Map(
    [...counted].map(([key, { runs: of, figures }]) => [key, { runs: of.size, figures }]),
  );
}

async function lossOf(store: Store): Promise<number> {
  const row = await store.database
    .selectFrom("account")
    .select("credits")
    .where("name", "=", "house:loss")
    .executeTakeFirst();
  return row?.credits ?? 0;
}
