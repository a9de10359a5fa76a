import type { Pixels } from "./open-picture.ts";
import { pictureParts, type PictureFacts, type PicturePart } from "./picture-facts.ts";

/** Mean and spread of lightness, 0 to 1, and how far the left half differs from the mirrored right. */
export interface LightnessMeasures {
  readonly mean: number;
  readonly contrast: number;
  /** 0 for a perfect mirror; 1 when the halves differ as much as the picture's own contrast. */
  readonly mirrorDifference: number;
}

/** Measures lightness over a picture of 3 channels. */
export function measureLightness(pixels: Pixels): LightnessMeasures {
  const lightness = lightnessOf(pixels);
  const { widthPx, heightPx } = pixels;
  const count = Math.max(1, lightness.length);
  const mean = lightness.reduce((sum, value) => sum + value, 0) / count;
  const variance = lightness.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
  const contrast = Math.sqrt(variance);
  let difference = 0;
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const value = lightness[y * widthPx + x] ?? 0;
      const mirrored = lightness[y * widthPx + widthPx - 1 - x] ?? 0;
      difference += Math.abs(value - mirrored);
    }
  }
  return { mean, contrast, mirrorDifference: difference / count / Math.max(0.02, contrast) };
}

/** Finds the two busiest ninths and the calmest, by how much lightness changes in them. */
export function measureDetail(pixels: Pixels): Pick<PictureFacts, "detail" | "quiet"> {
  const { widthPx, heightPx } = pixels;
  const lightness = lightnessOf(pixels);
  const sums = new Float64Array(9);
  const counts = new Float64Array(9);
  for (let y = 0; y + 1 < heightPx; y++) {
    for (let x = 0; x + 1 < widthPx; x++) {
      const here = lightness[y * widthPx + x] ?? 0;
      const right = (lightness[y * widthPx + x + 1] ?? 0) - here;
      const below = (lightness[(y + 1) * widthPx + x] ?? 0) - here;
      const part = Math.floor((y * 3) / heightPx) * 3 + Math.floor((x * 3) / widthPx);
      sums[part] = (sums[part] ?? 0) + Math.hypot(right, below);
      counts[part] = (counts[part] ?? 0) + 1;
    }
  }
  const busyness = (part: PicturePart) => {
    const index = pictureParts.indexOf(part);
    return (sums[index] ?? 0) / Math.max(1, counts[index] ?? 0);
  };
  const order = [...pictureParts].sort((one, other) => busyness(other) - busyness(one));
  const [first = "centre", second = "centre"] = order;
  return { detail: [first, second], quiet: order.at(-1) ?? "centre" };
}

function lightnessOf({ data }: Pixels): Float64Array {
  const lightness = new Float64Array(Math.floor(data.length / 3));
  for (let pixel = 0, at = 0; pixel < lightness.length; pixel++, at += 3) {
    lightness[pixel] =
      (0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0)) / 255;
  }
  return lightness;
}
