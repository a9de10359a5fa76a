import type { Layer } from "../model/layer.ts";
import type { Shape } from "./draw-shape.ts";
import { vectorShape } from "./draw-vector.ts";

/** The outline of a layer in its own space; null for what has none. */
export function shapeOf(layer: Layer): Shape | null {
  const { width, height } = layer.values;
  const rectangle: Shape = { kind: "rectangle", width, height };
  switch (layer.type) {
    case "GROUP":
    case "TEXT":
    case "PAGE":
    case "DOCUMENT":
      return null;
    case "ELLIPSE":
      return { kind: "ellipse", width, height };
    case "LINE":
      return { kind: "path", data: `M0 0H${width}`, isOpen: true, width, height };
    case "POLYGON":
    case "STAR":
      return { kind: "path", data: starPath(layer), isOpen: false, width, height };
    case "VECTOR":
      return vectorShape(layer);
    case "SHAPE_WITH_TEXT":
      return shapeWithText(layer);
    default:
      return rectangle;
  }
}

/** Corners of FigJam's shapes as shares of width and height; others are drawn as rectangles. */
const outlines: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  DIAMOND: [
    [0.5, 0],
    [1, 0.5],
    [0.5, 1],
    [0, 0.5],
  ],
  TRIANGLE_UP: [
    [0.5, 0],
    [1, 1],
    [0, 1],
  ],
  TRIANGLE_DOWN: [
    [0, 0],
    [1, 0],
    [0.5, 1],
  ],
  PARALLELOGRAM_RIGHT: [
    [0.2, 0],
    [1, 0],
    [0.8, 1],
    [0, 1],
  ],
  PARALLELOGRAM_LEFT: [
    [0, 0],
    [0.8, 0],
    [1, 1],
    [0.2, 1],
  ],
  HEXAGON: [
    [0.2, 0],
    [0.8, 0],
    [1, 0.5],
    [0.8, 1],
    [0.2, 1],
    [0, 0.5],
  ],
};

function shapeWithText(layer: Layer): Shape {
  const { width, height } = layer.values;
  const kind = String(layer.values["shapeType"]);
  if (kind === "ELLIPSE") return { kind: "ellipse", width, height };
  const corners = outlines[kind];
  if (corners === undefined) return { kind: "rectangle", width, height };
  const points = corners.map(([x, y]) => `${x * width} ${y * height}`);
  return { kind: "path", data: `M${points.join("L")}Z`, isOpen: false, width, height };
}

function starPath(layer: Layer): string {
  const { width, height } = layer.values;
  const count = Number(layer.values["pointCount"] ?? 3);
  const inner = layer.type === "STAR" ? Number(layer.values["innerRadius"] ?? 0.4) : null;
  const steps = inner === null ? count : count * 2;
  const points = Array.from({ length: steps }, (_, index) => {
    const angle = (index / steps) * 2 * Math.PI - Math.PI / 2;
    const radius = inner !== null && index % 2 === 1 ? inner : 1;
    return `${(width / 2) * (1 + radius * Math.cos(angle))} ${(height / 2) * (1 + radius * Math.sin(angle))}`;
  });
  return `M${points.join("L")}Z`;
}
