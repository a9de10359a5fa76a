import { describe, expect, it } from "vitest";
import { attemptMoves, type AttemptState } from "../../../server/store/attempt-moves.ts";
import {
  moveAttempt,
  settleAttempts,
  type AttemptChanges,
} from "../../../server/store/attempts.ts";
import {
  attemptById,
  attemptByReference,
  attemptsOf,
  openAttempts,
} from "../../../server/store/find-attempts.ts";
import type { Store } from "../../../server/store/open-store.ts";
import { NotUnique } from "../../../server/store/store-error.ts";
import { keepAttempt, keepRun, nowMs, type OpenEmptyStore } from "./rows.ts";

const team = "red";
const states = Object.keys(attemptMoves) as AttemptState[];

/** One way to each state from the start; also the list of what a paid attempt may go through. */
const ways: Readonly<Record<AttemptState, readonly AttemptState[]>> = {
  reserved: [],
  submitting: ["submitting"],
  submitted: ["submitting", "submitted"],
  stored: ["submitting", "submitted", "stored"],
  settled: ["submitting", "stored", "settled"],
  failed: ["submitting", "failed"],
  cancelled: ["cancelled"],
  unknown: ["submitting", "submitted", "unknown"],
};

const move = (
  store: Store,
  id: string,
  from: AttemptState | readonly AttemptState[],
  to: AttemptState,
  changes: AttemptChanges = {},
) =>
  store.transaction((transaction) =>
    moveAttempt(transaction, team, id, { from, to, changes, nowMs: nowMs + 1 }),
  );

async function bringTo(store: Store, id: string, state: AttemptState): Promise<void> {
  let from: AttemptState = "reserved";
  for (const to of ways[state]) {
    expect((await move(store, id, from, to))?.state).toBe(to);
    from = to;
  }
}

/** The paid tries and the states that they go through. */
export function attemptContract(open: OpenEmptyStore): void {
  describe("an attempt", () => {
    it.each(states)("goes from %s nowhere but where it may", async (state) => {
      const store = await open();
      await keepRun(store, team, "run-1");
      await keepAttempt(store, team, "attempt-1", "run-1");
      await bringTo(store, "attempt-1", state);
      const mayGo: readonly string[] = attemptMoves[state];
      for (const to of states.filter((each) => !mayGo.includes(each))) {
        const sentence = `An attempt does not go from ${state} to ${to}.`;
        await expect(move(store, "attempt-1", state, to)).rejects.toThrow(sentence);
        await expect(move(store, "attempt-1", [state, "reserved"], to)).rejects.toThrow(
          "An attempt does not go",
        );
      }
      expect((await attemptById(store.database, team, "attempt-1"))?.state).toBe(state);
    });

    it("never leaves an end, and is paid only from stored", () => {
      for (const end of ["settled", "failed", "cancelled", "unknown"] as const) {
        expect(attemptMoves[end]).toEqual([]);
      }
      const beforeSettled = states.filter((state) => {
        const mayGo: readonly string[] = attemptMoves[state];
        return mayGo.includes("settled");
      });
      expect(beforeSettled).toEqual(["stored"]);
    });

    it("is settled with its node's others, once, and only from stored", async () => {
      const store = await open();
      await keepRun(store, team, "run-1");
      for (const [call, id] of ["attempt-1", "attempt-2", "attempt-3"].entries()) {
        await keepAttempt(store, team, id, "run-1", { call });
        await bringTo(store, id, id === "attempt-3" ? "submitted" : "stored");
      }
      const settle = (...ids: string[]) =>
        store.transaction(async (transaction) => {
          const isDone = await settleAttempts(transaction, team, ids, nowMs + 2);
          if (!isDone) throw new Error("not all of them");
        });
      await expect(settle("attempt-1", "attempt-3")).rejects.toThrow("not all of them");
      await settle("attempt-1", "attempt-2");
      await expect(settle("attempt-1", "attempt-2")).rejects.toThrow("not all of them");
      const states = await attemptsOf(store.database, team, "run-1", "1:2");
      expect(states.map(({ state }) => state)).toEqual(["settled", "settled", "submitted"]);
    });

    it("is moved by one of many at once", async () => {
      const store = await open();
      await keepRun(store, team, "run-1");
      await keepAttempt(store, team, "attempt-1", "run-1");
      const moved = await Promise.all(
        Array.from({ length: 20 }, () => move(store, "attempt-1", "reserved", "submitting")),
      );
      expect(moved.filter((attempt) => attempt !== null)).toHaveLength(1);
      expect(await move(store, "attempt-1", "submitted", "stored")).toBeNull();
      expect(await move(store, "nobody", "reserved", "submitting")).toBeNull();
    });

    it("keeps what a move writes down and leaves the rest", async () => {
      const store = await open();
      await keepRun(store, team, "run-1");
      const made = await keepAttempt(store, team, "attempt-1", "run-1");
      await move(store, "attempt-1", "reserved", "submitting");
      await move(store, "attempt-1", ["submitting"], "submitted", { handle: '{"job":1}' });
      const items = [{ kind: "text" as const, text: "A CAT" }];
      const found = { items, notes: ["smaller"], billedCredits: 4, billedMicroDollars: 33_600 };
      const stored = await move(store, "attempt-1", ["submitting", "submitted"], "stored", found);
      expect(stored).toEqual({
        ...made,
        state: "stored",
        handle: '{"job":1}',
        ...found,
        updatedAtMs: nowMs + 1,
      });
      expect(await attemptById(store.database, team, "attempt-1")).toEqual(stored);
      const failure = { code: "provider-refused", message: "No.", isRetryable: false } as const;
      await keepAttempt(store, team, "attempt-2", "run-1", { call: 1 });
      await move(store, "attempt-2", "reserved", "submitting");
      const told = { failure, billedMicroDollars: 7 };
      const failed = await move(store, "attempt-2", "submitting", "failed", told);
      expect(failed).toMatchObject(told);
    });

    it("is there once for each try of a call, and its reference once at all", async () => {
      const store = await open();
      await keepRun(store, team, "run-1");
      await keepAttempt(store, team, "attempt-1", "run-1");
      const again = keepAttempt(store, team, "attempt-2", "run-1");
      await expect(again).rejects.toThrow(NotUnique);
      const same = { call: 1, reference: "reference-attempt-1" };
      await expect(keepAttempt(store, team, "attempt-3", "run-1", same)).rejects.toThrow(NotUnique);
      await keepAttempt(store, team, "attempt-4", "run-1", { tryNumber: 2 });
      await keepAttempt(store, team, "attempt-5", "run-1", { call: 1 });
      const found = await attemptsOf(store.database, team, "run-1", "1:2");
      expect(found.map(({ call, tryNumber }) => [call, tryNumber])).toEqual([
        [0, 1],
        [0, 2],
        [1, 1],
      ]);
    });

    it("is open until it has come to an end, whichever team's it is", async () => {
      const store = await open();
      await keepRun(store, team, "run-1");
      await keepRun(store, "blue", "run-2");
      for (const [call, state] of states.entries()) {
        await keepAttempt(store, team, state, "run-1", { call, nowMs: nowMs + call });
        await bringTo(store, state, state);
      }
      await keepAttempt(store, "blue", "other", "run-2", { nowMs: nowMs + 100 });
      const openOnes = await openAttempts(store.database);
      const ids = ["reserved", "submitting", "submitted", "stored", "other"];
      expect(openOnes.map((attempt) => attempt.id)).toEqual(ids);
    });

    it("is found by what its provider was told, whichever team's it is", async () => {
      const store = await open();
      await keepRun(store, "blue", "run-2");
      await keepAttempt(store, "blue", "other", "run-2");
      const { reference, provider } = (await attemptById(store.database, "blue", "other"))!;
      const found = await attemptByReference(store.database, provider, reference);
      expect(found).toMatchObject({ id: "other", team: "blue" });
      expect(await attemptByReference(store.database, "another", reference)).toBeNull();
      expect(await attemptByReference(store.database, provider, "nothing")).toBeNull();
    });

    it("belongs to a run that is there", async () => {
      const store = await open();
      await expect(keepAttempt(store, team, "attempt-1", "nothing")).rejects.toThrow();
    });
  });
}
