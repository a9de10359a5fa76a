import type { DraftStage } from "./draft-stage.ts";
import { lighten, mixOklab, oklabToRgb, type Oklab } from "./oklab.ts";
import type { Pixels } from "./open-picture.ts";
import { rampOf } from "./palette.ts";
import { between } from "./seeded-random.ts";

/** The field is smooth, so it is computed at this size at most and enlarged. */
const maxSidePx = 900;

/**
 * The flow look: folds of a soft cloth of colour. Noise bends the plane, the bent plane makes folds,
 * the folds take light from one side; colours are mixed in Oklab so that no mix turns grey.
 */
export function drawFlow(stage: DraftStage): Pixels {
  const { noise, random } = stage;
  const scale = Math.min(1, maxSidePx / Math.max(stage.widthPx, stage.heightPx));
  const widthPx = Math.max(1, Math.round(stage.widthPx * scale));
  const heightPx = Math.max(1, Math.round(stage.heightPx * scale));
  const short = Math.min(widthPx, heightPx);
  const angle = between(random, 0.35, 1.2) * (random() < 0.5 ? -1 : 1);
  const folds = between(random, 1.1, 1.7);
  const colourAt = colourRow(stage);
  const data = new Uint8Array(widthPx * heightPx * 3);

  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const u = (x - widthPx / 2) / short;
      const v = (y - heightPx / 2) / short;
      const along = Math.cos(angle) * u + Math.sin(angle) * v;
      const over = Math.cos(angle) * v - Math.sin(angle) * u;
      const bend = noise(along * 0.55, over * 0.9, 2);
      const drift = noise(along * 0.45 + 9.2, over * 0.7 + bend * 0.5 + 4.4, 2);
      const phase = 2 * Math.PI * folds * (over * 0.8 + bend * 0.95 + drift * 0.4);
      // The second sine makes one flank of each fold steeper, as cloth has it.
      const fold = Math.sin(phase + 0.55 * Math.sin(phase));
      const shine = Math.max(0, Math.sin(phase + 1.1)) ** 5;
      const depth = 0.55 + 0.45 * drift;
      const shade = (0.042 * fold + 0.055 * shine) * depth;
      const place = 0.5 + 0.52 * drift + 0.34 * over + 0.1 * along + 0.05 * fold;
      const [red, green, blue] = oklabToRgb(lighten(colourAt(place), shade));
      const at = (y * widthPx + x) * 3;
      data[at] = red;
      data[at + 1] = green;
      data[at + 2] = blue;
    }
  }
  return { data, widthPx, heightPx, channels: 3 };
}

/** The colours of the palette as one continuous row from 0 to 1, eased between neighbours. */
function colourRow(stage: DraftStage): (place: number) => Oklab {
  const ramp = rampOf(stage.palette);
  const row = stage.random() < 0.5 ? ramp : [...ramp].reverse();
  return (place) => {
    const at = Math.min(0.9999, Math.max(0, place)) * (row.length - 1);
    const index = Math.floor(at);
    const from = row[index] ?? [0, 0, 0];
    const to = row[index + 1] ?? from;
    const part = at - index;
    return mixOklab(from, to, part * part * (3 - 2 * part));
  };
}
