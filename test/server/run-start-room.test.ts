import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StorageFull } from "../../server/assets/asset-store.ts";
import { runStart } from "../../server/routes/runs.ts";
import { openStore, type Store } from "../../server/store/open-store.ts";
import { getRun } from "../../server/store/runs.ts";
import { makeFolder, removeFolder } from "../helpers/asset-folder.ts";
import { graph, keepRun } from "../contract/store/rows.ts";

let folder = "";
let store: Store;
beforeEach(async () => {
  folder = await makeFolder();
  store = await openStore({ folder, nowMs: () => 0 });
});
afterEach(async () => {
  await store.close();
  await removeFolder(folder);
});

/** Presses Run with a key on a relay whose disk is nearly full; answers how often a run was begun. */
async function press(key: string): Promise<number> {
  let begun = 0;
  const start = runStart({
    store,
    clock: { nowMs: () => 0 },
    assets: { bytes: { checkRoom: () => Promise.reject(new StorageFull()) } },
    host: {
      startRun: async () => {
        begun += 1;
        const run = await getRun(store.database, "red", "run-1-of-red");
        if (!run) throw new Error("There is no run.");
        return run;
      },
    },
  });
  const caller = { team: "red", member: "ana", device: "laptop" };
  const target = { mode: "all" } as const;
  const body = { file: "file-1", graph, target, isAgain: false, quote: "quote-1" };
  const input = { caller, path: {}, query: undefined, body, stream: null, header: () => key };
  await start({ ...input, signal: () => AbortSignal.timeout(60_000) });
  return begun;
}

describe("low space (F28)", () => {
  it("lets nothing new begin, and holds nothing for it", async () => {
    await expect(press("a-new-press")).rejects.toBeInstanceOf(StorageFull);
  });

  it("answers a press that was taken before as it did then", async () => {
    await keepRun(store, "red", "run-1-of-red");
    expect(await press("run-1-of-red")).toBe(1);
  });
});
