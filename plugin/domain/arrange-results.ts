import type { Box, Point } from "./layer.ts";
import type { Size } from "./placement.ts";

/** A result inside a card: its own size, whether it may be scaled, whether it is of the newest run. */
export interface ArrangedResult extends Size {
  readonly isPicture: boolean;
  readonly isCurrent: boolean;
}

const gapPx = 8;
const mostThumbnails = 4;
const tallestPx = 512;

/**
 * Where the results of a node stand inside its card (look.md): the first one large, what else of the
 * newest run is no picture below it at its own size, then the next four pictures as thumbnails in a
 * row. The rest is not shown (null). `results` newest first.
 */
export function arrangeResults(
  results: readonly ArrangedResult[],
  corner: Point,
  widthPx: number,
): (Box | null)[] {
  const boxes = results.map((): Box | null => null);
  let { x, y } = corner;
  for (const [at, result] of results.entries()) {
    const standsAlone = at === 0 || (!result.isPicture && result.isCurrent);
    if (!standsAlone) continue;
    const size = result.isPicture ? fit(result, widthPx, tallestPx) : sizeOf(result);
    boxes[at] = { x, y, ...size };
    y += size.height + gapPx;
  }
  const thumbnailPx = (widthPx - (mostThumbnails - 1) * gapPx) / mostThumbnails;
  let left = mostThumbnails;
  for (const [at, result] of results.entries()) {
    if (boxes[at] || !result.isPicture || left === 0) continue;
    const size = fit(result, thumbnailPx, thumbnailPx);
    boxes[at] = { x, y, ...size };
    x += size.width + gapPx;
    left -= 1;
  }
  return boxes;
}

function sizeOf({ width, height }: Size): Size {
  return { width, height };
}

/** The size scaled down to lie within bounds, never up, and never to nothing. */
function fit({ width, height }: Size, mostWidth: number, mostHeight: number): Size {
  const scale = Math.min(1, mostWidth / width, mostHeight / height);
  return { width: Math.max(1, width * scale), height: Math.max(1, height * scale) };
}
