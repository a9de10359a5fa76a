import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { monthOf } from "#domain/month";
import { checkLedger } from "../../../server/store/check-ledger.ts";
import { grant } from "../../../server/store/ledger.ts";
import { balanceOf } from "../../../server/store/read-ledger.ts";
import type { Store } from "../../../server/store/open-store.ts";
import { endRun } from "../../../server/store/runs.ts";
import { usageByDay, usageOf, type FullUsageRow } from "../../../server/store/usage.ts";
import { keepAttempt, keepRun, nowMs, type OpenEmptyStore } from "./rows.ts";
import { giveBack, holdFor, month, payOn, team } from "./spend.ts";

/** What was spent on what. */
export function usageContract(open: OpenEmptyStore): void {
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
          expect(await checkLedger(store.database)).toEqual([]);
          const own = await usageOf(store.database, team, {
            ...query,
            fromMs: firstMs,
            member: "ana",
          });
          expect(own).toEqual(rows.filter(({ member }) => member === "ana"));
          expect(await usageOf(store.database, "blue", { ...query, fromMs: firstMs })).toEqual([]);
          await expectDays(store, rows);
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
  expected: fc.integer({ min: 0, max: 90_000 }),
  taken: fc.integer({ min: 0, max: 90_000 }),
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
      {
        runs: row.runs,
        figures: [row.calls, row.credits, row.microDollars, row.refunded, row.houseLoss],
      },
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
      await holdFor(store, run, id, each.credits, number, each.expected);
      if (each.end === "open") continue;
      if (each.end === "post") await payOn(store, id, paid, each.atMs, each.loss, each.taken);
      else await giveBack(store, id, each.atMs, each.loss, each.taken);
      const key = keyOf({ month: monthOf(each.atMs).name, member, file, model: each.model });
      const before = counted.get(key) ?? { runs: new Set<string>(), figures: [0, 0, 0, 0, 0] };
      const calls = each.end === "post" ? 1 : 0;
      const adds = [calls, paid, each.taken, each.credits - paid, each.loss];
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

/** Day by day it is the same: for each month and member what the rows say together. */
async function expectDays(store: Store, rows: readonly FullUsageRow[]): Promise<void> {
  const query = { fromMs: firstMs, untilMs: month.untilMs };
  const days = await usageByDay(store.database, team, { ...query, member: null });
  expect(sumsOf(days.map((row) => ({ ...row, month: row.day.slice(0, 7) })))).toEqual(sumsOf(rows));
  expect(new Set(days.map(({ day, member }) => `${day} ${member}`)).size).toBe(days.length);
  expect(days.map(({ day }) => day)).toEqual(days.map(({ day }) => day).sort());
  const first = days[0];
  if (!first) return;
  const fromMs = Date.parse(first.day);
  const ofDay = { fromMs, untilMs: fromMs + 24 * 3_600_000, member: first.member };
  expect(await usageByDay(store.database, team, ofDay)).toEqual([first]);
}

function sumsOf(
  rows: readonly Pick<FullUsageRow, "month" | "member" | "calls" | "credits" | "microDollars">[],
): ReadonlyMap<string, readonly number[]> {
  const sums = new Map<string, readonly number[]>();
  for (const { month: of, member, calls, credits, microDollars } of rows) {
    const key = `${of} ${member}`;
    const before = sums.get(key) ?? [0, 0, 0];
    const adds = [calls, credits, microDollars];
    sums.set(
      key,
      before.map((sum, at) => sum + (adds[at] ?? 0)),
    );
  }
  return sums;
}

async function lossOf(store: Store): Promise<number> {
  const row = await store.database
    .selectFrom("account")
    .select("credits")
    .where("name", "=", "house:loss")
    .executeTakeFirst();
  return row?.credits ?? 0;
}
