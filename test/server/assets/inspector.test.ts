import { fork, type ChildProcess } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Clock } from "../../../server/clock.ts";
import { inspectAsset } from "../../../server/assets/inspect-asset.ts";
import {
  createInspector,
  InspectorClosed,
  type Inspector,
  type InspectorOptions,
} from "../../../server/assets/inspector.ts";
import { forkInspector, InspectorUnavailable } from "../../../server/assets/inspector-process.ts";
import { makeFolder, removeFolder } from "../../helpers/asset-folder.ts";
import { buildPng } from "../../helpers/build-png.ts";

let folder = "";
let small = "";
let large = "";
beforeAll(async () => {
  folder = await makeFolder();
  [small, large] = [join(folder, "small"), join(folder, "large")];
  await writeFile(small, buildPng({ widthPx: 20, heightPx: 10 }));
  await writeFile(large, buildPng({ widthPx: 7_000, heightPx: 7_000, depth: 8, colour: 6 }));
});
afterAll(() => removeFolder(folder));

let opened: Inspector[] = [];
let children: ChildProcess[] = [];
afterEach(async () => {
  await Promise.all(opened.map((inspector) => inspector.close()));
  expect(children.filter((child) => child.exitCode === null && child.signalCode === null)).toEqual(
    [],
  );
  opened = [];
  children = [];
});

function open(options: InspectorOptions = {}): Inspector {
  const start = options.start ?? (() => forkInspector());
  const inspector = createInspector({
    ...options,
    start: () => {
      const child = start();
      children.push(child);
      return child;
    },
  });
  opened.push(inspector);
  return inspector;
}

const look = (inspector: Inspector, file: string) =>
  inspectAsset(inspector, { file, bytes: 1_000, hash: "a".repeat(64) });

/** Kills each of the first so many processes when it has got its work. */
function killedFirst(times: number): () => ChildProcess {
  let left = times;
  return () => {
    const child = forkInspector();
    const send = child.send.bind(child) as (message: unknown, then: () => void) => boolean;
    Object.assign(child, {
      send: (message: unknown, then: () => void) => {
        const sent = send(message, then);
        if (left-- > 0) child.kill("SIGKILL");
        return sent;
      },
    });
    return child;
  };
}

/** A clock on which a wait for an answer is over at once, and any other never. */
const impatient: Clock = {
  nowMs: () => 0,
  sleep: (durationMs, signal) =>
    new Promise((resolve) => {
      if (durationMs === 10_000) resolve();
      signal?.addEventListener("abort", () => resolve());
    }),
};

describe("the inspector", () => {
  it("uses a process again and two at a time at most", async () => {
    const inspector = open();
    const files = [large, small, small, small, small, small];
    const inspected = await Promise.all(files.map((file) => look(inspector, file)));
    expect(inspected.map((each) => each.kind)).toEqual(files.map(() => "accepted"));
    expect(children).toHaveLength(2);
  });

  it.skipIf(process.platform !== "linux")(
    "hands nothing of its own environment to the process that decodes",
    async () => {
      vi.stubEnv("SPACES_TEST_KEY", "very-secret");
      const inspector = open({ processes: 1 });
      await look(inspector, small);
      vi.unstubAllEnvs();
      const environment = await readFile(`/proc/${String(children[0]?.pid)}/environ`, "utf8");
      expect(environment).toContain("NODE_CHANNEL_FD");
      expect(environment).not.toMatch(/very-secret|HOME=|PATH=/);
    },
  );

  it("F52: asks again when the process is killed in the middle", async () => {
    const inspector = open({ start: killedFirst(1) });
    expect(await look(inspector, large)).toMatchObject({
      kind: "accepted",
      asset: { widthPx: 7_000 },
    });
    expect(children).toHaveLength(2);
    expect(children[0]?.signalCode).toBe("SIGKILL");
  });

  it("F52: refuses a file at which the process breaks twice, and goes on with the next", async () => {
    const inspector = open({ processes: 1, start: killedFirst(2) });
    const [broken, next] = await Promise.all([look(inspector, small), look(inspector, small)]);
    expect(broken).toEqual({
      kind: "refused",
      code: "too-heavy",
      sentence: "The file breaks the program that reads it. Export it again.",
    });
    expect(next).toMatchObject({ kind: "accepted" });
    expect(children).toHaveLength(3);
  });

  it("F48, F52: ends a process that does not answer in time, without a second try", async () => {
    const silent = new URL("../../helpers/silent-inspector.ts", import.meta.url);
    const start = () =>
      fork(silent, { stdio: ["ignore", "ignore", "ignore", "ipc"], execArgv: [] });
    const inspector = open({ start, clock: impatient });
    expect(await look(inspector, small)).toMatchObject({
      code: "too-heavy",
      sentence: expect.stringContaining("takes too long") as string,
    });
    expect(children).toHaveLength(1);
    expect(children[0]?.signalCode).toBe("SIGKILL");
  });

  it("F48, F52: ends a process that takes too much memory, and goes on with the next file", async () => {
    const heavy = join(folder, "heavy");
    const create = { width: 7_000, height: 7_000, channels: 3, background: "#fff" } as const;
    await writeFile(heavy, await sharp({ create }).webp({ effort: 0 }).toBuffer());
    const inspector = open({ processes: 1, start: () => forkInspector(250e6) });
    expect(await look(inspector, heavy)).toEqual({
      kind: "refused",
      code: "too-heavy",
      sentence: "The picture needs too much memory to be read. Make it smaller.",
    });
    expect(await look(inspector, small)).toMatchObject({ kind: "accepted" });
    expect(children).toHaveLength(2);
  });

  it("says that it is the installation when the process does not start", async () => {
    const nothing = new URL("file:///nothing/here.ts");
    const start = () => fork(nothing, { stdio: ["ignore", "ignore", "ignore", "ipc"] });
    await expect(look(open({ start }), small)).rejects.toBeInstanceOf(InspectorUnavailable);
  });

  it("does not blame a file that is not there", async () => {
    await expect(look(open(), join(folder, "nothing"))).rejects.toThrow("a file of its own");
  });

  it("ends its processes when it is closed, also at work, and takes nothing more", async () => {
    const inspector = open();
    const looks = [large, large, small].map((file) => look(inspector, file));
    const ends = Promise.allSettled(looks);
    await inspector.close();
    for (const end of await ends) expect(end).toMatchObject({ status: "rejected" });
    await expect(look(inspector, small)).rejects.toBeInstanceOf(InspectorClosed);
  });

  it("F47: decodes beside the relay: its own memory does not grow", async () => {
    const inspector = open();
    await look(inspector, small);
    const before = process.memoryUsage.rss();
    let peak = before;
    const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 2);
    await Promise.all([look(inspector, large), look(inspector, large)]);
    clearInterval(timer);
    expect(peak - before).toBeLessThan(50e6);
  });
});
