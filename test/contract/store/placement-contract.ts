import { describe, expect, it } from "vitest";
import {
  findFence,
  findSession,
  saveFence,
  saveSession,
} from "../../../server/store/file-fences.ts";
import {
  changePlacement,
  findPlacement,
  insertPlacement,
  newestPlacement,
  pendingPlacements,
  type NewPlacement,
} from "../../../server/store/placements.ts";
import type { Store } from "../../../server/store/open-store.ts";
import { saveVersion } from "../../../server/store/versions.ts";
import { keepRun, newFence, newPlacement, newVersion, nowMs, type OpenEmptyStore } from "./rows.ts";

const team = "red";
const items = ["one", "two"].map((text) => ({ kind: "text" as const, text }));
const lease = { session: "session-2", untilMs: nowMs + 60_000 };

async function furnish(store: Store): Promise<void> {
  await keepRun(store, team, "run-1");
  await store.transaction(async (transaction) => {
    for (const id of ["version-1", "version-2"]) {
      await saveVersion(transaction, team, "file-1", newVersion(id, { items }));
    }
  });
}
const insert = (store: Store, pid: string, changes: Partial<NewPlacement> = {}) =>
  store.transaction((transaction) =>
    insertPlacement(transaction, team, newPlacement(pid, changes)),
  );
const change = (
  store: Store,
  revision: number,
  after: Parameters<typeof changePlacement>[3],
): Promise<boolean> =>
  store.transaction((transaction) =>
    changePlacement(transaction, team, { pid: "placement-1", revision }, after),
  );

/** Results that wait for the canvas, and what is remembered of the files that they go into. */
export function placementContract(open: OpenEmptyStore): void {
  describe("a placement", () => {
    it("is read as it was wished for, with its item out of the version", async () => {
      const store = await open();
      await furnish(store);
      await insert(store, "placement-1", { index: 1 });
      const { nowMs: madeAtMs, ...wished } = newPlacement("placement-1", { index: 1 });
      const placement = { ...wished, madeAtMs, count: 2, item: items[1], state: "pending" };
      const read = await findPlacement(store.database, team, "placement-1");
      expect(read).toEqual({ ...placement, layer: null, lease: null, revision: 1 });
      expect(await findPlacement(store.database, team, "placement-9")).toBeNull();
    });

    it("is one for an item and an attempt, whatever its pid", async () => {
      const store = await open();
      await furnish(store);
      await insert(store, "placement-1");
      await expect(insert(store, "placement-2")).rejects.toThrow("such a row");
      await insert(store, "placement-2", { attempt: 2 });
      const newest = await newestPlacement(store.database, team, "version-1", 0);
      expect(newest?.pid).toBe("placement-2");
      expect(await newestPlacement(store.database, team, "version-1", 1)).toBeNull();
    });

    it("belongs to a version and a run that are there", async () => {
      const store = await open();
      await furnish(store);
      await expect(insert(store, "placement-1", { version: "version-9" })).rejects.toThrow();
      await expect(insert(store, "placement-1", { run: "run-9" })).rejects.toThrow();
    });

    it("changes only from what was read, and keeps who holds it only while it waits", async () => {
      const store = await open();
      await furnish(store);
      await insert(store, "placement-1");
      expect(await change(store, 1, { state: "pending", layer: null, lease })).toBe(true);
      expect(await change(store, 1, { state: "placed", layer: "5:5", lease: null })).toBe(false);
      const held = await findPlacement(store.database, team, "placement-1");
      expect(held).toMatchObject({ state: "pending", lease, revision: 2 });
      await expect(change(store, 2, { state: "placed", layer: "5:5", lease })).rejects.toThrow();
      expect(await change(store, 2, { state: "placed", layer: "5:5", lease: null })).toBe(true);
      const placed = await findPlacement(store.database, team, "placement-1");
      expect(placed).toMatchObject({ state: "placed", layer: "5:5", lease: null, revision: 3 });
    });

    it("waits in its file's list, oldest first and each row of results in order", async () => {
      const store = await open();
      await furnish(store);
      await insert(store, "d", { version: "version-2", index: 1, nowMs: nowMs + 5 });
      await insert(store, "c", { version: "version-2", index: 0, nowMs: nowMs + 5 });
      await insert(store, "b", { index: 1 });
      await insert(store, "placement-1", { index: 0 });
      const pids = async (limit: number) =>
        (await pendingPlacements(store.database, team, "file-1", limit)).map(({ pid }) => pid);
      expect(await pids(9)).toEqual(["placement-1", "b", "c", "d"]);
      expect(await pids(2)).toEqual(["placement-1", "b"]);
      await change(store, 1, { state: "orphaned", layer: null, lease: null });
      expect(await pids(9)).toEqual(["b", "c", "d"]);
      expect(await pendingPlacements(store.database, team, "file-2", 9)).toEqual([]);
    });
  });

  describe("a file", () => {
    const save = (store: Store, generation: number, name = "Spring") =>
      store.transaction((transaction) =>
        saveFence(transaction, team, "file-1", { ...newFence(generation), name, fileKey: "key" }),
      );

    it("is remembered by the newest generation only", async () => {
      const store = await open();
      expect(await findFence(store.database, team, "file-1")).toBeNull();
      expect(await save(store, 5)).toBe(true);
      expect(await save(store, 5, "Winter")).toBe(false);
      expect(await save(store, 4, "Winter")).toBe(false);
      const kept = { ...newFence(5), fileKey: "key" };
      expect(await findFence(store.database, team, "file-1")).toEqual(kept);
      expect(await save(store, 1e15 + 1, "Winter")).toBe(true);
      expect((await findFence(store.database, team, "file-1"))?.generation).toBe(1e15 + 1);
      expect(await findFence(store.database, team, "file-2")).toBeNull();
    });

    it("knows its sessions by what each was given last, for a week", async () => {
      const store = await open();
      const see = (session: string, generation: number, atMs: number) =>
        store.transaction((transaction) =>
          saveSession(transaction, team, "file-1", { session, generation, nowMs: atMs }),
        );
      const given = (session: string) => findSession(store.database, team, "file-1", session);
      expect(await given("a")).toBeNull();
      await see("a", 1, nowMs);
      await see("a", 2, nowMs);
      await see("b", 3, nowMs + 7 * 86_400_000);
      expect([await given("a"), await given("b")]).toEqual([2, 3]);
      await see("b", 3, nowMs + 7 * 86_400_000 + 1);
      expect([await given("a"), await given("b")]).toEqual([null, 3]);
    });
  });
}
