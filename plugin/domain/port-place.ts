import type { Box, Point } from "./layer.ts";

/** Half of a card's header, in whose middle its output stands (look.md). */
const outputBelowTopPx = 18;
/** Half of a card's footer, in whose middle its last input stands. */
const inputAboveBottomPx = 14;
const inputRowPx = 20;

/** Where connections leave a card or layer: at the right, near the top. */
export function outputPlace(box: Box): Point {
  return { x: box.x + box.width, y: box.y + Math.min(outputBelowTopPx, box.height / 2) };
}

/** Where connections enter the input at place `at` of `count`: at the left, one above another. */
export function inputPlace(box: Box, at: number, count: number): Point {
  const above = inputAboveBottomPx + Math.max(0, count - 1 - at) * inputRowPx;
  const wanted = box.y + box.height - above;
  return { x: box.x, y: Math.max(wanted, box.y + Math.min(inputAboveBottomPx, box.height / 2)) };
}
