import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockFolder, StoreLocked } from "../../../server/store/lock-folder.ts";
import { openStore } from "../../../server/store/open-store.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "spaces-lock-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const take = (pid: number) => lockFolder(folder, { pid, nowMs: 0 });

describe("F31: the lock of a data folder", () => {
  it("refuses a second relay in a sentence with the folder and the first one's process", async () => {
    const store = await openStore({ folder, nowMs: () => 0, pid: 4711 });
    const second = openStore({ folder, nowMs: () => 0, pid: 4711 });
    await expect(second).rejects.toThrow(StoreLocked);
    const sentence = `Another relay (process 4711) already works on ${folder}.`;
    await expect(openStore({ folder, nowMs: () => 0 })).rejects.toThrow(sentence);
    await store.transaction(() => Promise.resolve());
    await store.close();
    await (await openStore({ folder, nowMs: () => 0 })).close();
  });

  it("says since when and who", async () => {
    const lock = await take(4711);
    expect(await readFile(join(folder, "relay.pid"), "utf8")).toBe(
      "4711 1970-01-01T00:00:00.000Z\n",
    );
    await rm(join(folder, "relay.pid"));
    await expect(take(1)).rejects.toThrow(`Another relay already works on ${folder}.`);
    await lock.release();
  });

  it("is given to one of many that come at once", async () => {
    const taken = await Promise.allSettled(Array.from({ length: 10 }, (_, at) => take(at + 1)));
    const locks = taken.filter((each) => each.status === "fulfilled");
    expect(locks).toHaveLength(1);
    await locks[0]!.value.release();
  });

  it("is free again after an open that failed", async () => {
    const migrations = [{ name: "1", statements: ["NONSENSE"] }];
    await expect(openStore({ folder, nowMs: () => 0, migrations })).rejects.toThrow();
    await (await take(1)).release();
  });

  it("holds against another process while that lives, and not after it was killed", async () => {
    const module = new URL("../../../server/store/lock-folder.ts", import.meta.url).href;
    const script = `
      const { lockFolder } = await import(${JSON.stringify(module)});
      await lockFolder(${JSON.stringify(folder)}, { pid: process.pid, nowMs: 0 });
      console.log("taken");
      setInterval(() => undefined, 1_000);
    `;
    const owner = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(owner.stdout, "data");
    await expect(take(1)).rejects.toThrow(`(process ${owner.pid ?? 0})`);
    owner.kill("SIGKILL");
    await once(owner, "exit");
    const lock = await take(1);
    expect(await readFile(join(folder, "relay.pid"), "utf8")).toContain("1 ");
    await lock.release();
  });
});
