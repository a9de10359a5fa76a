import { nameOfColour } from "./colour-names.ts";
import { hexOf, rgbToOklab, type Oklab } from "./oklab.ts";
import { asReadable, openPicture, readThumbnail, type Pixels } from "./open-picture.ts";
import { mainColours } from "./picture-colours.ts";
import type { PictureFacts } from "./picture-facts.ts";
import { measureLightness, measureDetail } from "./picture-measures.ts";

/** The longer side of the copy that is measured: enough for tones and places, the same for all sizes. */
const measuredSidePx = 160;

/** Measures a picture. Fails with a sentence when it cannot be read. */
export async function describePicture(bytes: Uint8Array): Promise<PictureFacts> {
  const { autoOrient, hasAlpha } = await asReadable(() => openPicture(bytes).metadata());
  const { sharpness } = await asReadable(() => openPicture(bytes).stats());
  const small = await readThumbnail(bytes, measuredSidePx);
  const samples = samplesOf(small);
  const lightness = measureLightness(small);
  const { contrast } = lightness;
  const colourfulness = colourfulnessOf(small);
  const focus = Math.min(10, sharpness);
  return {
    widthPx: autoOrient.width,
    heightPx: autoOrient.height,
    hasAlpha,
    brightness: lightness.mean,
    contrast,
    colourfulness,
    focus,
    tone: wordFor(lightness.mean, [
      [0.2, "very dark"],
      [0.38, "dark"],
      [0.62, "mid-tone"],
      [0.82, "bright"],
      [Infinity, "very bright"],
    ]),
    contrastWord: wordFor(contrast, [
      [0.1, "low"],
      [0.22, "medium"],
      [Infinity, "high"],
    ]),
    colourWord: wordFor(colourfulness, [
      [10, "nearly monochrome"],
      [30, "muted"],
      [58, "moderately colourful"],
      [Infinity, "vivid"],
    ]),
    temperature: temperatureOf(samples),
    focusWord: wordFor(focus, [
      [0.6, "soft"],
      [1.8, "moderately sharp"],
      [Infinity, "sharp"],
    ]),
    symmetry: wordFor(lightness.mirrorDifference, [
      [0.22, "nearly mirror-symmetric"],
      [0.6, "partly symmetric"],
      [Infinity, "asymmetric"],
    ]),
    colours: coloursOf(samples),
    ...measureDetail(small),
  };
}

function samplesOf({ data }: Pixels): Oklab[] {
  const samples: Oklab[] = [];
  // Every second pixel is plenty for colours and halves the time.
  for (let at = 0; at + 2 < data.length; at += 6) {
    samples.push(rgbToOklab([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]));
  }
  return samples;
}

function coloursOf(samples: readonly Oklab[]): PictureFacts["colours"] {
  return mainColours(samples, 6)
    .filter(({ share }) => share >= 0.005)
    .sort((one, other) => other.share - one.share)
    .map(({ colour, share }) => ({ name: nameOfColour(colour), hex: hexOf(colour), share }));
}

function temperatureOf(samples: readonly Oklab[]): PictureFacts["temperature"] {
  let warmth = 0;
  for (const [, greenRed, blueYellow] of samples) warmth += 0.5 * greenRed + blueYellow;
  const mean = warmth / Math.max(1, samples.length);
  if (mean > 0.02) return "warm";
  return mean < -0.015 ? "cool" : "neutral";
}

/** Hasler and Süsstrunk 2003, Measuring colourfulness in natural images (https://doi.org/10.1117/12.477378). */
function colourfulnessOf({ data }: Pixels): number {
  const count = data.length / 3;
  let [redGreen, yellowBlue, redGreenSquares, yellowBlueSquares] = [0, 0, 0, 0];
  for (let at = 0; at + 2 < data.length; at += 3) {
    const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    const first = red - green;
    const second = (red + green) / 2 - blue;
    redGreen += first / count;
    yellowBlue += second / count;
    redGreenSquares += (first * first) / count;
    yellowBlueSquares += (second * second) / count;
  }
  const spread = Math.max(0, redGreenSquares - redGreen ** 2 + yellowBlueSquares - yellowBlue ** 2);
  return Math.sqrt(spread) + 0.3 * Math.hypot(redGreen, yellowBlue);
}

/** The word of the first bound that a value stays below. The last bound is Infinity. */
function wordFor<const Word extends string>(
  value: number,
  bounds: readonly [...(readonly [number, Word])[], readonly [number, Word]],
): Word {
  const last = bounds[bounds.length - 1];
  const found = bounds.find(([bound]) => value < bound) ?? last;
  if (!found) throw new RangeError("There is no bound to compare with.");
  return found[1];
}
