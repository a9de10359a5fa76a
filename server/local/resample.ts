/** Rows of numbers: `channels` values a pixel, pixels left to right, rows top to bottom. */
export interface Grid {
  readonly values: Float32Array;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly channels: 3 | 4;
}

/** How much a neighbour at a distance counts, and from where on it counts nothing. */
export interface Kernel {
  readonly radius: number;
  weightAt(distance: number): number;
}

/** The windowed sinc of three lobes: the sharpest of the usual kernels without visible ringing. */
export const lanczos3: Kernel = {
  radius: 3,
  weightAt: (distance) => (Math.abs(distance) < 3 ? sinc(distance) * sinc(distance / 3) : 0),
};

/** The cubic through its points (Catmull-Rom): it keeps values at whole distances as they are. */
export const catmullRom: Kernel = {
  radius: 2,
  weightAt: (distance) => {
    const way = Math.abs(distance);
    if (way < 1) return (1.5 * way - 2.5) * way * way + 1;
    return way < 2 ? ((-0.5 * way + 2.5) * way - 4) * way + 2 : 0;
  },
};

/**
 * Resamples a grid to another size, centres aligned, the border continued outwards. When shrinking,
 * the kernel is widened so that every value counts.
 */
export function resample(grid: Grid, widthPx: number, heightPx: number, kernel: Kernel): Grid {
  const { values, channels } = grid;
  const across = tapsFor(grid.widthPx, widthPx, kernel);
  const down = tapsFor(grid.heightPx, heightPx, kernel);
  // Columns are the quicker pass, so they do the part that has more values to read.
  if (grid.widthPx >= widthPx) {
    const flat = resampleColumns(values, grid.widthPx * channels, down);
    const small = resampleRows(flat, grid.widthPx, heightPx, channels, across);
    return { values: small, widthPx, heightPx, channels };
  }
  const wide = resampleRows(values, grid.widthPx, grid.heightPx, channels, across);
  return { values: resampleColumns(wide, widthPx * channels, down), widthPx, heightPx, channels };
}

/** For each target place: `count` places of the source from `places`, and their weights. */
interface Taps {
  readonly count: number;
  readonly targets: number;
  readonly places: Int32Array;
  readonly weights: Float32Array;
}

function tapsFor(source: number, target: number, kernel: Kernel): Taps {
  const scale = target / source;
  const widening = Math.max(1, 1 / scale);
  const radius = kernel.radius * widening;
  const count = 2 * Math.ceil(radius);
  const places = new Int32Array(target * count);
  const weights = new Float32Array(target * count);
  for (let index = 0; index < target; index++) {
    const centre = (index + 0.5) / scale - 0.5;
    const first = Math.floor(centre - radius) + 1;
    let sum = 0;
    for (let tap = 0; tap < count; tap++) {
      const weight = kernel.weightAt((first + tap - centre) / widening);
      weights[index * count + tap] = weight;
      places[index * count + tap] = Math.min(source - 1, Math.max(0, first + tap));
      sum += weight;
    }
    for (let tap = 0; tap < count; tap++) {
      weights[index * count + tap] = (weights[index * count + tap] ?? 0) / sum;
    }
  }
  return { count, targets: target, places, weights };
}

function resampleRows(
  values: Float32Array,
  widthPx: number,
  heightPx: number,
  channels: 3 | 4,
  { count, targets, places, weights }: Taps,
): Float32Array {
  const result = new Float32Array(targets * heightPx * channels);
  for (let y = 0; y < heightPx; y++) {
    const row = y * widthPx * channels;
    let at = y * targets * channels;
    for (let x = 0; x < targets; x++, at += channels) {
      // Four sums at once, whether or not there is a fourth channel: this loop is the hottest of all.
      let first = 0;
      let second = 0;
      let third = 0;
      let fourth = 0;
      for (let tap = x * count; tap < (x + 1) * count; tap++) {
        const place = row + (places[tap] ?? 0) * channels;
        const weight = weights[tap] ?? 0;
        first += (values[place] ?? 0) * weight;
        second += (values[place + 1] ?? 0) * weight;
        third += (values[place + 2] ?? 0) * weight;
        if (channels === 4) fourth += (values[place + 3] ?? 0) * weight;
      }
      result[at] = first;
      result[at + 1] = second;
      result[at + 2] = third;
      if (channels === 4) result[at + 3] = fourth;
    }
  }
  return result;
}

function resampleColumns(
  values: Float32Array,
  rowLength: number,
  { count, targets, places, weights }: Taps,
): Float32Array {
  const result = new Float32Array(rowLength * targets);
  for (let y = 0; y < targets; y++) {
    const sums = result.subarray(y * rowLength, (y + 1) * rowLength);
    // Two taps at a time: half the reading and writing of the sums. Every kernel has an even count.
    for (let tap = y * count; tap < (y + 1) * count; tap += 2) {
      const one = rowAt(values, rowLength, places[tap] ?? 0);
      const other = rowAt(values, rowLength, places[tap + 1] ?? 0);
      const weight = weights[tap] ?? 0;
      const otherWeight = weights[tap + 1] ?? 0;
      for (let index = 0; index < rowLength; index++) {
        sums[index] =
          (sums[index] ?? 0) + (one[index] ?? 0) * weight + (other[index] ?? 0) * otherWeight;
      }
    }
  }
  return result;
}

function rowAt(values: Float32Array, rowLength: number, row: number): Float32Array {
  return values.subarray(row * rowLength, (row + 1) * rowLength);
}

function sinc(distance: number): number {
  if (distance === 0) return 1;
  const angle = Math.PI * distance;
  return Math.sin(angle) / angle;
}
