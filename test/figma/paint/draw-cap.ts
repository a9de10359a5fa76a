import type { Point } from "../model/geometry.ts";

/** What an end of a line shows. Unknown caps show nothing. */
export function drawCap(
  cap: string,
  at: Point,
  angleDegrees: number,
  weight: number,
  color: string,
): string {
  const long = 4 + weight * 2.5;
  const half = long * 0.62;
  const place = `transform="translate(${at.x} ${at.y}) rotate(${angleDegrees})"`;
  const filled = (data: string): string => `<path ${place} d="${data}" fill="${color}"/>`;
  switch (cap) {
    case "ARROW_LINES":
      return `<path ${place} d="M${-long} ${-half * 1.2}L0 0L${-long} ${half * 1.2}" stroke="${color}" stroke-width="${weight}" stroke-linecap="round" stroke-linejoin="round"/>`;
    case "ARROW_EQUILATERAL":
    case "TRIANGLE_FILLED":
      return filled(`M${-long} ${-half}L${weight * 0.5} 0L${-long} ${half}Z`);
    case "DIAMOND_FILLED":
      return filled(`M${-long / 2} 0L0 ${-half}L${long / 2} 0L0 ${half}Z`);
    case "CIRCLE_FILLED":
      return `<circle cx="${at.x}" cy="${at.y}" r="${half}" fill="${color}"/>`;
    default:
      return "";
  }
}

/** Degrees of the direction from one point to another. */
export function angleBetween(from: Point, to: Point): number {
  return (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
}
