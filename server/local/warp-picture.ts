import type { Homography } from "./homography.ts";
import type { Pixels } from "./open-picture.ts";
import { catmullRom } from "./resample.ts";

/** Steps between two pixels for which the weights of the kernel are kept ready. */
const phases = 512;
const phaseWeights = Float32Array.from({ length: (phases + 1) * 4 }, (_, index) => {
  const tap = index % 4;
  return catmullRom.weightAt(tap - 1 - Math.floor(index / 4) / phases);
});

/**
 * How many points are read for a pixel of the view in each direction: more than 1 keeps far parts,
 * drawn smaller, from flickering.
 */
export interface Samples {
  readonly across: number;
  readonly down: number;
}

/**
 * How a view is drawn: `toSource` maps its pixels to pixels of the source. With an edge, what lies
 * outside the source is clear, softened over one pixel; without, the border colours go on.
 */
export interface WarpPlan {
  readonly toSource: Homography;
  readonly widthPx: number;
  readonly samples: Samples;
  readonly hasEdge: boolean;
}

/** Draws the rows from `firstRow` up to, not including, `endRow` of a view: 4 bytes a pixel, alpha apart. */
export function warpRows(
  source: Pixels,
  plan: WarpPlan,
  firstRow: number,
  endRow: number,
): Uint8Array {
  const { widthPx, samples } = plan;
  const rows = new Uint8ClampedArray((endRow - firstRow) * widthPx * 4);
  const sum = new Float64Array(4);
  const count = samples.across * samples.down;
  let at = 0;
  for (let y = firstRow; y < endRow; y++) {
    for (let x = 0; x < widthPx; x++, at += 4) {
      sum.fill(0);
      for (let sample = 0; sample < count; sample++) {
        const viewX = x + ((sample % samples.across) + 0.5) / samples.across - 0.5;
        const viewY = y + (Math.floor(sample / samples.across) + 0.5) / samples.down - 0.5;
        addSample(source, plan, viewX, viewY, sum);
      }
      const alpha = Math.min(255, Math.max(0, (sum[3] ?? 0) / count));
      if (alpha < 0.5) continue;
      for (let channel = 0; channel < 3; channel++) {
        rows[at + channel] = ((sum[channel] ?? 0) * 255) / (alpha * count);
      }
      rows[at + 3] = alpha;
    }
  }
  return new Uint8Array(rows.buffer);
}

/** Adds the colour of the source at a point of the view, colours multiplied by alpha. */
function addSample(
  source: Pixels,
  { toSource, hasEdge }: WarpPlan,
  viewX: number,
  viewY: number,
  sum: Float64Array,
): void {
  const depth = toSource[6] * viewX + toSource[7] * viewY + toSource[8];
  if (depth <= 1e-9) return;
  const x = (toSource[0] * viewX + toSource[1] * viewY + toSource[2]) / depth;
  const y = (toSource[3] * viewX + toSource[4] * viewY + toSource[5]) / depth;
  const { widthPx, heightPx, channels, data } = source;
  const inside = Math.min(x + 0.5, widthPx - 0.5 - x, y + 0.5, heightPx - 0.5 - y);
  const coverage = hasEdge ? Math.min(1, Math.max(0, inside + 0.5)) : 1;
  if (coverage === 0) return;
  const left = Math.floor(x);
  const top = Math.floor(y);
  const acrossPhase = Math.round((x - left) * phases) * 4;
  const downPhase = Math.round((y - top) * phases) * 4;
  let red = 0;
  let green = 0;
  let blue = 0;
  let opaque = 0;
  for (let row = 0; row < 4; row++) {
    const rowWeight = (phaseWeights[downPhase + row] ?? 0) * coverage;
    if (rowWeight === 0) continue;
    const sourceY = Math.min(heightPx - 1, Math.max(0, top - 1 + row));
    for (let column = 0; column < 4; column++) {
      const weight = rowWeight * (phaseWeights[acrossPhase + column] ?? 0);
      const sourceX = Math.min(widthPx - 1, Math.max(0, left - 1 + column));
      const from = (sourceY * widthPx + sourceX) * channels;
      const part = channels === 4 ? (weight * (data[from + 3] ?? 0)) / 255 : weight;
      red += (data[from] ?? 0) * part;
      green += (data[from + 1] ?? 0) * part;
      blue += (data[from + 2] ?? 0) * part;
      opaque += part;
    }
  }
  sum[0] = (sum[0] ?? 0) + red;
  sum[1] = (sum[1] ?? 0) + green;
  sum[2] = (sum[2] ?? 0) + blue;
  sum[3] = (sum[3] ?? 0) + opaque * 255;
}
