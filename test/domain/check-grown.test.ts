import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Asset } from "#domain/asset";
import { checkPictures } from "#domain/check-pictures";
import type { Node } from "#domain/graph";
import type { Model } from "#domain/model";
import { fakeModel } from "../helpers/fake-provider.ts";

const image = (widthPx: number | null, heightPx: number | null): Asset => ({
  hash: "ab".repeat(32),
  mediaType: "image/png",
  bytes: 1_000,
  widthPx,
  heightPx,
  durationMs: null,
});
const range = { leastSidePx: 160, leastRatio: 0.333, mostRatio: 3 };
const upscaler = (grown: NonNullable<Model["limits"][string]["grown"]>): Model =>
  fakeModel("upscale", {
    title: "Creative",
    limits: { image: { ...range, grown } },
    params: { smaller: { control: "switch", label: "Start smaller", default: false } },
  });
const byPixels = upscaler({ setting: "scale", mostMegapixels: 25.3, fitBy: "smaller" });
const bySide = upscaler({ setting: "scale", mostSidePx: 10_060 });
const node = (settings: Node["settings"]): Node => ({
  id: "1:2",
  type: "image-upscaler",
  title: "Enlarge",
  model: null,
  settings,
  isLocked: false,
});
const check = (model: Model, settings: Node["settings"], asset: Asset) =>
  checkPictures(node(settings), model, [
    { prompt: "", items: { image: [{ kind: "asset", asset }] }, count: 1 },
  ]);

describe("a factor that makes a picture too large", () => {
  test("is an issue at the factor, with what fits and what else can be done", () => {
    expect(check(byPixels, { scale: "8" }, image(1_024, 1_024))).toEqual([
      {
        code: "model-unfit",
        nodeId: "1:2",
        port: "image",
        setting: "scale",
        message:
          'Creative cannot enlarge the image of "Enlarge" 8 times: 1024 x 1024 px would become 8192 x 8192 px, and a result has at most 25.3 megapixels. To run it, choose 4x, turn on "Start smaller", take a smaller image or another model.',
      },
    ]);
    const [issue] = check(bySide, { scale: "16" }, image(8_000, 6_000));
    expect(issue?.message).toBe(
      'Creative cannot enlarge the image of "Enlarge" 16 times: 8000 x 6000 px would become 128000 x 96000 px, and no side of a result has more than 10060 px. To run it, take a smaller image or another model.',
    );
  });

  test("is none where the model may start from a smaller copy, or the size is not known", () => {
    expect(check(byPixels, { scale: "16", smaller: true }, image(4_000, 4_000))).toEqual([]);
    expect(check(byPixels, { scale: "16" }, image(null, null))).toEqual([]);
  });

  test("is one for every picture and factor whose product is above the limit, and no other", () => {
    const side = fc.integer({ min: 400, max: 1_200 });
    fc.assert(
      fc.property(side, side, fc.constantFrom("2", "4", "8", "16"), (width, height, scale) => {
        const isOver = width * height * Number(scale) ** 2 > 25_300_000;
        expect(check(byPixels, { scale }, image(width, height)).length > 0).toBe(isOver);
        const isLong = Math.max(width, height) * Number(scale) > 10_060;
        expect(check(bySide, { scale }, image(width, height)).length > 0).toBe(isLong);
      }),
    );
  });
});
