import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { claimFolder } from "../../../server/assets/claim-folder.ts";
import { openDiskAssetStore } from "../../../server/assets/disk-asset-store.ts";
import { retentionOf, ruleOnAsset } from "../../../server/assets/retention-rule.ts";
import { openWayToStorage } from "../../../server/assets/s3-send.ts";
import { openS3AssetStore } from "../../../server/assets/s3-asset-store.ts";
import { startSweeper } from "../../../server/assets/sweeper.ts";
import { sweepAssets } from "../../../server/assets/sweep.ts";
import type { AssetStore } from "../../../server/assets/asset-store.ts";
import { sweepBy } from "../../../server/cli/sweep-command.ts";
import { systemClock } from "../../../server/clock.ts";
import { readEnv } from "../../../server/env.ts";
import { makeFolder, removeFolder } from "../../helpers/asset-folder.ts";
import { openMemoryBytes } from "../../helpers/memory-bytes.ts";
import { createMovedClock, createRetentionWorld, dayMs } from "../../helpers/retention-world.ts";
import { openS3Server } from "../../helpers/s3-server.ts";
import { openStore, type Store } from "../../../server/store/open-store.ts";
import { hashOf } from "../../contract/store/rows.ts";

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

/** Real bytes are written now, whatever the clock of the test says. */
const openWorld = (bytes: AssetStore) => {
  const clock = createMovedClock(Date.now());
  return { clock, world: createRetentionWorld(store, bytes, clock) };
};
const run = { kind: "run", id: "run-1" } as const;

async function goThroughLife(bytes: AssetStore): Promise<void> {
  const { clock, world } = openWorld(bytes);
  for (const content of ["needed", "not needed"]) await world.upload("red", content, null);
  const staged = await bytes.stage([Buffer.from("crashed")], { maxBytes: 100 });
  await staged.keep();
  await world.need("red", run, "needed");
  await world.sweep();
  clock.move(29 * dayMs);
  await world.sweep();
  expect(await bytes.has(hashOf("crashed"))).toBe(false);
  expect(await bytes.has(hashOf("not needed"))).toBe(true);
  clock.move(dayMs);
  await world.sweep();
  expect(await bytes.has(hashOf("not needed"))).toBe(false);
  expect(await bytes.has(hashOf("needed"))).toBe(true);
  expect(await world.check()).toEqual([]);
  await world.release("red", run);
  for (const waitMs of [31 * dayMs, 2 * dayMs]) {
    await world.sweep();
    clock.move(waitMs);
  }
  await world.sweep();
  expect(await world.leftOvers()).toBe(0);
}

describe("a sweep", () => {
  it("lets go what was not needed for 30 days and what a crash left for one, on a disk", async () => {
    await goThroughLife(await openDiskAssetStore({ folder: join(folder, "bytes") }));
  });

  it("does the same on S3", async () => {
    const server = await openS3Server();
    const { settings } = server;
    const way = openWayToStorage(settings, systemClock);
    try {
      const disk = { folder: join(folder, "copies"), minimumFreeBytes: 0 };
      const others = `relay-2/00/00/${"0".repeat(64)}`;
      server.objects.set(others, { bytes: Buffer.from("theirs"), writtenAtMs: 0 });
      await goThroughLife(
        await openS3AssetStore({ settings, send: way.send, relay: "relay-1", disk }),
      );
      expect([...server.objects.keys()]).toEqual([others]);
    } finally {
      await way.close();
      await server.close();
    }
  });

  it("tells what would go and touches nothing where it is only asked", async () => {
    const clock = createMovedClock(Date.now());
    const memory = openMemoryBytes(clock.nowMs);
    const world = createRetentionWorld(store, memory.store, clock);
    await world.upload("red", "old", null);
    await world.upload("red", "crashed", "put");
    const isDry = { isDry: true };
    const first = await sweepAssets(world.parts, isDry);
    expect(first.waiting.files).toBe(1);
    await world.sweep();
    clock.move(31 * dayMs);
    const second = await sweepAssets(world.parts, isDry);
    expect(second).toEqual({
      unused: { files: 1, bytes: 12 },
      waiting: { files: 0, bytes: 0 },
      leftOver: { files: 1, bytes: "crashed".length },
    });
    expect(memory.kept.size).toBe(2);
    const third = await sweepAssets(world.parts);
    expect(third).toEqual(second);
    expect(memory.kept.size).toBe(0);
  });

  it("keeps everything for ever at 0 days, and bytes that may be another relay's", async () => {
    const clock = createMovedClock(Date.now());
    const memory = openMemoryBytes(clock.nowMs);
    const world = createRetentionWorld(store, memory.store, clock);
    await world.upload("red", "old", null);
    const staged = await memory.store.stage([Buffer.from("theirs")], { maxBytes: 9 });
    await staged.keep();
    const parts = { ...world.parts, retention: retentionOf(0), isOwnStore: false };
    for (let times = 0; times < 3; times += 1) {
      await sweepAssets(parts);
      clock.move(400 * dayMs);
    }
    expect(memory.kept.size).toBe(2);
    expect(ruleOnAsset({ isNeeded: false, unusedSinceMs: 5 }, retentionOf(0), 9)).toBe("unmark");
  });

  it("may be done by several at once", async () => {
    const clock = createMovedClock(Date.now());
    const memory = openMemoryBytes(clock.nowMs);
    const world = createRetentionWorld(store, memory.store, clock);
    for (let at = 0; at < 30; at += 1) await world.upload("red", String(at), null);
    await world.sweep();
    clock.move(31 * dayMs);
    await Promise.all([
      ...Array.from({ length: 4 }, () => world.sweep()),
      ...Array.from({ length: 10 }, (_, at) =>
        world.need("red", { kind: "run", id: `${at}` }, `${at}`),
      ),
      ...Array.from({ length: 10 }, (_, at) => world.upload("blue", String(at + 10), null)),
    ]);
    expect(await world.check()).toEqual([]);
    expect(memory.kept.has(hashOf("25"))).toBe(false);
  });
});

describe("the sweeper", () => {
  it("sweeps at its start and every six hours, goes on after trouble, and ends when it is closed", async () => {
    const memory = openMemoryBytes(() => 0);
    const sleeps: number[] = [];
    const warnings: string[] = [];
    const slept = Promise.withResolvers<void>();
    const clock = {
      nowMs: () => 0,
      sleep: (durationMs: number, signal?: AbortSignal) => {
        sleeps.push(durationMs);
        if (sleeps.length < 3) return Promise.resolve();
        slept.resolve();
        return new Promise<void>((resolve) => {
          signal?.addEventListener("abort", () => resolve());
        });
      },
    };
    let lists = 0;
    const bytes: AssetStore = {
      ...memory.store,
      list: () => {
        lists += 1;
        if (lists === 1) throw new Error("The storage does not answer.");
        return memory.store.list();
      },
    };
    const retention = retentionOf(30);
    const warn = (event: string) => warnings.push(event);
    const sweeper = startSweeper({ store, bytes, clock, retention, isOwnStore: true, warn });
    await slept.promise;
    await sweeper.close();
    expect(sleeps).toEqual(Array(3).fill(6 * 3_600_000));
    expect([lists, warnings]).toEqual([3, ["sweep-failed"]]);
  });
});

describe("spaces sweep", () => {
  const env = () => readEnv({ SPACES_DATA: folder });
  const sweep = async (...words: string[]) => {
    const lines: string[] = [];
    const code = await sweepBy(words, env(), (line) => lines.push(line));
    return [code, ...lines];
  };

  it("says why it does not while a relay owns the folder, and what else is wrong", async () => {
    await expect(sweep()).rejects.toThrow("sweeps at its start and every six hours");
    await expect(sweep("--all")).rejects.toThrow("Only --dry-run");
  });

  it("says what went", async () => {
    await store.close();
    const inner = join(folder, "assets", "bytes", "00", "00");
    await mkdir(inner, { recursive: true });
    await writeFile(join(inner, "0".repeat(64)), "new");
    expect(await sweep("--dry-run")).toEqual([
      0,
      "0 files of 0.0 MB that nothing needed for 30 days would go.",
      "0 files of 0.0 MB that no team has would go.",
    ]);
    expect(await readdir(inner)).toHaveLength(1);
    store = await openStore({ folder, nowMs: () => 0 });
  });

  it("leaves a folder alone that holds another relay's files", async () => {
    expect(await claimFolder(join(folder, "assets"), "relay-1")).toBe(true);
    expect(await claimFolder(join(folder, "assets"), "relay-1")).toBe(true);
    expect(await claimFolder(join(folder, "assets"), "relay-2")).toBe(false);
    await store.close();
    expect(await sweep()).toContain(
      "The folder holds another relay's files; those that no team here has were left alone.",
    );
    store = await openStore({ folder, nowMs: () => 0 });
  });
});
