import type { Random } from "./seeded-random.ts";

/** A smooth random height at a place of the plane, about -1 to 1; `octaves` adds finer and finer detail. */
export type Noise = (x: number, y: number, octaves: number) => number;

/** Gradient noise after Ken Perlin (https://mrl.cs.nyu.edu/~perlin/paper445.pdf), shuffled by `random`. */
export function createNoise(random: Random): Noise {
  const order = shuffledBytes(random);
  const cornerAt = (column: number, row: number) =>
    order[((order[column & 255] ?? 0) + row) & 255] ?? 0;

  const heightAt = (x: number, y: number): number => {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const right = x - column;
    const down = y - row;
    const across = ease(right);
    const top = mix(
      slope(cornerAt(column, row), right, down),
      slope(cornerAt(column + 1, row), right - 1, down),
      across,
    );
    const bottom = mix(
      slope(cornerAt(column, row + 1), right, down - 1),
      slope(cornerAt(column + 1, row + 1), right - 1, down - 1),
      across,
    );
    return mix(top, bottom, ease(down));
  };

  return (x, y, octaves) => {
    let height = 0;
    let weight = 1;
    let scale = 1;
    for (let octave = 0; octave < octaves; octave++) {
      height += weight * heightAt(x * scale + octave * 17.3, y * scale - octave * 9.1);
      weight /= 2;
      scale *= 2;
    }
    return height;
  };
}

function shuffledBytes(random: Random): Uint8Array {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  for (let last = 255; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const moved = bytes[last] ?? 0;
    bytes[last] = bytes[other] ?? 0;
    bytes[other] = moved;
  }
  return bytes;
}

/** One of eight directions, multiplied with the way from the corner. */
function slope(corner: number, right: number, down: number): number {
  switch (corner & 7) {
    case 0:
      return right + down;
    case 1:
      return right - down;
    case 2:
      return down - right;
    case 3:
      return -right - down;
    case 4:
      return Math.SQRT2 * right;
    case 5:
      return -Math.SQRT2 * right;
    case 6:
      return Math.SQRT2 * down;
    default:
      return -Math.SQRT2 * down;
  }
}

function ease(part: number): number {
  return part * part * part * (part * (part * 6 - 15) + 10);
}

function mix(from: number, to: number, part: number): number {
  return from + (to - from) * part;
}
