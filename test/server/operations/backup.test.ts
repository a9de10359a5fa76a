import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDiskAssetStore } from "../../../server/assets/disk-asset-store.ts";
import { openWayToBytes } from "../../../server/cli/relay-bytes.ts";
import { manifestSchema, type Manifest } from "../../../server/backup/manifest.ts";
import { restoreBackup } from "../../../server/backup/restore-backup.ts";
import { takeBackup } from "../../../server/backup/take-backup.ts";
import type { Provider } from "../../../server/providers/provider.ts";
import { checkLedger } from "../../../server/store/check-ledger.ts";
import { grant } from "../../../server/store/ledger.ts";
import { balanceOf } from "../../../server/store/read-ledger.ts";
import { openStore } from "../../../server/store/open-store.ts";
import { buildPng } from "../../helpers/build-png.ts";
import { createFakeProvider, fakeModel } from "../../helpers/fake-provider.ts";
import { openTestRelay } from "../../helpers/open-test-relay.ts";
import { awaitEnd, graphOfOne, pressNodes } from "../../helpers/press-nodes.ts";

const picture = buildPng({ widthPx: 64, heightPx: 48, colour: 2 });
let isHeld = false;
const fake = createFakeProvider({
  models: [fakeModel("image")],
  pollsUntilDone: 1,
  answer: () => ({
    outputs: [{ kind: "bytes", bytes: picture }],
    billedCredits: null,
    notes: [],
  }),
});
/** The world outside, which goes on whatever relay asks it. */
const provider: Provider = {
  ...fake,
  poll: async (handle, using) =>
    isHeld ? { kind: "running", done: 0.4 } : fake.poll!(handle, using),
};

let root: string;
let done: string;
let open: string;
let manifest: Manifest;
const at = (name: string) => join(root, name);
const save = (target: string) =>
  takeBackup({
    folder: at("data"),
    databaseUrl: null,
    openBytes: () =>
      openDiskAssetStore({ folder: join(at("data"), "assets", "bytes"), sweepBeforeMs: 0 }),
    target: at(target),
    version: "0.0.0",
    nowMs: 1_000,
  });
const restore = (source: string, folder: string) =>
  restoreBackup({
    source: at(source),
    folder: at(folder),
    databaseUrl: null,
    nowMs: Date.now,
    openBytes: openWayToBytes({ s3: null }).open,
  });

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "spaces-backup-"));
  const store = await openStore({ folder: at("data"), nowMs: Date.now });
  await store.transaction((transaction) =>
    grant(transaction, "local", { id: "first", credits: 100, nowMs: 0 }),
  );
  await store.close();
  const opened = await openTestRelay([provider], at("data"));
  const graph = (prompt: string) => graphOfOne("image-generator", "fake:image", prompt);
  done = (await pressNodes(opened.client, "press-1-2345", graph("one"))).id;
  await awaitEnd(opened.client, done);
  isHeld = true;
  open = (await pressNodes(opened.client, "press-2-2345", graph("two"))).id;
  for await (const { event } of opened.client.events(open, 0)) {
    if (event.type === "node-start") break;
  }
  manifest = await save("backup");
  isHeld = false;
  await awaitEnd(opened.client, open);
  await opened.close(true);
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe("a backup of a relay at work", () => {
  test("has its database, the bytes that it names and what both were", async () => {
    const text = await readFile(join(at("backup"), "manifest.json"), "utf8");
    expect(manifestSchema.parse(JSON.parse(text))).toEqual(manifest);
    expect(manifest).toMatchObject({ format: 1, madeBy: "0.0.0", madeAtMs: 1_000, missing: [] });
    expect(manifest.assets.length).toBeGreaterThan(0);
    expect((await readdir(at("backup"))).sort()).toEqual(["assets", "manifest.json", "relay.db"]);
    expect(await readdir(root)).not.toContain("backup.part");
  });

  test("brings back runs, versions, bytes and money; the open run goes on to its end", async () => {
    await restore("backup", "restored");
    const opened = await openTestRelay([provider], at("restored"));
    const { client } = opened;
    const runs = await client.call("runList", { query: { file: "file-1" }, body: undefined });
    expect(runs.runs.map(({ id }) => id).sort()).toEqual([done, open].sort());
    expect(await awaitEnd(client, done)).toMatchObject({ state: "done", credits: 5 });
    expect(await awaitEnd(client, open)).toMatchObject({ state: "done", credits: 5 });
    const query = { file: "file-1", node: "1:1" };
    const { versions } = await client.call("versions", { query, body: undefined });
    expect(versions).toHaveLength(2);
    const [item] = versions[0]!.items;
    const hash = item?.kind === "asset" ? item.asset.hash : "";
    const bytes = await client.call("assetGet", { path: { hash }, body: undefined });
    expect(bytes.length).toBe(item?.kind === "asset" ? item.asset.bytes : -1);
    await opened.close(true);
    expect([...fake.submits.values()]).toEqual([1, 1]);

    const store = await openStore({ folder: at("restored"), nowMs: Date.now });
    expect(await checkLedger(store.database)).toEqual([]);
    const balance = { available: 90, held: 0, spent: 10 };
    expect(await balanceOf(store.database, "local")).toEqual(balance);
    await store.close();
  });

  test("is not put where something is already", async () => {
    await expect(save("backup")).rejects.toThrow("is there already");
    await expect(restore("backup", "data")).rejects.toThrow("is not empty");
    await expect(restore("nowhere", "other")).rejects.toThrow("There is no backup in");
    await expect(
      restoreBackup({
        source: at("backup"),
        folder: at("other"),
        databaseUrl: "postgres://u:p@h/d",
        nowMs: Date.now,
        openBytes: openWayToBytes({ s3: null }).open,
      }),
    ).rejects.toThrow("Unset SPACES_DATABASE_URL");
  });

  test("names bytes that the relay has lost, and saves the rest", async () => {
    const [lost] = manifest.assets;
    const { hash } = lost!;
    await rm(join(at("data"), "assets/bytes", hash.slice(0, 2), hash.slice(2, 4), hash));
    expect(await save("partial")).toMatchObject({ missing: [lost] });
    await restore("partial", "restored-partial");
  });
});

describe("a damaged backup", () => {
  const damages: [string, (folder: string) => Promise<unknown>, string][] = [
    [
      "bytes that were changed",
      async (folder) => {
        const { hash } = manifest.assets[0]!;
        const file = join(folder, "assets", hash.slice(0, 2), hash.slice(2, 4), hash);
        const bytes = await readFile(file);
        bytes[bytes.length - 1]! ^= 1;
        await writeFile(file, bytes);
      },
      "1 files are missing or changed, such as",
    ],
    [
      "a database that was cut",
      (folder) => truncate(join(folder, "relay.db"), 4_096),
      "relay.db is not what was written",
    ],
    ["no database", (folder) => rm(join(folder, "relay.db")), "relay.db is missing"],
    [
      "half a manifest",
      (folder) => truncate(join(folder, "manifest.json"), 20),
      "manifest.json is damaged",
    ],
  ];
  test.each(damages)("is refused, which says what: %s", async (what, damage, sentence) => {
    const name = `damaged ${what}`;
    await cp(at("backup"), at(name), { recursive: true });
    await damage(at(name));
    await expect(restore(name, `into ${what}`)).rejects.toThrow(sentence);
    expect(await readdir(at(`into ${what}`)).catch(() => [])).toEqual([]);
  });
});
