import { describe, expect, it } from "vitest";
import type { Asset } from "#domain/asset";
import { creditsOf, findAsset, saveAsset } from "../../../server/store/asset-index.ts";
import { reviveAssets } from "../../../server/store/asset-references.ts";
import type { Store } from "../../../server/store/open-store.ts";
import { newestResults } from "../../../server/store/newest-results.ts";
import { setNodeRun } from "../../../server/store/node-runs.ts";
import { findQuote, saveQuote } from "../../../server/store/quotes.ts";
import {
  latestVersion,
  latestVersions,
  listVersions,
  saveVersion,
  versionsById,
} from "../../../server/store/versions.ts";
import {
  hashOf,
  keepRun,
  newAsset,
  newCredit,
  newQuote,
  newVersion,
  nowMs,
  type OpenEmptyStore,
} from "./rows.ts";

const team = "red";
const keep = (store: Store, id: string, changes: Parameters<typeof newVersion>[1] = {}) =>
  store.transaction((transaction) =>
    saveVersion(transaction, team, "file-1", newVersion(id, changes)),
  );

/** Kept results, the assets that a team has, and prices promised. */
export function resultContract(open: OpenEmptyStore): void {
  describe("a kept result", () => {
    it("is the newest of its node by the order of keeping, not by the clock", async () => {
      const store = await open();
      await keep(store, "version-1", { atMs: nowMs + 5 });
      await keep(store, "version-2", { atMs: nowMs });
      await keep(store, "version-3", { node: "1:3", atMs: nowMs });
      const newest = await latestVersion(store.database, team, "file-1", "1:2");
      expect(newest).toEqual(newVersion("version-2"));
      expect(await latestVersion(store.database, team, "file-1", "1:9")).toBeNull();
      const latest = await latestVersions(store.database, team, "file-1", ["1:2", "1:3", "1:9"]);
      expect([...latest].map(([node, version]) => [node, version.id]).sort()).toEqual([
        ["1:2", "version-2"],
        ["1:3", "version-3"],
      ]);
      expect(await latestVersions(store.database, team, "file-1", [])).toEqual(new Map());
    });

    it("keeps its place among many that are kept at once", async () => {
      const store = await open();
      const ids = Array.from({ length: 20 }, (_, at) => `version-${at}`);
      await Promise.all(ids.map((id) => keep(store, id)));
      const listed = await listVersions(store.database, team, "file-1", "1:2");
      expect(listed.map((version) => version.id).sort()).toEqual([...ids].sort());
      expect(await listVersions(store.database, team, "file-1", "1:2", 3)).toHaveLength(3);
    });

    it("is found for all nodes of the largest graph at once", async () => {
      const store = await open();
      await keep(store, "version-1");
      const nodes = Array.from({ length: 2_000 }, (_, at) => `1:${at}`);
      expect((await latestVersions(store.database, team, "file-1", nodes)).size).toBe(1);
    });

    it("is among those of the newest runs, but not where it was used again", async () => {
      const store = await open();
      const nodes = [
        ["run-1", "1:2", "done", "version-1"],
        ["run-2", "1:2", "reused", "version-1"],
        ["run-2", "1:3", "failed", "version-2"],
        ["run-2", "1:4", "running", null],
        ["run-2", "1:5", "done", "version-3"],
      ] as const;
      await keepRun(store, team, "run-1", { file: "file-2" });
      await keepRun(store, team, "run-2", { nowMs: nowMs + 1 });
      for (const [run, node, state, version] of nodes) {
        if (version !== null && state !== "reused") await keep(store, version, { run, node });
        await store.transaction((transaction) =>
          setNodeRun(transaction, team, run, node, { state, version }),
        );
      }
      const idsOf = async (limit?: number) =>
        (await newestResults(store.database, team, limit)).map(({ id }) => id);
      expect(await idsOf()).toEqual(["version-2", "version-3", "version-1"]);
      expect(await idsOf(1)).toEqual(["version-2"]);
    });

    it("is found by its id", async () => {
      const store = await open();
      await keep(store, "version-1");
      const found = await versionsById(store.database, team, ["version-1", "version-9"]);
      expect([...found.keys()]).toEqual(["version-1"]);
      expect(await versionsById(store.database, team, [])).toEqual(new Map());
    });

    it("is refused when it could not be read back", async () => {
      const store = await open();
      const items = [{ kind: "text" as const, text: "half \uD800" }];
      await expect(keep(store, "version-1", { items })).rejects.toThrow();
      expect(await latestVersion(store.database, team, "file-1", "1:2")).toBeNull();
    });
  });

  describe("an asset", () => {
    it("is known once it was saved, twice is once", async () => {
      const store = await open();
      const asset = newAsset("cat");
      const save = () =>
        store.transaction((transaction) => saveAsset(transaction, team, asset, nowMs));
      expect(await findAsset(store.database, team, asset.hash)).toBeNull();
      await save();
      await save();
      expect(await findAsset(store.database, team, asset.hash)).toEqual(asset);
      const sound = {
        ...newAsset("purr"),
        mediaType: "audio/mpeg" as const,
        widthPx: null,
        heightPx: null,
        durationMs: 900,
      };
      await store.transaction((transaction) => saveAsset(transaction, team, sound, nowMs));
      expect(await findAsset(store.database, team, sound.hash)).toEqual(sound);
    });

    it("keeps its credit, whatever is saved after it", async () => {
      const store = await open();
      const save = (asset: Asset) =>
        store.transaction((transaction) => saveAsset(transaction, team, asset, nowMs));
      const [plain, first, second] = ["plain", "first", "second"].map(newAsset);
      await save(plain!);
      await save(first!);
      // A picture that somebody had before a library gave it has its credit from then on.
      await save({ ...first!, credit: newCredit });
      await save(first!);
      await save({ ...second!, credit: { ...newCredit, line: "Another" } });
      const found = { ...first!, credit: newCredit };
      expect(await findAsset(store.database, team, first!.hash)).toEqual(found);
      const hashes = [second!, plain!, first!, second!].map(({ hash }) => hash);
      const lines = (await creditsOf(store.database, team, hashes)).map(({ line }) => line);
      expect(lines).toEqual(["Another", newCredit.line]);
      expect(await creditsOf(store.database, team, [])).toEqual([]);
    });

    it("is missing until then, in the order asked", async () => {
      const store = await open();
      await store.transaction((transaction) => saveAsset(transaction, team, newAsset("b"), nowMs));
      const hashes = ["a", "b", "c"].map(hashOf);
      expect(await reviveAssets(store.database, team, hashes)).toEqual([hashes[0], hashes[2]]);
      expect(await reviveAssets(store.database, team, [])).toEqual([]);
      const many = Array.from({ length: 2_000 }, (_, at) => hashOf(String(at)));
      expect(await reviveAssets(store.database, team, many)).toEqual(many);
    });
  });

  describe("a quote", () => {
    it("is read as it was promised", async () => {
      const store = await open();
      const quote = newQuote("quote-1", {
        isLarge: true,
        microDollars: 33_600,
        expiresAtMs: nowMs + 600_000,
      });
      await store.transaction((transaction) => saveQuote(transaction, team, quote));
      expect(await findQuote(store.database, team, "quote-1")).toEqual(quote);
      expect(await findQuote(store.database, team, "quote-2")).toBeNull();
    });
  });
}
