import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Asset } from "#domain/asset";
import type { AssetStore } from "../../../server/assets/asset-store.ts";
import { assetHeaders } from "../../../server/assets/asset-headers.ts";
import { openDerivedPictures } from "../../../server/assets/derive-picture.ts";
import { openDiskAssetStore } from "../../../server/assets/disk-asset-store.ts";
import type { PictureRecipe } from "../../../server/assets/inspection.ts";
import { createInspector } from "../../../server/assets/inspector.ts";
import { receiveAsset } from "../../../server/assets/receive-asset.ts";
import { listFiles, makeFolder, readAll, removeFolder } from "../../helpers/asset-folder.ts";

const inspector = createInspector({ processes: 1 });
let folder = "";
let store: AssetStore;
beforeAll(async () => {
  folder = await makeFolder();
  store = await openDiskAssetStore({ folder: join(folder, "bytes"), minimumFreeBytes: 0 });
});
afterAll(async () => {
  await inspector.close();
  await removeFolder(folder);
});

const drawing = (inner: string) =>
  `<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" onload="alert(1)">${inner}</svg>`;
const receive = (svg: string | Uint8Array, takesDrawings = true) =>
  receiveAsset({ store, inspector }, [Buffer.from(svg)], { takesDrawings });

describe("a drawing by a model", () => {
  let asset: Asset;
  beforeAll(async () => {
    const inner = `<script>alert(1)</script><circle cx="50" cy="50" r="40" fill="red"/><image href="http://evil.test/x.png" width="9" height="9"/>`;
    const received = await receive(drawing(inner));
    if (received.kind === "refused") throw new Error(received.sentence);
    ({ asset } = received);
  });
  const derive = async (recipe: PictureRecipe) => {
    const pictures = await openDerivedPictures({
      store,
      inspector,
      folder: join(folder, "derived"),
    });
    const derived = await pictures.derive(asset, recipe);
    if (derived.kind !== "derived") throw new Error(derived.kind);
    return { asset: derived.asset, bytes: await readAll(store.open(derived.asset.hash)) };
  };

  test("is kept as an SVG of what draws, and nothing else of it is", async () => {
    expect(asset).toMatchObject({ mediaType: "image/svg+xml", widthPx: 1_024, heightPx: 512 });
    const kept = (await readAll(store.open(asset.hash))).toString();
    expect(kept).toMatch(/^<svg [^>]+><circle [^>]+fill="red"\/><image [^>]+\/><\/svg>\n$/);
    expect(kept).not.toMatch(/script|onload|evil/);
    expect(kept.length).toBe(asset.bytes);
    expect(await listFiles(join(folder, "bytes"))).toHaveLength(1);
  });

  test("is shown as a PNG as sharp as Figma takes it, transparent where nothing is drawn", async () => {
    const made = await derive({ kind: "figma" });
    expect(made.asset).toMatchObject({ mediaType: "image/png", widthPx: 4_096, heightPx: 2_048 });
    const { data, info } = await sharp(made.bytes).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => [
      ...data.subarray((y * info.width + x) * 4).subarray(0, 4),
    ];
    expect(at(1_024, 1_024)).toEqual([255, 0, 0, 255]);
    expect(at(4_000, 1_024)[3]).toBe(0);
    // From the edge of the disc to outside of it in two pixels: it was drawn so large, not enlarged.
    expect([at(1_842, 1_024)[3], at(1_845, 1_024)[3]]).toEqual([255, 0]);
    expect(await listFiles(join(folder, "derived", "temp"))).toEqual([]);
  });

  test.each<[PictureRecipe, Partial<Asset>]>([
    [
      { kind: "thumbnail", sidePx: 256 },
      { mediaType: "image/png", widthPx: 256, heightPx: 128 },
    ],
    [
      { kind: "model", mediaTypes: ["image/jpeg"], sidePx: 2_048, maxBytes: 1e6 },
      { mediaType: "image/jpeg", widthPx: 1_024, heightPx: 512 },
    ],
    [
      { kind: "mask", form: "white", widthPx: 30, heightPx: 40 },
      { mediaType: "image/png", widthPx: 30, heightPx: 40 },
    ],
  ])("becomes what any picture becomes: %j", async (recipe, expected) => {
    expect((await derive(recipe)).asset).toMatchObject(expected);
  });

  test("is only ever saved, as .svg, and is no page", () => {
    expect(assetHeaders(asset, { kind: "whole" }, "Red disc")).toMatchObject({
      "Content-Type": "image/svg+xml; charset=utf-8",
      "Content-Disposition": 'attachment; filename="Red disc.svg"',
      "Content-Security-Policy": "sandbox; default-src 'none'",
      "X-Content-Type-Options": "nosniff",
    });
  });
});

test("an upload of a drawing is refused as before", async () => {
  const sentence: unknown = expect.stringMatching(/^This is an SVG drawing, which cannot/);
  const received = await receive(drawing("<path d='M0 0h9v9z'/>"), false);
  expect(received).toMatchObject({ kind: "refused", code: "type-unsupported", sentence });
});

const png = async (side: number) =>
  (
    await sharp({ create: { width: side, height: side, channels: 3, background: "red" } })
      .png()
      .toBuffer()
  ).toString("base64");

describe("a drawing that is refused leaves nothing", () => {
  test.each<[string, string, () => string | Promise<string>]>([
    ["unreadable", "The SVG drawing shows nothing.", () => drawing("<script>alert(1)</script>")],
    [
      "unreadable",
      "shows nothing.",
      () => drawing('<image href="file:///etc/passwd" width="9" height="9"/>'),
    ],
    [
      "unreadable",
      "declares entities",
      () => `<!DOCTYPE svg [<!ENTITY a "b">]>${drawing("").slice(22)}`,
    ],
    ["unreadable", "not well-formed", () => drawing("<g>")],
    ["too-heavy", "too complex", () => drawing("<g>".repeat(99) + "</g>".repeat(99))],
    ["unreadable", "has no size", () => '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    [
      "too-heavy",
      "too large once its styles",
      () => drawing(`<style>g{font-family:${"a".repeat(4_000)}}</style>${"<g/>".repeat(5_000)}`),
    ],
    ["too-large", "at most 10 MB", () => drawing(`<path d="${"M0 0".padEnd(11e6)}"/>`)],
    [
      "too-heavy",
      "a picture that is too large",
      async () =>
        drawing(`<image href="data:image/png;base64,${await png(5_000)}" width="9" height="9"/>`),
    ],
    [
      "too-heavy",
      "not what it is called",
      async () =>
        drawing(`<image href="data:image/jpeg;base64,${await png(5)}" width="9" height="9"/>`),
    ],
  ])("%s: %s", async (code, words, make) => {
    const before = await listFiles(folder);
    const received = await receive(await make());
    expect(received).toMatchObject({ kind: "refused", code });
    expect(received).toHaveProperty("sentence", expect.stringContaining(words));
    expect(received).toHaveProperty("sentence", expect.stringMatching(/^The .+\.$/));
    expect(await listFiles(folder)).toEqual(before);
  });
});
