import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Asset } from "#domain/asset";
import type { AssetStore } from "../../../server/assets/asset-store.ts";
import { openDerivedPictures } from "../../../server/assets/derive-picture.ts";
import { openDiskAssetStore } from "../../../server/assets/disk-asset-store.ts";
import type { PictureRecipe } from "../../../server/assets/inspection.ts";
import { createInspector, type Inspector } from "../../../server/assets/inspector.ts";
import { receiveAsset } from "../../../server/assets/receive-asset.ts";
import { listFiles, makeFolder, readAll, removeFolder } from "../../helpers/asset-folder.ts";

const inspector = createInspector();
afterAll(() => inspector.close());

let folder = "";
let store: AssetStore;
beforeEach(async () => {
  folder = await makeFolder();
  store = await openDiskAssetStore({ folder, minimumFreeBytes: 0 });
});
afterEach(() => removeFolder(folder));

/** An inspector that counts what it is asked for. */
function counting(): Inspector & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    close: () => Promise.resolve(),
    ask: (request) => {
      asked.push(request.kind);
      return inspector.ask(request);
    },
  };
}

const open = (asking: Inspector = inspector) =>
  openDerivedPictures({ store, inspector: asking, folder: join(folder, "derived") });

async function receive(bytes: Uint8Array): Promise<Asset> {
  const received = await receiveAsset({ store, inspector }, [bytes]);
  if (received.kind === "refused") throw new Error(received.sentence);
  return received.asset;
}

async function derive(bytes: Uint8Array, recipe: PictureRecipe = { kind: "figma" }) {
  const derived = await (await open()).derive(await receive(bytes), recipe);
  if (derived.kind !== "derived") throw new Error(derived.kind);
  const made = await readAll(store.open(derived.asset.hash));
  expect(made.length).toBe(derived.asset.bytes);
  const { width, height, format, ...rest } = await sharp(made).metadata();
  expect([width, height]).toEqual([derived.asset.widthPx, derived.asset.heightPx]);
  expect(`image/${format}`).toBe(derived.asset.mediaType);
  return { ...rest, asset: derived.asset, bytes: made };
}

const red = { r: 255, g: 0, b: 0 };
function flat(width: number, height: number, channels: 3 | 4 = 3) {
  return sharp({ create: { width, height, channels, background: { ...red, alpha: 0.5 } } });
}

describe("the picture for Figma", () => {
  it("is upright, without metadata and without what came after its end", async () => {
    const jpeg = await flat(40, 30)
      .withExif({ IFD0: { Copyright: "secret place" } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const made = await derive(Buffer.concat([jpeg, Buffer.from("<script>secret")]));
    expect(made.asset).toMatchObject({ mediaType: "image/jpeg", widthPx: 30, heightPx: 40 });
    expect(made.orientation).toBeUndefined();
    expect(made.exif).toBeUndefined();
    expect(made.bytes.includes("secret")).toBe(false);
  });

  it("is in sRGB: a colour of a wider space is carried over, its profile is not", async () => {
    const wide = await flat(9, 9).withIccProfile("p3").png().toBuffer();
    const stored = await sharp(wide, { ignoreIcc: true }).raw().toBuffer();
    expect(stored[0]).toBeLessThan(250);
    const made = await derive(wide);
    expect(made.icc).toBeUndefined();
    const [r = 0, g = 0] = await sharp(made.bytes).raw().toBuffer();
    expect(r).toBeGreaterThan(250);
    expect(g).toBeLessThan(12);
  });

  it("has at most 4096 pixels a side", async () => {
    const made = await derive(await flat(5_000, 500).png().toBuffer());
    expect(made.asset).toMatchObject({ mediaType: "image/png", widthPx: 4_096, heightPx: 410 });
  });

  it.each([
    ["png", 3, "png"],
    ["png", 4, "png"],
    ["jpeg", 3, "jpeg"],
    ["webp", 3, "jpeg"],
    ["webp", 4, "png"],
    ["avif", 3, "jpeg"],
    ["avif", 4, "png"],
    ["gif", 3, "png"],
  ] as const)("of %s with %i channels is %s", async (format, channels, expected) => {
    const made = await derive(await flat(20, 10, channels).toFormat(format).toBuffer());
    expect(made.asset.mediaType).toBe(`image/${expected}`);
  });

  it("is a GIF with every frame when it moves, and Figma takes it as it is", async () => {
    const frames = Buffer.from(Array.from({ length: 20 * 30 * 3 }, (_, index) => index % 256));
    const raw = { width: 20, height: 30, channels: 3, pageHeight: 10 } as const;
    const bytes = await sharp(frames, { raw }).gif().toBuffer();
    const made = await derive(bytes);
    expect(made.pages).toBe(3);
    expect(made.asset).toMatchObject({ mediaType: "image/gif", widthPx: 20, heightPx: 10 });
    const still = await derive(bytes, { kind: "thumbnail", sidePx: 256 });
    expect(still.asset.mediaType).not.toBe("image/gif");
  });
});

describe("a thumbnail", () => {
  it("fits a square, and is never larger than its picture", async () => {
    const bytes = await flat(2_000, 1_000).jpeg().toBuffer();
    const made = await derive(bytes, { kind: "thumbnail", sidePx: 256 });
    expect(made.asset).toMatchObject({ widthPx: 256, heightPx: 128 });
    const own = await derive(await flat(60, 90).png().toBuffer(), {
      kind: "thumbnail",
      sidePx: 512,
    });
    expect(own.asset).toMatchObject({ widthPx: 60, heightPx: 90 });
  });
});

describe("derived pictures", () => {
  const recipe = { kind: "thumbnail", sidePx: 256 } as const;

  it("are made once for all who ask at the same time, and found again later", async () => {
    const asset = await receive(await flat(300, 300).png().toBuffer());
    const asking = counting();
    const pictures = await open(asking);
    const all = await Promise.all(Array.from({ length: 8 }, () => pictures.derive(asset, recipe)));
    expect(new Set(all.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(await (await open(asking)).derive(asset, recipe)).toEqual(all[0]);
    expect(asking.asked).toEqual(["derive"]);
    const files = await listFiles(join(folder, "derived"));
    expect(files).toEqual([join(asset.hash.slice(0, 2), `${asset.hash}-thumbnail-256-v1`)]);
  });

  it("are made again when they were removed, or their note is damaged", async () => {
    const asset = await receive(await flat(300, 300).png().toBuffer());
    const asking = counting();
    const pictures = await open(asking);
    const first = await pictures.derive(asset, recipe);
    if (first.kind !== "derived") throw new Error(first.kind);
    await store.remove(first.asset.hash);
    expect(await pictures.derive(asset, recipe)).toEqual(first);
    expect(await store.has(first.asset.hash)).toBe(true);
    const [note = ""] = await listFiles(join(folder, "derived"));
    await writeFile(join(folder, "derived", note), `{"hash": "../..`);
    expect(await pictures.derive(asset, recipe)).toEqual(first);
    expect(asking.asked).toHaveLength(3);
  });

  it("are not made of what is not there or is no picture", async () => {
    const asset = await receive(await flat(9, 9).png().toBuffer());
    const pictures = await open();
    await store.remove(asset.hash);
    expect(await pictures.derive(asset, recipe)).toEqual({ kind: "missing" });
    const text = await receive(Buffer.from("hello"));
    expect(await pictures.derive(text, recipe)).toMatchObject({
      kind: "refused",
      code: "type-unsupported",
    });
    expect(await readdir(join(folder, "derived", "temp"))).toEqual([]);
  });
});
