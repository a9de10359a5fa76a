import type { FigmaDocument } from "../model/document.ts";
import type { Box } from "../model/geometry.ts";
import type { Layer } from "../model/layer.ts";
import { drawLayer } from "./draw-layer.ts";
import { createDrawing } from "./drawing.ts";

/**
 * Draws layers plainly as SVG: fills, strokes, images, text in Inter, clips, opacity, drop shadows.
 * Blurs, blend modes and masks are left out; the bytes are for size, place and content, not beauty.
 */
export function drawSvg(
  document: FigmaDocument,
  layers: readonly Layer[],
  box: Box,
  scale: number,
): string {
  const drawing = createDrawing(document);
  const body = layers.map((layer) => drawLayer(drawing, layer)).join("");
  const [width, height] = [
    Math.max(1, Math.round(box.width * scale)),
    Math.max(1, Math.round(box.height * scale)),
  ];
  return [
    `<svg width="${width}" height="${height}" viewBox="${box.x} ${box.y} ${box.width} ${box.height}" fill="none" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">`,
    drawing.definitions.length > 0 ? `<defs>${drawing.definitions.join("")}</defs>` : "",
    body,
    "</svg>",
  ].join("");
}
