import type { Point } from "../model/geometry.ts";
import type { Layer } from "../model/layer.ts";
import { angleBetween, drawCap } from "./draw-cap.ts";
import type { Shape } from "./draw-shape.ts";
import { strokeColor } from "./draw-paint.ts";

interface Vertex extends Point {
  readonly strokeCap?: string;
}

interface Network {
  readonly vertices: readonly Vertex[];
  readonly segments: readonly {
    readonly start: number;
    readonly end: number;
    readonly tangentStart?: Point;
    readonly tangentEnd?: Point;
  }[];
  readonly regions?: readonly unknown[];
}

/** A vector whose geometry the file did not tell is drawn as its box. */
export function vectorShape(layer: Layer): Shape {
  const { width, height } = layer.values;
  const network = layer.values["vectorNetwork"] as Network | undefined;
  if (network === undefined) return { kind: "rectangle", width, height };
  let at = -1;
  const data = network.segments.map((segment) => {
    const [from, to] = [network.vertices[segment.start], network.vertices[segment.end]];
    if (from === undefined || to === undefined) return "";
    const move = at === segment.start ? "" : `M${from.x} ${from.y}`;
    at = segment.end;
    const { tangentStart: out = zero, tangentEnd: back = zero } = segment;
    const isStraight = out.x === 0 && out.y === 0 && back.x === 0 && back.y === 0;
    return isStraight
      ? `${move}L${to.x} ${to.y}`
      : `${move}C${from.x + out.x} ${from.y + out.y} ${to.x + back.x} ${to.y + back.y} ${to.x} ${to.y}`;
  });
  const isOpen = (network.regions ?? []).length === 0;
  return { kind: "path", data: data.join(""), isOpen, width, height };
}

const zero: Point = { x: 0, y: 0 };

/** The caps at the ends of a vector's path, or of a LINE, in the layer's own space. */
export function drawCaps(layer: Layer): string {
  const color = strokeColor(layer.values);
  if (color === null) return "";
  const weight = Number(layer.values["strokeWeight"] ?? 1);
  const { strokeCap } = layer.values;
  const own = typeof strokeCap === "string" ? strokeCap : "NONE";
  if (layer.type === "LINE") return drawCap(own, { x: layer.values.width, y: 0 }, 0, weight, color);
  const network = layer.values["vectorNetwork"] as Network | undefined;
  if (network === undefined) return "";
  const capAt = (index: number, from: Point): string => {
    const vertex = network.vertices[index];
    if (vertex === undefined) return "";
    const uses = network.segments.filter(({ start, end }) => start === index || end === index);
    const cap = uses.length === 1 ? (vertex.strokeCap ?? own) : "NONE";
    return drawCap(cap, vertex, angleBetween(from, vertex), weight, color);
  };
  return network.segments
    .map(({ start, end, tangentStart = zero, tangentEnd = zero }) => {
      const [from, to] = [network.vertices[start], network.vertices[end]];
      if (from === undefined || to === undefined) return "";
      const near = (vertex: Point, tangent: Point, other: Point): Point =>
        tangent.x === 0 && tangent.y === 0
          ? other
          : { x: vertex.x + tangent.x, y: vertex.y + tangent.y };
      return capAt(start, near(from, tangentStart, to)) + capAt(end, near(to, tangentEnd, from));
    })
    .join("");
}
