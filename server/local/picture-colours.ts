import { differenceOf, type Oklab } from "./oklab.ts";

/** A colour of a picture and how much of it has about that colour, 0 to 1. */
export interface ColourShare {
  readonly colour: Oklab;
  readonly share: number;
}

const rounds = 12;

/**
 * The main colours of some samples by k-means, from dark to light. The start is the mean and then,
 * again and again, the sample farthest from the colours so far, so the answer needs no luck and is
 * always the same. Gives fewer than `count` when the samples have fewer colours.
 */
export function mainColours(samples: readonly Oklab[], count: number): ColourShare[] {
  if (samples.length === 0) return [];
  let centres = farthestPoints(samples, count);
  let groups = groupByNearest(samples, centres);
  for (let round = 0; round < rounds; round++) {
    centres = centres.map((centre, index) => meanOf(groups[index] ?? []) ?? centre);
    groups = groupByNearest(samples, centres);
  }
  return centres
    .map((colour, index) => ({ colour, share: (groups[index]?.length ?? 0) / samples.length }))
    .filter(({ share }) => share > 0)
    .sort((one, other) => one.colour[0] - other.colour[0]);
}

function farthestPoints(samples: readonly Oklab[], count: number): Oklab[] {
  const centres = [meanOf(samples) ?? [0, 0, 0]];
  const distances = samples.map((sample) => differenceOf(sample, centres[0] ?? sample));
  while (centres.length < count) {
    let farthest = 0;
    distances.forEach((distance, index) => {
      if (distance > (distances[farthest] ?? 0)) farthest = index;
    });
    const centre = samples[farthest];
    if (!centre || (distances[farthest] ?? 0) < 1e-4) break;
    centres.push(centre);
    samples.forEach((sample, index) => {
      distances[index] = Math.min(distances[index] ?? 0, differenceOf(sample, centre));
    });
  }
  return centres;
}

function groupByNearest(samples: readonly Oklab[], centres: readonly Oklab[]): Oklab[][] {
  const groups = centres.map((): Oklab[] => []);
  for (const sample of samples) {
    let nearest = 0;
    let least = Infinity;
    centres.forEach((centre, index) => {
      const difference = differenceOf(sample, centre);
      if (difference < least) {
        least = difference;
        nearest = index;
      }
    });
    groups[nearest]?.push(sample);
  }
  return groups;
}

function meanOf(samples: readonly Oklab[]): Oklab | null {
  if (samples.length === 0) return null;
  let lightness = 0;
  let greenRed = 0;
  let blueYellow = 0;
  for (const sample of samples) {
    lightness += sample[0];
    greenRed += sample[1];
    blueYellow += sample[2];
  }
  return [lightness / samples.length, greenRed / samples.length, blueYellow / samples.length];
}
