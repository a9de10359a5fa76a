import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  forgetKey,
  setKey,
  showKeys,
  type KeyKeeperParts,
} from "../../../server/keys/key-keeper.ts";
import { createKeyRing, KeyUnreadable } from "../../../server/keys/key-ring.ts";
import { rekey } from "../../../server/keys/rekey.ts";
import { sealedUnder } from "../../../server/keys/seal.ts";
import { keysBehind, replaceSealed } from "../../../server/store/provider-keys.ts";
import { memoryDataKeys } from "../../helpers/memory-data-keys.ts";
import { nowMs, readAllRows, type OpenEmptyStore } from "./rows.ts";

const dayMs = 24 * 60 * 60_000;
const keyOf = (word: string) => `sk-${word}-0123456789abcdef`;

/** Keys of providers: sealed in their rows, each team's own, with versions for what is still open. */
export function keyContract(open: OpenEmptyStore): void {
  const openKeys = async (environment: ReadonlyMap<string, string> = new Map()) => {
    const store = await open();
    const clock = { nowMs };
    const keeper: KeyKeeperParts = {
      store,
      dataKeys: memoryDataKeys(),
      environment,
      nowMs: () => clock.nowMs,
      random: (bytes) => new Uint8Array(randomBytes(bytes)),
    };
    const ring = createKeyRing({ ...keeper, database: store.database });
    const newest = async (team = "red") => (await ring.newest(team, "openai"))?.reveal() ?? null;
    return { store, clock, keeper, ring, newest };
  };

  describe("a provider's key", () => {
    it("is kept sealed, opens for its team alone, and shows its last four characters", async () => {
      const { store, keeper, newest } = await openKeys();
      await setKey(keeper, "red", "openai", keyOf("red"));
      expect(await newest()).toBe(keyOf("red"));
      expect(await newest("blue")).toBeNull();
      const shown = (team: string) =>
        showKeys(keeper, team).then((keys) => keys.find(({ provider }) => provider === "openai"));
      expect(await shown("red")).toMatchObject({ from: "set", lastFour: "cdef", setAtMs: nowMs });
      expect(await shown("blue")).toMatchObject({ from: null, lastFour: null, setAtMs: null });
      expect(JSON.stringify(await readAllRows(store.database))).not.toContain(keyOf("red"));
    });

    it("prints nothing of itself", async () => {
      const { keeper, ring } = await openKeys();
      await setKey(keeper, "red", "openai", keyOf("red"));
      expect(JSON.stringify(await ring.newest("red", "openai"))).toBe('{"version":"1"}');
    });

    it("that follows another is for new calls; those that are open keep the one they began with", async () => {
      const { keeper, ring, newest } = await openKeys();
      await setKey(keeper, "red", "openai", keyOf("first"));
      const begun = (await ring.newest("red", "openai"))!;
      await setKey(keeper, "red", "openai", keyOf("second"));
      expect(await newest()).toBe(keyOf("second"));
      const open = await ring.versioned("red", "openai", begun.version);
      expect(open?.reveal()).toBe(keyOf("first"));
      expect(await ring.versioned("blue", "openai", begun.version)).toBeNull();
      expect(await ring.versioned("red", "google", begun.version)).toBeNull();
    });

    it("that was removed is gone for open calls too, and its version never comes again", async () => {
      const { store, keeper, ring, newest } = await openKeys();
      await setKey(keeper, "red", "openai", keyOf("first"));
      await setKey(keeper, "red", "openai", keyOf("second"));
      await setKey(keeper, "blue", "openai", keyOf("blue"));
      expect(await forgetKey(keeper, "red", "openai")).toBe(true);
      expect(await forgetKey(keeper, "red", "openai")).toBe(false);
      expect(await newest()).toBeNull();
      for (const version of ["1", "2"]) {
        expect(await ring.versioned("red", "openai", version)).toBeNull();
      }
      expect(await newest("blue")).toBe(keyOf("blue"));
      await setKey(keeper, "red", "openai", keyOf("third"));
      expect((await ring.newest("red", "openai"))?.version).toBe("3");
      expect(await keysBehind(store.database, null, 9)).toHaveLength(2);
    });

    it("that was followed by another is let go of once no call can be open under it", async () => {
      const { clock, keeper, ring } = await openKeys();
      await setKey(keeper, "red", "openai", keyOf("first"));
      await setKey(keeper, "red", "openai", keyOf("second"));
      clock.nowMs += dayMs - 1;
      await setKey(keeper, "red", "google", keyOf("other"));
      expect(await ring.versioned("red", "openai", "1")).not.toBeNull();
      clock.nowMs += 2;
      await setKey(keeper, "red", "google", keyOf("other"));
      expect(await ring.versioned("red", "openai", "1")).toBeNull();
      expect(await ring.versioned("red", "openai", "2")).not.toBeNull();
    });

    it("of the environment wins, and is never written", async () => {
      const given = new Map([["openai", keyOf("given")]]);
      const { store, keeper, ring, newest } = await openKeys(given);
      await setKey(keeper, "red", "openai", keyOf("set"));
      expect(await newest()).toBe(keyOf("given"));
      expect((await ring.versioned("red", "openai", "environment"))?.reveal()).toBe(keyOf("given"));
      expect((await ring.versioned("red", "openai", "1"))?.reveal()).toBe(keyOf("set"));
      expect(await showKeys(keeper, "red")).toContainEqual(
        expect.objectContaining({ provider: "openai", from: "environment", setAtMs: null }),
      );
      expect(JSON.stringify(await readAllRows(store.database))).not.toContain("given");
    });

    it("is one of them when many set it at once, each under a version of its own", async () => {
      const { keeper, newest, ring } = await openKeys();
      const words = ["one", "two", "three"];
      await Promise.all(words.map((word) => setKey(keeper, "red", "openai", keyOf(word))));
      const kept = await Promise.all(
        ["1", "2", "3"].map((at) => ring.versioned("red", "openai", at)),
      );
      expect(kept.map((key) => key?.reveal()).sort()).toEqual(words.map(keyOf).sort());
      expect(words.map(keyOf)).toContain(await newest());
    });

    it("does not open in another team's row, in another provider's, or in another version's", async () => {
      const { store, keeper, ring } = await openKeys();
      await setKey(keeper, "red", "openai", keyOf("first"));
      await setKey(keeper, "red", "openai", keyOf("second"));
      await setKey(keeper, "red", "google", keyOf("google"));
      await setKey(keeper, "blue", "openai", keyOf("blue"));
      const rows = await keysBehind(store.database, null, 9);
      expect(rows).toHaveLength(4);
      for (const row of rows) {
        for (const other of rows.filter((each) => each !== row)) {
          const put = (from: string, to: string) =>
            store.transaction((transaction) =>
              replaceSealed(transaction, { ...row, sealed: from }, to),
            );
          expect(await put(row.sealed, other.sealed)).toBe(true);
          const opened = ring.versioned(row.team, row.provider, String(row.version));
          await expect(opened).rejects.toBeInstanceOf(KeyUnreadable);
          expect(await put(other.sealed, row.sealed)).toBe(true);
        }
      }
    });

    it("is sealed anew in batches, and what was broken off is finished by asking again", async () => {
      const { store, keeper, ring } = await openKeys();
      const teams = Array.from({ length: 230 }, (_, at) => `team-${String(at).padStart(3, "0")}`);
      for (const team of teams) await setKey(keeper, team, "openai", keyOf(team));
      const versions = async () =>
        (await keysBehind(store.database, null, 999)).map(({ sealed }) => sealedUnder(sealed));
      let commits = 0;
      const dying: KeyKeeperParts["store"] = {
        database: store.database,
        transaction: (work) => {
          commits += 1;
          return commits === 2 ? Promise.reject(new Error("killed")) : store.transaction(work);
        },
      };
      await expect(rekey({ ...keeper, store: dying })).rejects.toThrow("killed");
      expect(new Set(await versions())).toEqual(new Set([1, 2]));
      for (const team of [teams[0]!, teams[229]!]) {
        expect((await ring.newest(team, "openai"))?.reveal()).toBe(keyOf(team));
      }
      const finished = await rekey(keeper);
      expect(finished).toMatchObject({ version: 2, unreadable: 0 });
      expect(finished.sealedAnew).toBeGreaterThan(0);
      expect(new Set(await versions())).toEqual(new Set([2]));
      expect(await rekey(keeper)).toEqual({ version: 3, sealedAnew: 230, unreadable: 0 });
      expect((await ring.newest(teams[100]!, "openai"))?.reveal()).toBe(keyOf(teams[100]!));
    });

    it("sealed under a lost data key is told and left, while the others go on", async () => {
      const { keeper, ring } = await openKeys();
      const lost = { ...keeper, dataKeys: memoryDataKeys() };
      await setKey(lost, "red", "google", keyOf("lost"));
      await setKey(keeper, "red", "openai", keyOf("kept"));
      await expect(ring.newest("red", "google")).rejects.toThrow("sealed under another data key");
      await rekey(keeper);
      expect(await rekey(keeper)).toEqual({ version: 3, sealedAnew: 1, unreadable: 1 });
      expect((await ring.newest("red", "openai"))?.reveal()).toBe(keyOf("kept"));
      await setKey(keeper, "red", "google", keyOf("again"));
      expect((await ring.newest("red", "google"))?.reveal()).toBe(keyOf("again"));
    });
  });
}
