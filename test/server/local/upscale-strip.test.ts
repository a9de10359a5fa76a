import { describe, expect, test } from "vitest";
import { readPixels } from "../../../server/local/open-picture.ts";
import { haloRows, upscaleStrip } from "../../../server/local/upscale-strip.ts";
import { detailedPng } from "../../helpers/test-picture.ts";

const recipe = { scale: 3, steps: 2, strength: 1, floor: 1, cap: 6, slack: 6, grain: 4 };

describe("a strip of an enlarged picture", () => {
  test.each([1, 7, 20])("of %i rows is the same as in the whole picture", async (rows) => {
    const source = await readPixels(await detailedPng(60, 64));
    const whole = upscaleStrip(source, recipe, 0, source.heightPx);
    const rowLength = 60 * 3 * 3 * 3;
    for (const first of [0, 20, source.heightPx - rows]) {
      const strip = upscaleStrip(source, recipe, first, first + rows);
      expect(strip).toEqual(whole.slice(first * rowLength, (first + rows) * rowLength));
    }
  });

  test("depends on few rows around it", () => {
    expect(haloRows(recipe)).toBeLessThan(20);
  });
});
