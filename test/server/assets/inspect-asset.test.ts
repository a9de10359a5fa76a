import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inspectAsset, usualMostBytes } from "../../../server/assets/inspect-asset.ts";
import { createInspector } from "../../../server/assets/inspector.ts";
import { makeFolder, removeFolder, sha256 } from "../../helpers/asset-folder.ts";
import { buildPng, chunkOf } from "../../helpers/build-png.ts";

const inspector = createInspector();
let folder = "";
beforeAll(async () => {
  folder = await makeFolder();
});
afterAll(async () => {
  await inspector.close();
  await removeFolder(folder);
});

let files = 0;

async function inspect(bytes: Uint8Array, mostBytes = usualMostBytes, name = `${++files}`) {
  const file = join(folder, name);
  await writeFile(file, bytes);
  const uninspected = { file, hash: sha256(bytes), bytes: bytes.length };
  return inspectAsset(inspector, uninspected, mostBytes);
}

function flat(widthPx: number, heightPx: number) {
  const background = { r: 200, g: 100, b: 50 };
  return sharp({ create: { width: widthPx, height: heightPx, channels: 3, background } });
}

/** Six frames of noise, the same every time. */
function animation() {
  const noise = Buffer.from(Array.from({ length: 50 * 240 * 3 }, (_, i) => (i * i * 31) % 251));
  return sharp(noise, { raw: { width: 50, height: 240, channels: 3, pageHeight: 40 } });
}

describe("pictures", () => {
  it.each(["png", "jpeg", "webp", "gif", "avif"] as const)("are taken: %s", async (format) => {
    const bytes = await flat(40, 30).toFormat(format).toBuffer();
    const asset = {
      hash: sha256(bytes),
      mediaType: `image/${format}`,
      bytes: bytes.length,
      widthPx: 40,
      heightPx: 30,
      durationMs: null,
    };
    expect(await inspect(bytes)).toEqual({ kind: "accepted", asset });
  });

  it("have the size that people see, not the one that the camera stored", async () => {
    const bytes = await flat(40, 30).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await inspect(bytes)).toMatchObject({ asset: { widthPx: 30, heightPx: 40 } });
  });

  it("are told by their bytes, whatever they are called", async () => {
    const bytes = await flat(8, 8).png().toBuffer();
    const named = await inspect(bytes, usualMostBytes, "page.html");
    expect(named).toMatchObject({ asset: { mediaType: "image/png" } });
    const page = Buffer.from("<!doctype html><script>alert(1)</script>");
    expect(await inspect(page, usualMostBytes, "photo.png")).toMatchObject({
      code: "type-unsupported",
      sentence: expect.stringContaining("a web page (HTML)") as string,
    });
  });

  it("may have something after their end: it is never served as a page", async () => {
    const png = await flat(8, 8).png().toBuffer();
    const bytes = Buffer.concat([png, Buffer.from("<script>alert(1)</script>")]);
    expect(await inspect(bytes)).toMatchObject({ asset: { mediaType: "image/png", widthPx: 8 } });
  });

  it("are taken with an ancillary chunk that is a little wrong", async () => {
    const png = buildPng({ widthPx: 9, heightPx: 9 });
    const profile = chunkOf("iCCP", Buffer.from("icc\0\0not a profile"));
    const bytes = Buffer.concat([png.subarray(0, 33), profile, png.subarray(33)]);
    expect(await inspect(bytes)).toMatchObject({ kind: "accepted" });
  });

  it.each(["gif", "webp"] as const)("may move: %s", async (format) => {
    const bytes = await animation().toFormat(format).toBuffer();
    expect(await inspect(bytes)).toMatchObject({ asset: { widthPx: 50, heightPx: 40 } });
  });

  it("are decoded in all their frames", async () => {
    const damaged = Buffer.from(await animation().gif().toBuffer());
    const inLastFrame = Math.floor(damaged.length * 0.9);
    damaged.fill(0xff, inLastFrame, inLastFrame + 60);
    expect(await inspect(damaged)).toMatchObject({ code: "unreadable" });
  });
});

describe("F48: pictures that lie or are broken", () => {
  it("are refused when they unfold to more than 50 million pixels", async () => {
    const bomb = buildPng({ widthPx: 16_000, heightPx: 16_000, depth: 1, colour: 0 });
    expect(await inspect(bomb)).toEqual({
      kind: "refused",
      code: "too-many-pixels",
      sentence:
        "The picture has 16000 x 16000 pixels, 256 million; at most 50 million are taken. Make it smaller.",
    });
  });

  it("are refused when they claim to be huge", async () => {
    const claim = { widthPx: 60_000, heightPx: 60_000, depth: 1, colour: 0, rows: 0 } as const;
    const bytes = buildPng(claim);
    expect(bytes.length).toBeLessThan(100);
    expect(await inspect(bytes)).toMatchObject({ code: "too-many-pixels" });
  });

  it("F16: are refused when rows are missing", async () => {
    const bytes = buildPng({ widthPx: 5_000, heightPx: 5_000, rows: 3 });
    expect(await inspect(bytes)).toMatchObject({ code: "unreadable" });
  });

  it.each(["png", "jpeg", "webp", "gif", "avif"] as const)(
    "are refused cut off: %s",
    async (format) => {
      const noise = { type: "gaussian", mean: 128, sigma: 60 } as const;
      const create = { width: 300, height: 200, channels: 3, noise, background: "#000" } as const;
      const bytes = await sharp({ create }).toFormat(format).toBuffer();
      for (const share of [0.9, 0.5]) {
        const cut = bytes.subarray(0, Math.floor(bytes.length * share));
        const inspected = await inspect(cut);
        expect(inspected).toEqual({
          kind: "refused",
          code: "unreadable",
          sentence: "The file is damaged or incomplete and cannot be read. Export it again.",
        });
      }
    },
  );

  it("are refused when they hold only a signature", async () => {
    expect(await inspect(buildPng({ widthPx: 1, heightPx: 1 }).subarray(0, 33))).toMatchObject({
      kind: "refused",
    });
  });
});
