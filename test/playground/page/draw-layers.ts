import { identity, moveTo, type Point } from "../../figma/model/geometry.ts";
import type { Layer, Transform } from "../../figma/model/layer.ts";
import { createText } from "../../figma/model/text-content.ts";
import type { User } from "../../figma/people/user.ts";
import type { ToolName } from "./tool.ts";

const solid = (r: number, g: number, b: number): unknown => ({
  type: "SOLID",
  visible: true,
  opacity: 1,
  blendMode: "NORMAL",
  color: { r, g, b },
  boundVariables: {},
});

/** What the box tools draw. */
type BoxTool = Extract<ToolName, "shape" | "section" | "frame" | "rectangle">;

const standardSizes: Readonly<
  Record<BoxTool, { readonly width: number; readonly height: number }>
> = {
  shape: { width: 208, height: 112 },
  section: { width: 640, height: 420 },
  frame: { width: 320, height: 240 },
  rectangle: { width: 160, height: 120 },
};

/** Draws a layer between two points as a tool does; the same point twice gives its standard size. */
export function drawBox(user: User, tool: BoxTool, from: Point, to: Point): Layer {
  const isClick = from.x === to.x && from.y === to.y;
  const size = isClick
    ? standardSizes[tool]
    : { width: Math.max(1, Math.abs(from.x - to.x)), height: Math.max(1, Math.abs(from.y - to.y)) };
  const at = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y) };
  switch (tool) {
    case "shape":
      return user.draw("SHAPE_WITH_TEXT", { ...size, ...shapeLook }, at);
    case "section":
      return user.draw("SECTION", { ...size, name: "Section", fills: [solid(1, 1, 1)] }, at);
    case "frame":
      return user.draw("FRAME", size, at);
    case "rectangle":
      return user.draw("RECTANGLE", size, at);
  }
}

/** How FigJam's plain shape looks in the playground. */
const shapeLook = {
  shapeType: "ROUNDED_RECTANGLE",
  cornerRadius: 12,
  strokeWeight: 2,
  fills: [solid(1, 1, 1)],
  strokes: [solid(0.12, 0.12, 0.12)],
};

/** The line tool of Figma Design. */
export function drawLine(user: User, from: Point, to: Point): Layer {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const transform: Transform = [
    [dx / length, -dy / length, from.x],
    [dy / length, dx / length, from.y],
  ];
  return user.draw("LINE", { width: length, transform });
}

/** An empty text layer, to be typed into. */
export function drawText(user: User, at: Point): Layer {
  const textText = createText({ fontSize: 16 });
  return user.draw("TEXT", { textText, height: 20 }, { x: at.x, y: at.y - 10 });
}

/** FigJam's sticky with its middle at a point. */
export function drawSticky(user: User, at: Point): Layer {
  return user.draw("STICKY", {}, { x: at.x - 120, y: at.y - 120 });
}

/** A picture file as a layer, at most 480 px wide; throws for what Figma takes as no picture. */
export function drawPicture(user: User, bytes: Uint8Array, name: string, at: Point): Layer {
  const { images } = user.person.document;
  const { hash, widthPx, heightPx } = images.addImage(bytes, "createImage");
  const scale = Math.min(1, 480 / widthPx);
  const fill = { type: "IMAGE", visible: true, opacity: 1, scaleMode: "FILL", imageHash: hash };
  return user.draw("RECTANGLE", {
    name,
    width: widthPx * scale,
    height: heightPx * scale,
    fills: [{ ...fill, blendMode: "NORMAL" }],
    transform: moveTo(identity, at.x, at.y),
  });
}
