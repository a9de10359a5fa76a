import { describe, expect, it } from "vitest";
import { endWaitingNode, nodeRuns, setNodeRun } from "../../../server/store/node-runs.ts";
import { keepRun, type OpenEmptyStore } from "./rows.ts";

const team = "red";

/** What a store keeps of the nodes of a run. */
export function nodeRunContract(open: OpenEmptyStore): void {
  describe("the nodes of a run", () => {
    it.each(["running", "done", "failed", "skipped", "reused"] as const)(
      "are left alone where one is %s, by whoever still takes it for waiting",
      async (state) => {
        const store = await open();
        await keepRun(store, team, "run-1");
        const skip = () =>
          store.transaction((transaction) =>
            endWaitingNode(transaction, team, "run-1", "1:2", { state: "skipped", version: null }),
          );
        const set = (values: Parameters<typeof setNodeRun>[4]) =>
          store.transaction((transaction) => setNodeRun(transaction, team, "run-1", "1:2", values));
        await set({ state, version: null });
        await expect(skip()).rejects.toThrow("Node 1:2 of run run-1 waits no more.");
        expect([...(await nodeRuns(store.database, team, "run-1")).values()]).toMatchObject([
          { state },
        ]);
        await set({ state: "waiting", version: null });
        await skip();
        expect([...(await nodeRuns(store.database, team, "run-1")).values()]).toMatchObject([
          { state: "skipped" },
        ]);
      },
    );

    it("are told as they stand", async () => {
      const store = await open();
      await keepRun(store, team, "run-1");
      const set = (node: string, values: Parameters<typeof setNodeRun>[4]) =>
        store.transaction((transaction) => setNodeRun(transaction, team, "run-1", node, values));
      await set("1:2", { state: "waiting", version: null });
      await set("1:3", { state: "reused", version: "version-0" });
      await set("1:2", { state: "done", version: "version-1" });
      expect(await nodeRuns(store.database, team, "run-1")).toEqual(
        new Map([
          ["1:2", { state: "done", version: "version-1" }],
          ["1:3", { state: "reused", version: "version-0" }],
        ]),
      );
    });
  });
}
