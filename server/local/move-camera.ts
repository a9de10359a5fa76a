import { setImmediate } from "node:timers/promises";
import sharp from "sharp";
import {
  fitMagnification,
  homographyOfCard,
  invertHomography,
  projectPoint,
} from "./homography.ts";
import type { CardView, Homography } from "./homography.ts";
import { MediaFailure, throwIfStopped } from "./media-failure.ts";
import { asReadable, openPicture, readPixels, type Pixels } from "./open-picture.ts";
import type { PictureResult, WorkWatch } from "./picture-result.ts";
import { warpRows, type Samples, type WarpPlan } from "./warp-picture.ts";

/** Where the camera stands: 0/0/5 is the picture as it is. Angles and zoom as in product.md A16. */
export interface CameraSettings {
  /** 0 front, 90 right, 180 back, 270 left. */
  readonly horizontalDegrees: number;
  /** -30 from below, 0 eye level, 90 from above. */
  readonly verticalDegrees: number;
  /** 0 wide, 5 filled to the corners, 10 close-up. */
  readonly zoom: number;
}

/** The bounds of a camera view: sizes in pixels, the widest ratio of sides, the steepest angle. */
const cameraLimits = {
  leastInputSidePx: 160,
  widestRatio: 3,
  steepestDegrees: 60,
} as const;

/** The rows of one strip: progress and stops come between strips. */
const stripRows = 64;

/**
 * Shows a picture from another position of the camera, as the flat card that it is. The size stays
 * that of the picture turned upright. Zoom 5 and more fill the view; less shows clear ground round
 * the card. Fails with a sentence for views that a flat card cannot show.
 */
export async function moveCamera(
  bytes: Uint8Array,
  settings: CameraSettings,
  watch: WorkWatch = {},
): Promise<PictureResult> {
  checkAngles(settings);
  const { autoOrient } = await asReadable(() => openPicture(bytes).metadata());
  checkSize(autoOrient.width, autoOrient.height);
  const source = await readPixels(bytes);
  const view = viewOf(source, settings);
  const { widthPx, heightPx } = source;
  const toSource = invertHomography(homographyOfCard(view));
  const samples = samplesFor(toSource, widthPx, heightPx);
  const hasClearGround = settings.zoom < 5;
  const plan: WarpPlan = { toSource, widthPx, samples, hasEdge: hasClearGround };
  const data = await drawView(source, plan, watch);
  throwIfStopped(watch.signal);
  const drawn = sharp(data, { raw: { width: widthPx, height: heightPx, channels: 4 } });
  const isOpaque = source.channels === 3 && !hasClearGround;
  const encoded = await (isOpaque ? drawn.removeAlpha() : drawn).png().toBuffer();
  const notes = hasClearGround ? ["The ground around the picture is clear."] : [];
  return { kind: "picture", bytes: encoded, mediaType: "image/png", widthPx, heightPx, notes };
}

/** The view of a picture: zoom 5 fits it to the corners, each 5 steps more double its size. */
function viewOf(
  { widthPx, heightPx }: Pick<Pixels, "widthPx" | "heightPx">,
  { horizontalDegrees, verticalDegrees, zoom }: CameraSettings,
): CardView {
  const card = { widthPx, heightPx, horizontalDegrees, verticalDegrees };
  return { ...card, magnification: fitMagnification(card) * 2 ** ((zoom - 5) / 5) };
}

function checkAngles({ horizontalDegrees, verticalDegrees, zoom }: CameraSettings): void {
  const isNumber = [horizontalDegrees, verticalDegrees, zoom].every(Number.isFinite);
  const isInRange =
    Math.abs(horizontalDegrees) <= 360 && verticalDegrees >= -30 && verticalDegrees <= 90;
  if (!isNumber || !isInRange || zoom < 0 || zoom > 10) {
    throw new MediaFailure(
      "input-invalid",
      "The camera turns 0 to 360°, rises -30 to 90° and zooms 0 to 10.",
    );
  }
  const radians = Math.PI / 180;
  const facing = Math.cos(horizontalDegrees * radians) * Math.cos(verticalDegrees * radians);
  if (facing >= Math.cos(cameraLimits.steepestDegrees * radians) - 1e-9) return;
  throw new MediaFailure(
    "input-invalid",
    facing < -1e-9
      ? "This view shows the back of the picture, which nobody has seen. A true new viewpoint needs an AI provider; without one, stay within 60° of the front."
      : "This view sees the picture nearly from its edge. A true new viewpoint needs an AI provider; without one, stay within 60° of the front.",
  );
}

function checkSize(widthPx: number, heightPx: number): void {
  const { leastInputSidePx, widestRatio } = cameraLimits;
  const short = Math.min(widthPx, heightPx);
  const long = Math.max(widthPx, heightPx);
  if (short >= leastInputSidePx && long <= short * widestRatio) return;
  throw new MediaFailure(
    "input-invalid",
    `The picture is ${widthPx} × ${heightPx} px; a camera view needs at least ${leastInputSidePx} px on each side and a ratio of at most ${widestRatio} to 1.`,
  );
}

async function drawView(
  source: Pixels,
  plan: WarpPlan,
  { signal, onProgress }: WorkWatch,
): Promise<Uint8Array> {
  const { widthPx, heightPx } = source;
  const data = new Uint8Array(widthPx * heightPx * 4);
  for (let row = 0; row < heightPx; row += stripRows) {
    throwIfStopped(signal);
    const end = Math.min(heightPx, row + stripRows);
    data.set(warpRows(source, plan, row, end), row * widthPx * 4);
    onProgress?.((0.9 * end) / heightPx);
    // Lets a stop arrive between two strips.
    await setImmediate();
  }
  return data;
}

/**
 * As many samples in a direction as source pixels lie under a pixel where the view is smallest, 4 at
 * most. Up to 1.35 source pixels the kernel is wide enough alone.
 */
function samplesFor(toSource: Homography, widthPx: number, heightPx: number): Samples {
  const parts = [0, 0.25, 0.5, 0.75, 1];
  const places = parts.flatMap((across) =>
    parts.map((down) => ({ x: across * (widthPx - 1), y: down * (heightPx - 1) })),
  );
  const stepsTo = (right: number, below: number) =>
    places.flatMap((place) => {
      const here = projectPoint(toSource, place);
      const next = projectPoint(toSource, { x: place.x + right, y: place.y + below });
      if (!here || !next) return [];
      const isSeen = here.x > -1 && here.x < widthPx && here.y > -1 && here.y < heightPx;
      return isSeen ? [Math.hypot(next.x - here.x, next.y - here.y)] : [];
    });
  const count = (steps: readonly number[]) =>
    Math.min(4, Math.max(1, Math.ceil(Math.max(1, ...steps) - 0.35)));
  return { across: count(stepsTo(1, 0)), down: count(stepsTo(0, 1)) };
}
