import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { draftMark, layOutLabel } from "../../../server/local/draft-label.ts";
import { draftSidePx, drawDraft, type DraftRequest } from "../../../server/local/draft-picture.ts";
import { pixelOf, pngOf, rawOf } from "../../helpers/test-picture.ts";

const request: DraftRequest = {
  prompt: "Coffee cup on a table, morning light",
  seed: 7,
  widthPx: 480,
  heightPx: 320,
  references: [],
  style: "auto",
};
const draft = (changes: Partial<DraftRequest> = {}) => drawDraft({ ...request, ...changes });

describe("a draft", () => {
  test.each(["scene", "flow", "geometric"] as const)(
    "in the %s look is the same to the byte when drawn again",
    async (style) => {
      expect(await draft({ style })).toEqual(await draft({ style }));
    },
  );

  test("changes with the seed, the prompt, the look and the references", async () => {
    const reference = await pngOf(64, 64, (x) => (x < 32 ? [200, 30, 30] : [250, 220, 60]));
    const others = await Promise.all([
      draft({ seed: 8 }),
      draft({ prompt: "City at night" }),
      draft({ style: "flow" }),
      draft({ references: [reference] }),
    ]);
    const all = [await draft(), ...others].map((bytes) => Buffer.from(bytes).toString("base64"));
    expect(new Set(all).size).toBe(all.length);
  });

  test.each([
    [draftSidePx.least, draftSidePx.least],
    [1000, draftSidePx.least],
    [333, 777],
    [draftSidePx.most, 512],
  ])("is exactly %i × %i px", async (widthPx, heightPx) => {
    const { width, height, format } = await sharp(await draft({ widthPx, heightPx })).metadata();
    expect({ width, height, format }).toEqual({ width: widthPx, height: heightPx, format: "png" });
  });

  test.each([
    [63, 500],
    [500, 4097],
    [100.5, 100],
    [Number.NaN, 100],
  ])("of %d × %d px is refused with a sentence", async (widthPx, heightPx) => {
    await expect(draft({ widthPx, heightPx })).rejects.toMatchObject({
      code: "input-invalid",
      message: expect.stringContaining("64 to 4096 px") as string,
    });
  });

  test("takes its look from the words of the prompt", async () => {
    const silk = { prompt: "Abstract silk gradient" };
    expect(await draft({ ...silk, style: "auto" })).toEqual(
      await draft({ ...silk, style: "flow" }),
    );
    const tiles = { prompt: "Bauhaus pattern" };
    expect(await draft({ ...tiles, style: "auto" })).toEqual(
      await draft({ ...tiles, style: "geometric" }),
    );
  });

  test("takes its colours from the references", async () => {
    const red = await pngOf(64, 64, (_, y) => [150 + y, 20, 30]);
    const { channels } = await sharp(await draft({ references: [red], style: "flow" })).stats();
    const [redMean, greenMean, blueMean] = channels.map(({ mean }) => mean);
    expect(redMean).toBeGreaterThan(greenMean! + 40);
    expect(redMean).toBeGreaterThan(blueMean! + 40);
  });

  test("refuses a reference that is no picture", async () => {
    await expect(draft({ references: [new Uint8Array([1, 2, 3])] })).rejects.toMatchObject({
      code: "input-invalid",
    });
  });

  test("says in its file that no model made it", async () => {
    const { exif } = await sharp(await draft()).metadata();
    expect(exif?.toString("latin1")).toContain(draftMark);
    expect(exif?.toString("latin1")).toContain("without an AI model");
  });

  test.each(["scene", "flow", "geometric"] as const)(
    "in the %s look shows the yellow mark with dark letters",
    async (style) => {
      const { pill } = layOutLabel(request);
      const picture = await rawOf(await draft({ style }));
      let [yellow, dark] = [0, 0];
      for (let x = Math.ceil(pill.leftPx); x < pill.leftPx + pill.widthPx; x++) {
        for (let y = Math.ceil(pill.topPx); y < pill.topPx + pill.heightPx; y++) {
          const [red, green, blue] = pixelOf(picture, x, y);
          if (red! > 240 && green! > 200 && blue! < 100) yellow++;
          if (red! < 90 && green! < 90 && blue! < 90) dark++;
        }
      }
      const area = pill.widthPx * pill.heightPx;
      expect(yellow / area).toBeGreaterThan(0.5);
      expect(dark / area).toBeGreaterThan(0.03);
    },
  );

  test("can be drawn at 4096 px a side", async () => {
    const { width } = await sharp(await draft({ widthPx: 4096, heightPx: 4096 })).metadata();
    expect(width).toBe(4096);
  });

  test("is drawn for any prompt", async () => {
    const strange = fc.oneof(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc
        .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
        .map((units) => String.fromCharCode(...units)),
    );
    await fc.assert(
      fc.asyncProperty(strange, fc.integer(), async (prompt, seed) => {
        const { width } = await sharp(
          await draft({ prompt, seed, widthPx: 96, heightPx: 72 }),
        ).metadata();
        expect(width).toBe(96);
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    ["XML specials", `</text><script>&"'<![CDATA[ ]]>`],
    ["NUL and lone surrogates", "a\u0000b\ud800c\udfffd"],
    ["10,000 characters", "calm blue sea ".repeat(720).slice(0, 10_000)],
    ["10,000 characters without a space", "W".repeat(10_000)],
    ["no letters of the font", "一只猫坐在窗边看雨 قطة 🐈‍⬛"],
    ["piled up marks", `z${"\u0300".repeat(500)}`],
  ])("is drawn for a prompt with %s", async (_, prompt) => {
    const { width } = await sharp(await draft({ prompt })).metadata();
    expect(width).toBe(request.widthPx);
  });
});
