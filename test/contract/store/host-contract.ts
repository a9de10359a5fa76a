import { describe, expect, it } from "vitest";
import {
  hostedRuns,
  hostRun,
  hostWaiting,
  mostHosted,
  openWork,
  waitingMembers,
} from "../../../server/store/hosted-runs.ts";
import { createRun, endRun, getRun } from "../../../server/store/runs.ts";
import type { Store } from "../../../server/store/open-store.ts";
import { newRunRow, nowMs, plan, type OpenEmptyStore } from "./rows.ts";

const team = "red";
const idOf = (member: string, at: number) => `run-${member}-${at}`;

/** Starts runs of a member, one after the other. */
async function startRuns(store: Store, member: string, count: number): Promise<void> {
  await store.transaction(async (transaction) => {
    for (let at = 0; at < count; at += 1) {
      const { hasRoomToHost: isHosted } = await openWork(transaction, team, member);
      const row = newRunRow(idOf(member, at), { member, isHosted, nowMs: nowMs + at });
      await createRun(transaction, team, row);
    }
  });
}

const end = (store: Store, id: string) =>
  store.transaction((transaction) =>
    endRun(transaction, team, id, { state: "done", credits: 0, nowMs }),
  );

/** Which runs are worked on, and what a team has open, alike in every database. */
export function hostContract(open: OpenEmptyStore): void {
  describe("open runs", () => {
    it("F60: of a member are worked on so many at a time; the rest waits and keeps nobody else waiting", async () => {
      const store = await open();
      await startRuns(store, "ana", mostHosted + 3);
      await startRuns(store, "bo", 1);
      const hosted = await hostedRuns(store.database);
      expect(hosted).toHaveLength(mostHosted + 1);
      expect(hosted).toContainEqual({ team, run: idOf("bo", 0) });
      expect(await waitingMembers(store.database)).toEqual([{ team, member: "ana" }]);
      const room = (member: string) =>
        store.transaction((transaction) => openWork(transaction, team, member));
      expect(await room("ana")).toMatchObject({ runs: mostHosted + 4, hasRoomToHost: false });
      expect(await room("bo")).toMatchObject({ hasRoomToHost: true });
    });

    it("F60: are taken on oldest first as earlier ones end, each once however many ask", async () => {
      const store = await open();
      await startRuns(store, "ana", mostHosted + 3);
      expect(await hostWaiting(store, team, "ana")).toEqual([]);
      for (const at of [4, 9]) await end(store, idOf("ana", at));
      const asked = await Promise.all([1, 2, 3].map(() => hostWaiting(store, team, "ana")));
      const next = [idOf("ana", mostHosted), idOf("ana", mostHosted + 1)];
      expect(asked.flat().sort()).toEqual(next);
      expect(await hostWaiting(store, "blue", "ana")).toEqual([]);
    });

    it("are taken on out of turn when they are stopped, by their own team alone", async () => {
      const store = await open();
      await startRuns(store, "ana", mostHosted + 1);
      const last = idOf("ana", mostHosted);
      const isHosted = async () => (await getRun(store.database, team, last))?.isHosted;
      await store.transaction((transaction) => hostRun(transaction, "blue", last));
      expect(await isHosted()).toBe(false);
      await store.transaction((transaction) => hostRun(transaction, team, last));
      expect(await isHosted()).toBe(true);
    });

    it("are counted with their calls, those of the team and those that have not ended", async () => {
      const store = await open();
      const [step] = plan.steps;
      const two = {
        ...plan,
        steps: [
          { ...step!, calls: 40 },
          { ...step!, action: "reuse" as const },
        ],
      };
      await startRuns(store, "ana", 2);
      await store.transaction((transaction) =>
        createRun(transaction, team, newRunRow("run-two", { plan: two })),
      );
      await end(store, idOf("ana", 0));
      const work = (asker: string) =>
        store.transaction((transaction) => openWork(transaction, asker, "ana"));
      expect(await work(team)).toMatchObject({ runs: 2, calls: 41 });
      expect(await work("blue")).toMatchObject({ runs: 0, calls: 0 });
    });
  });
}
