import type { Pixels } from "./open-picture.ts";
import { catmullRom, lanczos3, resample, type Grid } from "./resample.ts";
import { addGrain, keepWithinNeighbours, sharpen, type SharpenRecipe } from "./sharpen.ts";

/** How an enlargement is made; `steps` are rounds of back-projection. */
export interface EnlargeRecipe extends SharpenRecipe {
  readonly scale: number;
  readonly steps: number;
  /** How far a value may leave the range of its neighbours in the source, in levels of 255. */
  readonly slack: number;
  /** The strength of added grain, in levels of 255. */
  readonly grain: number;
}

/** Rows beyond a strip that its result can depend on: the reach of each kernel in source rows. */
export function haloRows({ steps }: EnlargeRecipe): number {
  const sharpening = 2;
  return lanczos3.radius + steps * (lanczos3.radius + catmullRom.radius) + sharpening;
}

/**
 * Enlarges the rows from `firstRow` up to, not including, `endRow` of a picture. How a picture is
 * cut into strips does not change the result.
 */
export function upscaleStrip(
  source: Pixels,
  recipe: EnlargeRecipe,
  firstRow: number,
  endRow: number,
): Uint8Array {
  const { scale } = recipe;
  const from = Math.max(0, firstRow - haloRows(recipe));
  const to = Math.min(source.heightPx, endRow + haloRows(recipe));
  const low = readRows(source, from, to);
  const high = enlarge(low, recipe);
  sharpen(high, scale, recipe);
  keepWithinNeighbours(high, low, scale, recipe.slack);
  const skip = (firstRow - from) * scale;
  const rows = { first: skip, end: skip + (endRow - firstRow) * scale };
  if (recipe.grain > 0) addGrain(high, rows, from * scale, recipe.grain);
  return toBytes(high, rows);
}

/**
 * Lanczos, then back-projection: shrink the result, compare it with the source, add the difference.
 * So nothing is invented: shrunk again, the result is close to the source (Irani and Peleg 1991,
 * https://doi.org/10.1016/1049-9652(91)90045-L).
 */
function enlarge(low: Grid, { scale, steps }: EnlargeRecipe): Grid {
  const widthPx = low.widthPx * scale;
  const heightPx = low.heightPx * scale;
  const high = resample(low, widthPx, heightPx, lanczos3);
  for (let step = 0; step < steps; step++) {
    const shrunk = resample(high, low.widthPx, low.heightPx, lanczos3);
    const missing = low.values.map((value, index) => value - (shrunk.values[index] ?? 0));
    const correction = resample({ ...low, values: missing }, widthPx, heightPx, catmullRom);
    for (let index = 0; index < high.values.length; index++) {
      high.values[index] = (high.values[index] ?? 0) + (correction.values[index] ?? 0);
    }
  }
  return high;
}

/** Rows of a picture as numbers, colours multiplied by alpha so that clear pixels lend no colour. */
function readRows({ data, widthPx, channels }: Pixels, from: number, to: number): Grid {
  const start = from * widthPx * channels;
  const values = new Float32Array((to - from) * widthPx * channels);
  for (let index = 0; index < values.length; index++) values[index] = data[start + index] ?? 0;
  if (channels === 4) {
    for (let at = 0; at < values.length; at += 4) {
      const alpha = (values[at + 3] ?? 0) / 255;
      for (let channel = 0; channel < 3; channel++) {
        values[at + channel] = (values[at + channel] ?? 0) * alpha;
      }
    }
  }
  return { values, widthPx, heightPx: to - from, channels };
}

function toBytes(
  { values, widthPx, channels }: Grid,
  rows: { readonly first: number; readonly end: number },
): Uint8Array {
  const rowLength = widthPx * channels;
  const strip = values.subarray(rows.first * rowLength, rows.end * rowLength);
  const bytes = new Uint8ClampedArray(strip.length);
  if (channels === 3) bytes.set(strip);
  for (let at = 0; channels === 4 && at < strip.length; at += 4) {
    const alpha = Math.min(255, Math.max(0, strip[at + 3] ?? 0));
    for (let channel = 0; channel < 3 && alpha > 0; channel++) {
      bytes[at + channel] = ((strip[at + channel] ?? 0) * 255) / alpha;
    }
    bytes[at + 3] = alpha;
  }
  return new Uint8Array(bytes.buffer);
}
