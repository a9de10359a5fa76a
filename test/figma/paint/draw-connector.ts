import { connectorRoute } from "../model/connector-route.ts";
import type { Point } from "../model/geometry.ts";
import type { Layer } from "../model/layer.ts";
import { styleAt, type TextContent } from "../model/text-content.ts";
import { measureText } from "../model/text-layout.ts";
import { angleBetween, drawCap } from "./draw-cap.ts";
import { drawShape } from "./draw-shape.ts";
import { strokeColor } from "./draw-paint.ts";
import { cssColor, escapeXml, type Drawing, finite } from "./drawing.ts";

/** Draws a connector on the page: its line with round corners, its caps, its label. */
export function drawConnector(drawing: Drawing, layer: Layer): string {
  const points = connectorRoute(drawing.document, layer);
  const { width, height } = layer.values;
  const data = roundedPath(points, finite(layer.values["cornerRadius"] ?? 0));
  const line = drawShape(
    drawing,
    { ...layer.values, fills: [], strokeAlign: "CENTER" },
    { kind: "path", data, isOpen: true, width, height },
  );
  const [first, second = first] = points;
  const [last, beforeLast = last] = [points.at(-1), points.at(-2)];
  if (first === undefined || second === undefined || last === undefined || beforeLast === undefined)
    return line;
  const color = strokeColor(layer.values) ?? "rgb(0,0,0)";
  const weight = finite(layer.values["strokeWeight"] ?? 1);
  const cap = (member: string, at: Point, from: Point): string =>
    drawCap(String(layer.values[member]), at, angleBetween(from, at), weight, color);
  return [
    line,
    cap("connectorStartStrokeCap", first, second),
    cap("connectorEndStrokeCap", last, beforeLast),
    drawLabel(layer, points),
  ].join("");
}

function roundedPath(points: readonly Point[], radius: number): string {
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (before === undefined) return `M${point.x} ${point.y}`;
      if (after === undefined || radius === 0) return `L${point.x} ${point.y}`;
      const shortest = Math.min(distance(before, point), distance(point, after)) / 2;
      const bend = Math.min(radius, shortest);
      const [into, out] = [towards(point, before, bend), towards(point, after, bend)];
      return `L${into.x} ${into.y}Q${point.x} ${point.y} ${out.x} ${out.y}`;
    })
    .join("");
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

function towards(from: Point, to: Point, length: number): Point {
  const share = length / (distance(from, to) || 1);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

/** The label lies on the middle of the longest straight part, on its own white ground. */
function drawLabel(layer: Layer, points: readonly Point[]): string {
  const text = layer.values["textText"] as TextContent | undefined;
  if (text === undefined || text.characters.trim() === "") return "";
  let [from, to] = [points[0], points[1]];
  for (const [index, point] of points.entries()) {
    const next = points[index + 1];
    if (next === undefined || from === undefined || to === undefined) break;
    if (distance(point, next) > distance(from, to)) [from, to] = [point, next];
  }
  if (from === undefined || to === undefined) return "";
  const { width, height } = measureText(text, null);
  const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
  const style = styleAt(text, 0);
  const [paint] = style.fills as readonly { color?: { r: number; g: number; b: number } }[];
  return `<rect x="${x - width / 2 - 6}" y="${y - height / 2 - 3}" width="${width + 12}" height="${height + 6}" rx="4" fill="white"/><text x="${x}" y="${y + style.fontSize * 0.35}" text-anchor="middle" font-family="Inter" font-weight="500" font-size="${finite(style.fontSize)}" fill="${cssColor(paint?.color)}">${escapeXml(text.characters)}</text>`;
}
