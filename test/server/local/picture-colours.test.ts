import { describe, expect, test } from "vitest";
import { hexOf, oklabToRgb, rgbToOklab, type Rgb } from "../../../server/local/oklab.ts";
import { mainColours } from "../../../server/local/picture-colours.ts";

const many = (rgb: Rgb, count: number) => Array.from({ length: count }, () => rgbToOklab(rgb));

describe("the main colours of a picture", () => {
  test("are found with their shares, from dark to light", () => {
    const samples = [
      ...many([240, 220, 40], 50),
      ...many([20, 30, 90], 30),
      ...many([200, 40, 40], 20),
    ];
    const found = mainColours(samples, 3).map(({ colour, share }) => [hexOf(colour), share]);
    expect(found).toEqual([
      ["#141e5a", 0.3],
      ["#c82828", 0.2],
      ["#f0dc28", 0.5],
    ]);
  });

  test("are fewer than asked for when the picture has fewer", () => {
    expect(mainColours(many([90, 90, 90], 10), 5)).toHaveLength(1);
    expect(mainColours([], 5)).toEqual([]);
  });
});

describe("Oklab", () => {
  test("gives every grey and primary back as it was", () => {
    const colours: Rgb[] = [
      [0, 0, 0],
      [1, 1, 1],
      [127, 127, 127],
      [255, 255, 255],
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
      [18, 200, 77],
    ];
    for (const rgb of colours) expect(oklabToRgb(rgbToOklab(rgb))).toEqual(rgb);
  });

  test("makes a colour that sRGB lacks paler, not of another lightness", () => {
    const [lightness] = rgbToOklab(oklabToRgb([0.7, 0.4, 0.1]));
    expect(lightness).toBeCloseTo(0.7, 1);
  });
});
