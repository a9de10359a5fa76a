import { setImmediate } from "node:timers/promises";
import sharp from "sharp";
import { MediaFailure, throwIfStopped } from "./media-failure.ts";
import { asReadable, openPicture, readPixels, type Pixels } from "./open-picture.ts";
import type { PictureResult, WorkWatch } from "./picture-result.ts";
import { haloRows, upscaleStrip, type EnlargeRecipe } from "./upscale-strip.ts";

/** The scales to choose from. */
export const upscaleScales = [2, 4, 8, 16] as const;
/** How strong edges may become. "soft" is for pictures that are already sharpened or compressed. */
export const upscaleFlavours = ["faithful", "crisp", "soft"] as const;

/** How to enlarge; `sharpen` and `grain` are 0 to 100, 50 and 0 are the usual ones. */
export interface UpscaleSettings {
  readonly scale: (typeof upscaleScales)[number];
  readonly flavour: (typeof upscaleFlavours)[number];
  readonly sharpen: number;
  readonly grain: number;
}

/** The bounds of enlarging, in pixels. Results above `mostPngPixels` become JPEG. */
const upscaleLimits = {
  leastInputSidePx: 160,
  mostOutputSidePx: 10_000,
  mostPngPixels: 40_000_000,
} as const;

const flavours = {
  faithful: { steps: 2, strength: 0.8, floor: 1.5, cap: 6, slack: 6 },
  crisp: { steps: 2, strength: 2.2, floor: 0.5, cap: 16, slack: 16 },
  soft: { steps: 1, strength: 0.3, floor: 2, cap: 3, slack: 0 },
} as const;

/** As many numbers as a strip may hold while it is enlarged: 4 bytes each. */
const mostStripValues = 16_000_000;

/**
 * Enlarges a picture to exactly its size (turned upright) times the scale, adding no detail that is
 * not in it. Transparency stays. Fails with a sentence when it is too small or would become too large.
 */
export async function upscalePicture(
  bytes: Uint8Array,
  settings: UpscaleSettings,
  watch: WorkWatch = {},
): Promise<PictureResult> {
  const { autoOrient } = await asReadable(() => openPicture(bytes).metadata());
  checkSize(autoOrient.width, autoOrient.height, settings.scale);
  const source = await readPixels(bytes);
  const enlarged = await enlargeByStrips(source, recipeOf(settings), watch);
  throwIfStopped(watch.signal);
  return encode(enlarged, settings.scale);
}

function checkSize(widthPx: number, heightPx: number, scale: number): void {
  const { leastInputSidePx, mostOutputSidePx } = upscaleLimits;
  if (Math.min(widthPx, heightPx) < leastInputSidePx) {
    throw new MediaFailure(
      "input-invalid",
      `The picture is ${widthPx} × ${heightPx} px; enlarging needs at least ${leastInputSidePx} px on each side.`,
    );
  }
  if (Math.max(widthPx, heightPx) * scale > mostOutputSidePx) {
    throw new MediaFailure(
      "input-invalid",
      `Enlarged ${scale} times the picture would be ${widthPx * scale} × ${heightPx * scale} px; the most is ${mostOutputSidePx} px on a side. Choose a smaller scale.`,
    );
  }
}

function recipeOf({ scale, flavour, sharpen, grain }: UpscaleSettings): EnlargeRecipe {
  const base = flavours[flavour];
  return {
    ...base,
    scale,
    // Further rounds change less than a level at large scales and cost the most there.
    steps: scale > 4 ? 1 : base.steps,
    strength: (base.strength * sharpen) / 50,
    grain: (18 * grain) / 100,
  };
}

async function enlargeByStrips(
  source: Pixels,
  recipe: EnlargeRecipe,
  { signal, onProgress }: WorkWatch,
): Promise<Pixels> {
  const { widthPx, heightPx, channels } = source;
  const { scale } = recipe;
  const data = new Uint8Array(widthPx * heightPx * channels * scale * scale);
  const valuesPerRow = widthPx * channels * scale * scale;
  const rows = Math.max(8, Math.floor(mostStripValues / valuesPerRow) - 2 * haloRows(recipe));
  for (let row = 0; row < heightPx; row += rows) {
    throwIfStopped(signal);
    const end = Math.min(heightPx, row + rows);
    data.set(upscaleStrip(source, recipe, row, end), row * valuesPerRow);
    onProgress?.((0.9 * end) / heightPx);
    // Lets a stop arrive between two strips.
    await setImmediate();
  }
  return { data, widthPx: widthPx * scale, heightPx: heightPx * scale, channels };
}

async function encode(picture: Pixels, scale: number): Promise<PictureResult> {
  const { data, widthPx, heightPx, channels } = picture;
  const raw = sharp(data, {
    raw: { width: widthPx, height: heightPx, channels },
    limitInputPixels: upscaleLimits.mostOutputSidePx ** 2,
  });
  const notes = scale > 4 ? [`Enlarged ${scale} times by interpolation: no new detail.`] : [];
  const isLarge = widthPx * heightPx > upscaleLimits.mostPngPixels;
  if (isLarge && channels === 3) {
    // Optimised coding would hold the whole picture a second time.
    const encoded = await raw.jpeg({ quality: 92, optimiseCoding: false }).toBuffer();
    notes.push("Saved as JPEG because the picture has more than 40 megapixels.");
    return { kind: "picture", bytes: encoded, mediaType: "image/jpeg", widthPx, heightPx, notes };
  }
  const encoded = await raw.png({ compressionLevel: isLarge ? 3 : 6 }).toBuffer();
  return { kind: "picture", bytes: encoded, mediaType: "image/png", widthPx, heightPx, notes };
}
