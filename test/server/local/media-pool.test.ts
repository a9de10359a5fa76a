import sharp from "sharp";
import { afterEach, describe, expect, test } from "vitest";
import { drawDraft } from "../../../server/local/draft-picture.ts";
import type { MediaOperation } from "../../../server/local/media-messages.ts";
import { createMediaPool, type MediaPool } from "../../../server/local/media-pool.ts";
import { detailedPng } from "../../helpers/test-picture.ts";

const draft = {
  kind: "draft",
  prompt: "Quiet ocean at dusk",
  seed: 3,
  widthPx: 320,
  heightPx: 240,
  references: [],
  style: "auto",
} satisfies MediaOperation;
const upscale = async (heightPx = 1200): Promise<MediaOperation> => ({
  kind: "upscale",
  image: await detailedPng(400, heightPx),
  scale: 4,
  flavour: "faithful",
  sharpen: 50,
  grain: 0,
});

/** A worker that does this with `id` and `operation` when it is given work. */
const workerDoing = (code: string) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(
      `import { parentPort } from "node:worker_threads";
       const reply = (message) => parentPort.postMessage(message);
       parentPort.on("message", ({ id, operation }) => { ${code} });`,
    )}`,
  );
/** The answer of a worker that was reached. */
const seen = (id: string) =>
  `reply({ kind: "failure", id: ${id}, code: "input-invalid", message: "Seen." });`;

let pool: MediaPool | undefined;
const open = (workers: number, workerUrl?: URL) => {
  pool = createMediaPool(workerUrl ? { workers, workerUrl } : { workers });
  return pool;
};
afterEach(async () => {
  await pool?.close();
});

describe("the media pool", () => {
  test("draws in a worker what this thread would draw, to the byte", async () => {
    const media = open(2);
    const results = await Promise.all([
      media.run(draft),
      media.run({ ...draft, seed: 4 }),
      media.run(draft),
    ]);
    const here = await drawDraft(draft);
    for (const index of [0, 2]) {
      const result = results[index];
      expect(result?.kind === "picture" && Buffer.compare(result.bytes, here)).toBe(0);
    }
  });

  test("does every kind of work", async () => {
    const media = open(1);
    const image = await detailedPng(200, 180);
    expect(await media.run({ kind: "describe", image })).toMatchObject({ facts: { widthPx: 200 } });
    const turned = await media.run({
      kind: "camera",
      image,
      horizontalDegrees: 20,
      verticalDegrees: 5,
      zoom: 5,
    });
    expect(turned).toMatchObject({ kind: "picture", widthPx: 200, heightPx: 180 });
    const enlarged = await media.run({ ...(await upscale(200)), image } as MediaOperation);
    expect(enlarged).toMatchObject({ kind: "picture", widthPx: 800, heightPx: 720 });
  });

  test("leaves the caller's bytes usable", async () => {
    const image = await detailedPng(200, 180);
    await open(1).run({ kind: "describe", image });
    expect(image.byteLength).toBeGreaterThan(1000);
    expect((await sharp(image).metadata()).width).toBe(200);
  });

  test("passes progress on and keeps the failure's code and sentence", async () => {
    const steps: number[] = [];
    const media = open(1);
    await media.run(await upscale(), { onProgress: (done) => void steps.push(done) });
    expect(steps.length).toBeGreaterThan(1);
    await expect(media.run({ kind: "describe", image: new Uint8Array(9) })).rejects.toMatchObject({
      name: "MediaFailure",
      code: "input-invalid",
    });
  });

  test("reads no SVG from outside", async () => {
    const image = new TextEncoder().encode(
      '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"/>',
    );
    await expect(open(1).run({ kind: "describe", image })).rejects.toThrow("cannot be read");
  });

  test("refuses settings out of range before any work", async () => {
    const work = { ...(await upscale(200)), sharpen: 101 } as MediaOperation;
    await expect(open(1).run(work)).rejects.toMatchObject({
      code: "input-invalid",
      message: expect.stringContaining("sharpen") as string,
    });
  });

  test("ends work under way when it is stopped, and goes on with the next", async () => {
    const media = open(1);
    const stop = new AbortController();
    const work = media.run(await upscale(), {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    const after = media.run(draft);
    await expect(work).rejects.toMatchObject({ code: "cancelled" });
    expect(await after).toMatchObject({ kind: "picture" });
  });

  test("drops waiting work when it is stopped", async () => {
    const media = open(1, workerDoing(seen("id")));
    const stop = new AbortController();
    const first = media.run({ ...draft, seed: 1 });
    const second = media.run({ ...draft, seed: 2 }, { signal: stop.signal });
    stop.abort();
    await expect(second).rejects.toMatchObject({ code: "cancelled" });
    await expect(first).rejects.toThrow("Seen.");
    await expect(media.run(draft, { signal: stop.signal })).rejects.toMatchObject({
      code: "cancelled",
    });
  });

  test.each([
    ["throws", `throw new Error("boom");`],
    ["exits", `process.exit(3);`],
    ["speaks nonsense", `reply({ hello: "world" });`],
    [
      "sends a broken result",
      `reply({ kind: "done", id, result: { kind: "picture", bytes: 5 } });`,
    ],
  ])("fails one piece of work when its worker %s, and the next one runs", async (_, code) => {
    const isBad = `if (operation.seed === 1) { ${code} } else { ${seen("id")} }`;
    const media = open(1, workerDoing(isBad));
    await expect(media.run({ ...draft, seed: 1 })).rejects.toMatchObject({
      name: "MediaFailure",
      code: "internal",
    });
    await expect(media.run({ ...draft, seed: 2 })).rejects.toThrow("Seen.");
  });

  test("runs one heavy piece at a time, and light ones beside it", async () => {
    // The first heavy piece never ends by itself; everything else is answered at once.
    const code = `if (operation.scale !== 2) { reply({ kind: "progress", id, done: 0.5 }); ${seen("id")} }`;
    const media = open(3, workerDoing(code));
    const stop = new AbortController();
    const heavy = await upscale(200);
    let hasStarted = false;
    const first = media.run({ ...heavy, scale: 2 } as MediaOperation, { signal: stop.signal });
    const second = media.run(heavy, { onProgress: () => void (hasStarted = true) });
    first.catch(() => undefined);
    second.catch(() => undefined);
    for (let count = 0; count < 6; count++) await expect(media.run(draft)).rejects.toThrow("Seen.");
    expect(hasStarted).toBe(false);
    stop.abort();
    await expect(first).rejects.toMatchObject({ code: "cancelled" });
    await expect(second).rejects.toThrow("Seen.");
    expect(hasStarted).toBe(true);
  });

  test("rejects work under way and new work when it is closed", async () => {
    const opened = open(1);
    const work = opened.run(await upscale());
    const closing = opened.close();
    await expect(work).rejects.toMatchObject({ code: "cancelled" });
    await closing;
    await expect(opened.run(draft)).rejects.toMatchObject({ code: "cancelled" });
  });
});
