import type { Grid } from "./resample.ts";

/**
 * A gentle sharpening of lightness: differences below `floor` are taken for noise, and no value
 * moves by more than `cap`. Both in levels of 255; `strength` 0 leaves the picture as it is.
 */
export interface SharpenRecipe {
  readonly strength: number;
  readonly floor: number;
  readonly cap: number;
}

/** Sharpens a grid in place. `scale` is how much it was enlarged: that wide is its softness. */
export function sharpen(grid: Grid, scale: number, recipe: SharpenRecipe): void {
  if (recipe.strength === 0) return;
  const { values, channels } = grid;
  const lightness = lightnessOf(grid);
  const blurred = blur(lightness, grid.widthPx, grid.heightPx, 0.4 * scale);
  for (let pixel = 0; pixel < lightness.length; pixel++) {
    const difference = (lightness[pixel] ?? 0) - (blurred[pixel] ?? 0);
    const detail = Math.max(0, Math.abs(difference) - recipe.floor);
    const change = Math.sign(difference) * Math.min(recipe.cap, detail * recipe.strength);
    for (let channel = 0; channel < 3; channel++) {
      const at = pixel * channels + channel;
      values[at] = (values[at] ?? 0) + change;
    }
  }
}

/**
 * Keeps each enlarged value within the range of the nine source pixels around it, with some slack:
 * no halo at edges, and no ringing.
 */
export function keepWithinNeighbours(high: Grid, low: Grid, scale: number, slack: number): void {
  const { widthPx, channels, values } = high;
  const range = neighbourRange(low);
  const rowLength = low.widthPx * channels;
  for (let y = 0; y < high.heightPx; y++) {
    const lowRow = Math.floor(y / scale) * rowLength;
    let at = y * widthPx * channels;
    for (let x = 0; x < low.widthPx; x++) {
      for (let copy = 0; copy < scale; copy++) {
        for (let channel = 0; channel < channels; channel++, at++) {
          const place = lowRow + x * channels + channel;
          const value = values[at] ?? 0;
          const least = (range.least[place] ?? 0) - slack;
          const most = (range.most[place] ?? 0) + slack;
          if (value < least) values[at] = least;
          else if (value > most) values[at] = most;
        }
      }
    }
  }
}

/** Adds even grain to the colours of some rows; `topRow` is where the grid lies in the picture. */
export function addGrain(
  { values, widthPx, channels }: Grid,
  rows: { readonly first: number; readonly end: number },
  topRow: number,
  levels: number,
): void {
  for (let y = rows.first; y < rows.end; y++) {
    for (let x = 0; x < widthPx; x++) {
      const speck = (scatter(x, y + topRow, 1) + scatter(x, y + topRow, 2) - 1) * levels;
      const at = (y * widthPx + x) * channels;
      for (let channel = 0; channel < 3; channel++) {
        values[at + channel] = (values[at + channel] ?? 0) + speck;
      }
    }
  }
}

/** A number from 0 to 1 that depends on a place alone, without a pattern that the eye finds. */
function scatter(x: number, y: number, turn: number): number {
  let mixed = Math.imul(x, 0x1f123bb5) ^ Math.imul(y, 0x5f356495) ^ Math.imul(turn, 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_295;
}

function lightnessOf({ values, channels }: Grid): Float32Array {
  const lightness = new Float32Array(values.length / channels);
  for (let pixel = 0, at = 0; pixel < lightness.length; pixel++, at += channels) {
    lightness[pixel] =
      0.299 * (values[at] ?? 0) + 0.587 * (values[at + 1] ?? 0) + 0.114 * (values[at + 2] ?? 0);
  }
  return lightness;
}

/** A bell-shaped blur of one channel. */
function blur(
  values: Float32Array,
  widthPx: number,
  heightPx: number,
  sigma: number,
): Float32Array {
  const reach = Math.ceil(2 * sigma);
  const bell = Array.from({ length: 2 * reach + 1 }, (_, index) =>
    Math.exp(-((index - reach) ** 2) / (2 * sigma * sigma)),
  );
  const total = bell.reduce((sum, weight) => sum + weight, 0);
  const across = new Float32Array(values.length);
  const down = new Float32Array(values.length);
  for (const [index, weight] of bell.entries()) {
    const shift = index - reach;
    for (let y = 0; y < heightPx; y++) {
      for (let x = 0; x < widthPx; x++) {
        const from = Math.min(widthPx - 1, Math.max(0, x + shift));
        const at = y * widthPx + x;
        across[at] = (across[at] ?? 0) + ((values[y * widthPx + from] ?? 0) * weight) / total;
      }
    }
  }
  for (const [index, weight] of bell.entries()) {
    for (let y = 0; y < heightPx; y++) {
      const from = Math.min(heightPx - 1, Math.max(0, y + index - reach)) * widthPx;
      for (let x = 0; x < widthPx; x++) {
        const at = y * widthPx + x;
        down[at] = (down[at] ?? 0) + ((across[from + x] ?? 0) * weight) / total;
      }
    }
  }
  return down;
}

function neighbourRange(low: Grid): { readonly least: Float32Array; readonly most: Float32Array } {
  const { values, widthPx, heightPx, channels } = low;
  const least = Float32Array.from(values);
  const most = Float32Array.from(values);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      for (let nearY = Math.max(0, y - 1); nearY <= Math.min(heightPx - 1, y + 1); nearY++) {
        for (let nearX = Math.max(0, x - 1); nearX <= Math.min(widthPx - 1, x + 1); nearX++) {
          for (let channel = 0; channel < channels; channel++) {
            const at = (y * widthPx + x) * channels + channel;
            const value = values[(nearY * widthPx + nearX) * channels + channel] ?? 0;
            if (value < (least[at] ?? 0)) least[at] = value;
            if (value > (most[at] ?? 0)) most[at] = value;
          }
        }
      }
    }
  }
  return { least, most };
}
