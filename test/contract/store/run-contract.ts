import { describe, expect, it } from "vitest";
import type { RunEvent } from "#domain/run-event";
import { saveFence } from "../../../server/store/file-fences.ts";
import type { Store } from "../../../server/store/open-store.ts";
import { appendEvent, eventsAfter } from "../../../server/store/run-events.ts";
import {
  createRun,
  endRun,
  findOpenRun,
  findRunByKey,
  getRun,
  isCancelRequested,
  requestCancel,
} from "../../../server/store/runs.ts";
import { hostedRuns } from "../../../server/store/hosted-runs.ts";
import { listRuns, listTeamRuns } from "../../../server/store/run-listings.ts";
import { NotUnique } from "../../../server/store/store-error.ts";
import {
  graph,
  keepRun,
  newFence,
  newRunRow,
  nowMs,
  plan,
  progress,
  type OpenEmptyStore,
} from "./rows.ts";

const team = "red";
const append = (store: Store, run: string, event: RunEvent = progress(0.5)) =>
  store.transaction((transaction) => appendEvent(transaction, team, run, event, nowMs));
const end = (store: Store, id: string, state: "done" | "failed" | "cancelled" = "done") =>
  store.transaction((transaction) =>
    endRun(transaction, team, id, { state, credits: 3, microDollars: 40_000, nowMs: nowMs + 9 }),
  );
const cancel = (store: Store, id: string) =>
  store.transaction((transaction) => requestCancel(transaction, team, id));
const numbersOf = async (store: Store, run: string, after = 0, limit = 1_000) =>
  (await eventsAfter(store.database, team, run, after, limit)).map(({ number }) => number);

/** Runs, how their nodes stand, and the events that they tell. */
export function runContract(open: OpenEmptyStore): void {
  describe("a run", () => {
    it("is read as it was kept", async () => {
      const store = await open();
      await keepRun(store, team, "run-1", { isAgain: true, session: "panel-1" });
      expect(await getRun(store.database, team, "run-1")).toEqual({
        id: "run-1",
        team,
        member: "ana",
        file: "file-1",
        graph,
        target: { mode: "all" },
        isAgain: true,
        session: "panel-1",
        plan,
        state: "running",
        isCancelRequested: false,
        isHosted: true,
        credits: 0,
        microDollars: 0,
        lastEvent: 0,
        startedAtMs: nowMs,
        endedAtMs: null,
      });
      expect(await getRun(store.database, team, "run-2")).toBeNull();
    });

    it("has a key that is its own within its team only", async () => {
      const store = await open();
      await keepRun(store, team, "run-1", { key: "key-1" });
      await expect(keepRun(store, team, "run-2", { key: "key-1" })).rejects.toThrow(NotUnique);
      await keepRun(store, "blue", "run-3", { key: "key-1" });
      const found = { id: "run-1", keyHash: "request-1" };
      expect(await findRunByKey(store.database, team, "key-1")).toEqual(found);
      expect(await findRunByKey(store.database, team, "key-2")).toBeNull();
      expect((await findRunByKey(store.database, "blue", "key-1"))?.id).toBe("run-3");
    });

    it("F40: is started once by many starts with one key at once", async () => {
      const store = await open();
      const starts = Array.from({ length: 30 }, (_, at) =>
        store.transaction(async (transaction) => {
          const known = await findRunByKey(transaction, team, "key-1");
          if (known) return known.id;
          await createRun(transaction, team, newRunRow(`run-${at}`, { key: "key-1" }));
          return `run-${at}`;
        }),
      );
      expect(new Set(await Promise.all(starts)).size).toBe(1);
    });

    it("ends once, and is open until then", async () => {
      const store = await open();
      await keepRun(store, team, "run-2", { nowMs: nowMs + 1 });
      await keepRun(store, "blue", "run-1");
      expect(await hostedRuns(store.database)).toEqual([
        { team: "blue", run: "run-1" },
        { team, run: "run-2" },
      ]);
      expect(await end(store, "run-2", "failed")).toBe(true);
      expect(await end(store, "run-2", "done")).toBe(false);
      expect(await end(store, "run-9")).toBe(false);
      const ended = { state: "failed", credits: 3, microDollars: 40_000, endedAtMs: nowMs + 9 };
      expect(await getRun(store.database, team, "run-2")).toMatchObject(ended);
      expect(await hostedRuns(store.database)).toEqual([{ team: "blue", run: "run-1" }]);
    });

    it("takes the wish to stop once and while it runs", async () => {
      const store = await open();
      await keepRun(store, team, "run-1");
      await keepRun(store, team, "run-2");
      expect(await isCancelRequested(store.database, team, "run-1")).toBe(false);
      expect(await cancel(store, "run-1")).toBe(true);
      expect(await cancel(store, "run-1")).toBe(false);
      expect(await isCancelRequested(store.database, team, "run-1")).toBe(true);
      await end(store, "run-2");
      expect(await cancel(store, "run-2")).toBe(false);
      expect(await cancel(store, "run-9")).toBe(false);
    });

    it("is found again by what was asked while it runs and nobody stopped it", async () => {
      const store = await open();
      const ask = (keyHash: string) => findOpenRun(store.database, team, keyHash);
      await keepRun(store, team, "run-1", { keyHash: "cat" });
      await keepRun(store, team, "run-2", { keyHash: "dog" });
      expect([await ask("cat"), await ask("dog"), await ask("cow")]).toEqual([
        "run-1",
        "run-2",
        null,
      ]);
      await cancel(store, "run-1");
      await end(store, "run-2");
      expect([await ask("cat"), await ask("dog")]).toEqual([null, null]);
    });

    it("is listed with its file, newest first", async () => {
      const store = await open();
      for (const [at, id] of ["run-a", "run-b", "run-c"].entries()) {
        await keepRun(store, team, id, { nowMs: nowMs + at });
      }
      await keepRun(store, team, "run-d", { file: "file-2" });
      const list = await listRuns(store.database, team, "file-1", 2);
      expect(list.map((run) => run.id)).toEqual(["run-c", "run-b"]);
      expect(list[0]).toMatchObject({ member: "ana", plan, state: "running", lastEvent: 0 });
    });

    it("is listed among all of the team's, newest first, with its file's name", async () => {
      const store = await open();
      for (const [at, file] of ["file-1", "file-2", "file-1"].entries()) {
        await keepRun(store, team, `run-${at}`, { file, nowMs: nowMs + (at % 2) });
      }
      await keepRun(store, "blue", "run-9", { nowMs: nowMs + 9 });
      await store.transaction((transaction) => saveFence(transaction, team, "file-1", newFence(1)));
      const list = await listTeamRuns(store.database, team, 2);
      expect(list.map(({ id, fileName }) => [id, fileName])).toEqual([
        ["run-1", null],
        ["run-2", "Spring"],
      ]);
      expect(list[0]).toMatchObject({ member: "ana", plan, state: "running", lastEvent: 0 });
      expect(await listTeamRuns(store.database, "blue")).toMatchObject([{ id: "run-9" }]);
    });
  });

  describe("a run's events", () => {
    it("are numbered from 1 without a gap, whatever happens at once and however much is broken off", async () => {
      const store = await open();
      const runs = ["run-1", "run-2"];
      for (const run of runs) await keepRun(store, team, run);
      const work = Array.from({ length: 120 }, (_, at) =>
        store.transaction(async (transaction) => {
          const run = runs[at % 2]!;
          await appendEvent(transaction, team, run, progress(at / 120), nowMs);
          if (at % 5 === 0) await appendEvent(transaction, team, run, progress(0), nowMs);
          if (at % 7 === 0) throw new Error("broken off");
        }),
      );
      await Promise.allSettled(work);
      for (const run of runs) {
        const numbers = await numbersOf(store, run);
        expect(numbers.length).toBeGreaterThan(50);
        expect(numbers).toEqual(numbers.map((_, at) => at + 1));
        expect((await getRun(store.database, team, run))?.lastEvent).toBe(numbers.length);
      }
    });

    it("are read from any number on, by pages", async () => {
      const store = await open();
      await keepRun(store, team, "run-1");
      for (let at = 1; at <= 5; at += 1) expect(await append(store, "run-1")).toBe(at);
      expect(await numbersOf(store, "run-1", 2, 2)).toEqual([3, 4]);
      expect(await numbersOf(store, "run-1", 5)).toEqual([]);
      expect(await eventsAfter(store.database, team, "run-1", 4, 9)).toEqual([
        { number: 5, atMs: nowMs, event: progress(0.5) },
      ]);
    });

    it("end once", async () => {
      const store = await open();
      await keepRun(store, team, "run-1");
      const last: RunEvent = { type: "run-end", state: "done", credits: 3, microDollars: 0 };
      await append(store, "run-1", last);
      await expect(append(store, "run-1", last)).rejects.toThrow(NotUnique);
      expect(await numbersOf(store, "run-1")).toEqual([1]);
    });

    it("are refused for a run that is not there, and when they could not be read back", async () => {
      const store = await open();
      await keepRun(store, team, "run-1");
      await expect(append(store, "run-9")).rejects.toThrow("There is no run run-9.");
      await expect(append(store, "run-1", progress(2))).rejects.toThrow();
      await expect(
        append(store, "run-1", { type: "node-progress", node: "1\u0000", done: null }),
      ).rejects.toThrow();
      expect(await append(store, "run-1")).toBe(1);
    });
  });
}
