import type { NodeType } from "#domain/nodes/index";
import { paintOf, colours, typeColour } from "./colours.ts";
import { glyphs, type GlyphShape } from "./glyphs.ts";
import { shapePiece } from "./shape-layer.ts";

const sizePx = 20;

/** Draws the round sign of a type of node, in its colour. */
export function drawGlyph(type: NodeType): FrameNode {
  const glyph = shapePiece(
    figma.createFrame(),
    { name: "Type", part: "glyph" },
    {
      fills: [paintOf(typeColour(type))],
      cornerRadius: sizePx / 2,
    },
  );
  glyph.resize(sizePx, sizePx);
  for (const shape of glyphs[type]) glyph.appendChild(drawShape(shape));
  return glyph;
}

function drawShape({ kind, x, y, width, height }: GlyphShape): SceneNode {
  const layer = layerFor(kind);
  // A triangle's tip is at its top: turned by a quarter it points to the right.
  if (kind === "right") {
    layer.resize(height, width);
    layer.relativeTransform = [
      [0, -1, x + width],
      [1, 0, y],
    ];
    return layer;
  }
  layer.resize(width, height);
  layer.x = x;
  layer.y = y;
  return layer;
}

function layerFor(kind: GlyphShape["kind"]): RectangleNode | EllipseNode | PolygonNode | StarNode {
  const white = [paintOf(colours.white)];
  const named = { name: "Shape", fills: white };
  switch (kind) {
    case "bar":
      return Object.assign(figma.createRectangle(), named);
    case "frame":
      return Object.assign(figma.createRectangle(), {
        name: "Shape",
        fills: [],
        strokes: white,
        strokeWeight: 1.5,
        cornerRadius: 2,
      });
    case "disc":
      return Object.assign(figma.createEllipse(), named);
    case "star":
      return Object.assign(figma.createStar(), named, { pointCount: 4, innerRadius: 0.4 });
    case "up":
    case "right":
      return Object.assign(figma.createPolygon(), named);
  }
}
