import { describe, expect, it } from "vitest";
import { saveAsset } from "../../../server/store/asset-index.ts";
import { hashesIn, referToAssets } from "../../../server/store/asset-references.ts";
import { moveAttempt } from "../../../server/store/attempts.ts";
import { endRun } from "../../../server/store/runs.ts";
import { parentsOfVersion, saveVersion } from "../../../server/store/versions.ts";
import {
  graph,
  keepAttempt,
  keepRun,
  newAsset,
  newVersion,
  nowMs,
  type OpenEmptyStore,
} from "./rows.ts";

/** What needs an asset is written down with what needs it, in one commit. */
export function referenceContract(open: OpenEmptyStore): void {
  describe("what refers to an asset", () => {
    const has = async (store: Awaited<ReturnType<OpenEmptyStore>>) =>
      (
        await store.database
          .selectFrom("asset_reference")
          .select(["kind", "owner"])
          .orderBy("kind")
          .execute()
      ).map((row) => `${row.kind} ${row.owner}`);

    it("is a run until its end and a result for good, also through what it was made of", async () => {
      const store = await open();
      const [input, made] = [newAsset("input"), newAsset("made")];
      const items = [{ kind: "asset" as const, asset: made }];
      const save = (asset: typeof input) =>
        store.transaction((transaction) => saveAsset(transaction, "red", asset, nowMs));
      await save(input);
      const [node] = graph.nodes;
      if (!node) throw new Error("The graph of these tests has a node.");
      const named = { ...graph, nodes: [{ ...node, settings: { asset: input } }] };
      await keepRun(store, "red", "run-1", { graph: named });
      expect(await has(store)).toEqual(["run run-1"]);
      await keepAttempt(store, "red", "attempt-1", "run-1", { state: "submitting" });
      await save(made);
      await store.transaction((transaction) =>
        moveAttempt(transaction, "red", "attempt-1", {
          ...{ from: "submitting", to: "stored", nowMs },
          changes: { items },
        }),
      );
      expect(await has(store)).toEqual(["run run-1", "run run-1"]);
      const version = newVersion("version-1", { items });
      const origin = { parents: new Map([["1:1", "version-0"]]), inputs: [{ asset: input }] };
      await store.transaction(async (transaction) => {
        await saveVersion(transaction, "red", "file-1", version, origin);
        await endRun(transaction, "red", "run-1", { state: "done", credits: 5, nowMs });
      });
      expect(await has(store)).toEqual(["version version-1", "version version-1"]);
      expect(await parentsOfVersion(store.database, "red", "version-1")).toEqual(origin.parents);
    });

    it("keeps the database itself from forgetting it", async () => {
      const store = await open();
      const asset = newAsset("a");
      await store.transaction(async (transaction) => {
        await saveAsset(transaction, "red", asset, nowMs);
        await referToAssets(transaction, "red", { kind: "share", id: "links" }, [asset.hash]);
      });
      await expect(store.database.deleteFrom("asset").execute()).rejects.toThrow();
    });

    it("is told of what is not there, and notes nothing of it", async () => {
      const store = await open();
      const [there, gone] = [newAsset("there"), newAsset("gone")];
      const missing = await store.transaction(async (transaction) => {
        await saveAsset(transaction, "red", there, nowMs);
        const run = { kind: "run", id: "run-1" } as const;
        return referToAssets(transaction, "red", run, hashesIn([there, { deep: [gone] }]));
      });
      expect(missing).toEqual([gone.hash]);
      expect(await has(store)).toEqual(["run run-1"]);
    });
  });
}
