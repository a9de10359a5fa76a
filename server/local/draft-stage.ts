import { createNoise, type Noise } from "./smooth-noise.ts";
import type { Palette } from "./palette.ts";
import type { PromptReading } from "./prompt-reading.ts";
import { createRandom, type Random } from "./seeded-random.ts";

/** Everything that a look draws with. Sizes in pixels; `unitPx` is a hundredth of the short side. */
export interface DraftStage {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly unitPx: number;
  readonly reading: PromptReading;
  readonly palette: Palette;
  readonly random: Random;
  readonly noise: Noise;
}

/** The stage for a picture; `key` decides every random number on it. */
export function createStage(
  key: string,
  given: Pick<DraftStage, "widthPx" | "heightPx" | "reading" | "palette">,
): DraftStage {
  return {
    ...given,
    unitPx: Math.min(given.widthPx, given.heightPx) / 100,
    random: createRandom(`stage ${key}`),
    noise: createNoise(createRandom(`noise ${key}`)),
  };
}
