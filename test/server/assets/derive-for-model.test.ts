import sharp from "sharp";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { join } from "node:path";
import type { AssetStore } from "../../../server/assets/asset-store.ts";
import { openDerivedPictures } from "../../../server/assets/derive-picture.ts";
import { openDiskAssetStore } from "../../../server/assets/disk-asset-store.ts";
import type { PictureRecipe } from "../../../server/assets/inspection.ts";
import { createInspector } from "../../../server/assets/inspector.ts";
import { receiveAsset } from "../../../server/assets/receive-asset.ts";
import { makeFolder, readAll, removeFolder } from "../../helpers/asset-folder.ts";

const inspector = createInspector();
afterAll(() => inspector.close());

let folder = "";
let store: AssetStore;
beforeEach(async () => {
  folder = await makeFolder();
  store = await openDiskAssetStore({ folder, minimumFreeBytes: 0 });
});
afterEach(() => removeFolder(folder));

async function derive(bytes: Uint8Array, recipe: PictureRecipe) {
  const received = await receiveAsset({ store, inspector }, [bytes]);
  if (received.kind === "refused") throw new Error(received.sentence);
  const pictures = await openDerivedPictures({ store, inspector, folder: join(folder, "derived") });
  const derived = await pictures.derive(received.asset, recipe);
  if (derived.kind !== "derived") return { derived, made: null };
  return { derived, made: await readAll(store.open(derived.asset.hash)) };
}

const all = ["image/png", "image/jpeg", "image/webp"] as const;
const forModel = (changes: Partial<Extract<PictureRecipe, { kind: "model" }>> = {}) =>
  ({
    kind: "model",
    mediaTypes: [...all],
    sidePx: 2_000,
    maxBytes: 10_000_000,
    ...changes,
  }) satisfies PictureRecipe;

/** Noise, which no format makes small. */
const noise = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "grey",
      noise: { type: "gaussian", mean: 128, sigma: 60 },
    },
  });

describe("a picture for a model", () => {
  test("keeps its pixels where they fit, without what it says of its place and camera", async () => {
    const photo = await sharp({ create: { width: 40, height: 20, channels: 3, background: "red" } })
      .withExif({ IFD3: { GPSLatitude: "52/1 30/1 0/1" } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { made } = await derive(photo, forModel());
    const { width, height, exif, format } = await sharp(made!).metadata();
    expect([width, height, exif, format]).toEqual([20, 40, undefined, "jpeg"]);
  });

  test("is made smaller to the longest side and to the bytes that the model takes", async () => {
    const bytes = await noise(1_500, 1_000).png().toBuffer();
    const { derived, made } = await derive(bytes, forModel({ sidePx: 900, maxBytes: 150_000 }));
    expect(made!.length).toBeLessThanOrEqual(150_000);
    expect(derived).toMatchObject({
      asset: { mediaType: expect.stringMatching(/webp|jpeg/) as unknown },
    });
    const { width, height } = await sharp(made!).metadata();
    expect(width).toBeLessThanOrEqual(900);
    expect(Math.abs(width / height - 1.5)).toBeLessThan(0.02);
  });

  test("is a JPEG on white for a model that knows no transparency", async () => {
    const clear = await sharp({
      create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const { made } = await derive(clear, forModel({ mediaTypes: ["image/jpeg"] }));
    const { data } = await sharp(made!).raw().toBuffer({ resolveWithObject: true });
    expect(Math.min(...data)).toBeGreaterThan(250);
  });

  test("is refused when no size of it fits", async () => {
    const { derived } = await derive(
      await noise(64, 64).png().toBuffer(),
      forModel({ maxBytes: 10 }),
    );
    expect(derived).toMatchObject({ kind: "refused", code: "too-large" });
  });
});

describe("a mask", () => {
  /** Left half white, right half black. */
  const half = async () => {
    const white = { create: { width: 4, height: 8, channels: 3, background: "white" } } as const;
    const left = await sharp(white).png().toBuffer();
    return sharp({ create: { width: 8, height: 8, channels: 3, background: "black" } })
      .composite([{ input: left, left: 0, top: 0 }])
      .png()
      .toBuffer();
  };
  const pixels = async (form: "white" | "black" | "transparent") => {
    const { made } = await derive(await half(), { kind: "mask", form, widthPx: 16, heightPx: 8 });
    const { data, info } = await sharp(made!).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([16, 8]);
    const at = (x: number) => data.subarray(x * info.channels, (x + 1) * info.channels);
    return { left: [...at(1)], right: [...at(14)] };
  };

  test("is white, black or transparent where something shall change, of exactly that size", async () => {
    const white = await pixels("white");
    expect([white.left[0], white.right[0]]).toEqual([255, 0]);
    const black = await pixels("black");
    expect([black.left[0], black.right[0]]).toEqual([0, 255]);
    const transparent = await pixels("transparent");
    expect([transparent.left.length, transparent.left.at(-1), transparent.right.at(-1)]).toEqual([
      4, 0, 255,
    ]);
  });

  test("changes nothing where it is transparent itself", async () => {
    const clear = await sharp({
      create: {
        width: 4,
        height: 4,
        channels: 4,
        background: { r: 255, g: 255, b: 255, alpha: 0 },
      },
    })
      .png()
      .toBuffer();
    const { made } = await derive(clear, { kind: "mask", form: "white", widthPx: 4, heightPx: 4 });
    expect(Math.max(...(await sharp(made!).raw().toBuffer()))).toBe(0);
  });
});
