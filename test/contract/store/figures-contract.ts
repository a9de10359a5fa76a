import { describe, expect, it } from "vitest";
import { insertAttempt, moveAttempt } from "../../../server/store/attempts.ts";
import { readFigures } from "../../../server/store/figures.ts";
import { grant, hold, post, voidHold } from "../../../server/store/ledger.ts";
import { ensureTeam } from "../../../server/store/members.ts";
import { createRun, endRun } from "../../../server/store/runs.ts";
import { newAttempt, newRunRow, nowMs, type OpenEmptyStore } from "./rows.ts";

const team = "red";

/** What those who watch over a relay are told of its store. */
export function figuresContract(open: OpenEmptyStore): void {
  describe("the figures of a store", () => {
    it("are nothing where nothing has happened", async () => {
      const store = await open();
      expect(await readFigures(store.database, nowMs)).toEqual({
        runs: {},
        attempts: {},
        openHolds: 0,
        heldCredits: 0,
        heldMicroDollars: 0,
        houseLossCredits: 0,
        refunds: {},
        oldestOpenRunMs: null,
      });
    });

    it("are counted from runs, attempts and the ledger", async () => {
      const store = await open();
      await store.transaction(async (transaction) => {
        await ensureTeam(transaction, team, () => "relay-1");
        await grant(transaction, team, { id: "grant-1", credits: 100, nowMs });
        for (const run of ["run-1", "run-2"]) await createRun(transaction, team, newRunRow(run));
        const holdOf = (id: string, call: number) =>
          hold(transaction, team, {
            ...{ id, run: "run-1", node: "1:2", call, credits: 7, microDollars: 40_000, nowMs },
          });
        for (const call of [0, 1, 2, 3]) await holdOf(`hold-${call}`, call);
        const attempt = (id: string, call: number, tryNumber: number) =>
          insertAttempt(transaction, team, {
            ...newAttempt(id, "run-1", { call, tryNumber }),
            state: "submitting",
          });
        const move = (id: string, to: "failed" | "unknown" | "submitted") =>
          moveAttempt(transaction, team, id, { from: "submitting", to, changes: {}, nowMs });
        await attempt("attempt-1", 0, 1);
        await move("attempt-1", "failed");
        await attempt("attempt-2", 0, 2);
        await move("attempt-2", "unknown");
        await attempt("attempt-3", 1, 1);
        await move("attempt-3", "submitted");
        await voidHold(transaction, team, { hold: "hold-0", houseLoss: 7, nowMs });
        await voidHold(transaction, team, { hold: "hold-2", houseLoss: 0, nowMs });
        await post(transaction, team, { hold: "hold-1", credits: 5, overrun: 2, nowMs });
        await endRun(transaction, team, "run-2", { state: "done", credits: 0, nowMs });
      });
      expect(await readFigures(store.database, nowMs)).toEqual({
        runs: { running: 1, done: 1 },
        attempts: { failed: 1, unknown: 1, submitted: 1 },
        openHolds: 1,
        heldCredits: 7,
        heldMicroDollars: 40_000,
        houseLossCredits: 9,
        refunds: { unknown: 1, "not-called": 1 },
        oldestOpenRunMs: nowMs,
      });
      expect((await readFigures(store.database, nowMs + 1)).refunds).toEqual({});
    });
  });
}
