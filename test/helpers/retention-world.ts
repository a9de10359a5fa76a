import { announcing } from "../../server/assets/announce-bytes.ts";
import { StorageUnavailable, type AssetStore } from "../../server/assets/asset-store.ts";
import { retentionOf } from "../../server/assets/retention-rule.ts";
import { sweepAssets, type SweepParts } from "../../server/assets/sweep.ts";
import type { Clock } from "../../server/clock.ts";
import { findAsset, saveAsset, saveDerived } from "../../server/store/asset-index.ts";
import {
  referToAssets,
  releaseAssets,
  type AssetOwner,
} from "../../server/store/asset-references.ts";
import type { Store } from "../../server/store/open-store.ts";
import { hashOf, newAsset } from "../contract/store/rows.ts";
import { Crash } from "./memory-bytes.ts";

/** An hour and a day in milliseconds. */
export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** A clock that a test moves; whoever waits moves it too. */
export function createMovedClock(startMs: number): Clock & { readonly move: (ms: number) => void } {
  let atMs = startMs;
  return {
    nowMs: () => atMs,
    sleep: (durationMs) => {
      atMs += durationMs;
      return new Promise((resolve) => setImmediate(resolve));
    },
    move: (ms) => {
      atMs += ms;
    },
  };
}

/** Where an upload may end for good. */
export type UploadCrash = "announced" | "put" | null;

/**
 * Assets that are uploaded, needed and swept as a relay does it, beside what a person may rely on: what is
 * needed by an owner that was told so is there.
 */
export function createRetentionWorld(store: Store, place: AssetStore, clock: Clock) {
  const parts: SweepParts = {
    store,
    bytes: place,
    clock,
    retention: retentionOf(30),
    isOwnStore: true,
  };
  const needed = new Map<string, { team: string; hash: string }>();
  const keyOf = (team: string, owner: AssetOwner) => `${team} ${owner.kind} ${owner.id}`;
  const bytes = announcing(place, { store, clock });
  const upload = async (team: string, content: string, crash: UploadCrash) => {
    try {
      const staged = await bytes.stage([Buffer.from(content)], { maxBytes: 100 });
      if (crash === "announced") {
        // The announcement alone: what comes after it never happens.
        const dead = { ...place, stage: () => Promise.resolve({ ...staged, keep: () => die() }) };
        await (await announcing(dead, { store, clock }).stage([], { maxBytes: 1 })).keep();
      }
      await staged.keep();
      if (crash === "put") die();
      await store.transaction((transaction) =>
        saveAsset(transaction, team, newAsset(content), clock.nowMs()),
      );
    } catch (error) {
      if (!(error instanceof Crash || error instanceof StorageUnavailable)) throw error;
    }
  };
  return {
    parts,
    upload,
    derive: async (team: string, content: string, source: string) => {
      if (!(await findAsset(store.database, team, hashOf(source)))) return;
      await upload(team, content, null);
      await store
        .transaction((transaction) =>
          saveDerived(transaction, team, hashOf(content), hashOf(source)),
        )
        // A sweep in between may have been quicker; the relay makes the picture again then.
        .catch(() => undefined);
    },
    need: async (team: string, owner: AssetOwner, content: string) => {
      const key = keyOf(team, owner);
      if (needed.has(key)) return;
      const hash = hashOf(content);
      const missing = await store.transaction((transaction) =>
        referToAssets(transaction, team, owner, [hash]),
      );
      if (missing.length === 0) needed.set(key, { team, hash });
    },
    release: async (team: string, owner: AssetOwner) => {
      needed.delete(keyOf(team, owner));
      await store.transaction((transaction) => releaseAssets(transaction, team, owner));
    },
    releaseAll: async () => {
      for (const key of [...needed.keys()]) {
        const [team = "", kind, id = ""] = key.split(" ");
        const owner = { kind: kind === "run" ? "run" : "version", id } as const;
        await store.transaction((transaction) => releaseAssets(transaction, team, owner));
      }
      needed.clear();
    },
    sweep: async () => {
      await sweepAssets(parts).catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error;
      });
    },
    /** What is not as it must be, in words. */
    check: async (): Promise<string[]> => {
      const wrong: string[] = [];
      for (const [key, { team, hash }] of needed) {
        if (!(await findAsset(store.database, team, hash))) wrong.push(`${key} lost its asset`);
        if (!(await place.has(hash))) wrong.push(`${key} lost its bytes`);
      }
      const rows = await store.database.selectFrom("asset").select(["team", "hash"]).execute();
      for (const { team, hash } of rows) {
        if (!(await place.has(hash))) wrong.push(`${team} has ${hash.slice(0, 8)} without bytes`);
      }
      return wrong;
    },
    /** What is left of anything. */
    leftOvers: async (): Promise<number> => {
      const { database } = store;
      const rows = await database.selectFrom("asset").select("hash").execute();
      const announced = await database.selectFrom("asset_bytes").select("hash").execute();
      let files = 0;
      for await (const page of place.list()) files += page.length;
      return rows.length + announced.length + files;
    },
  };
}

function die(): never {
  throw new Crash();
}
