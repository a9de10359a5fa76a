import type { Layer, Transform } from "./layer.ts";

/** An axis-parallel box, in canvas pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A point, in canvas pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The matrix that changes nothing. */
export const identity: Transform = [
  [1, 0, 0],
  [0, 1, 0],
];

/** The matrix that does `inner` first and `outer` after. */
export function multiply(outer: Transform, inner: Transform): Transform {
  const [[a, c, x], [b, d, y]] = outer;
  const [[ia, ic, ix], [ib, id, iy]] = inner;
  return [
    [a * ia + c * ib, a * ic + c * id, a * ix + c * iy + x],
    [b * ia + d * ib, b * ic + d * id, b * ix + d * iy + y],
  ];
}

/** The matrix that undoes `transform`; a flat one is treated as a plain shift. */
export function invert(transform: Transform): Transform {
  const [[a, c, x], [b, d, y]] = transform;
  const determinant = a * d - b * c;
  if (Math.abs(determinant) < 1e-12)
    return [
      [1, 0, -x],
      [0, 1, -y],
    ];
  return [
    [d / determinant, -c / determinant, (c * y - d * x) / determinant],
    [-b / determinant, a / determinant, (b * x - a * y) / determinant],
  ];
}

/** Where the matrix takes a point. */
export function applyTransform(transform: Transform, point: Point): Point {
  const [[a, c, x], [b, d, y]] = transform;
  return { x: a * point.x + c * point.y + x, y: b * point.x + d * point.y + y };
}

/** The same matrix with another shift. */
export function moveTo(transform: Transform, x: number, y: number): Transform {
  const [[a, c], [b, d]] = transform;
  return [
    [a, c, x],
    [b, d, y],
  ];
}

/** Groups and boolean operations do not make a coordinate space of their own (typings, relativeTransform). */
export function isTransparent(layer: Layer): boolean {
  return layer.type === "GROUP" || layer.type === "BOOLEAN_OPERATION";
}

/** The layer whose space a layer's `x` and `y` are in; null for a page's own children. */
export function containerOf(layer: Layer): Layer | null {
  let current = layer.parent;
  while (current !== null && isTransparent(current)) current = current.parent;
  return current === null || current.type === "PAGE" || current.type === "DOCUMENT"
    ? null
    : current;
}

/** The matrix from the layer's own space to the page. */
export function absoluteTransform(layer: Layer): Transform {
  if (layer.type === "PAGE" || layer.type === "DOCUMENT") return identity;
  const container = containerOf(layer);
  const { transform } = layer.values;
  return container === null ? transform : multiply(absoluteTransform(container), transform);
}

/** The box around a rectangle of that size under that matrix. */
function boxUnder(transform: Transform, width: number, height: number): Box {
  const corners = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: 0, y: height },
    { x: width, y: height },
  ].map((corner) => applyTransform(transform, corner));
  const x = Math.min(...corners.map((corner) => corner.x));
  const y = Math.min(...corners.map((corner) => corner.y));
  return {
    x,
    y,
    width: Math.max(...corners.map((corner) => corner.x)) - x,
    height: Math.max(...corners.map((corner) => corner.y)) - y,
  };
}

/** The box of a layer on its page. */
export function absoluteBox(layer: Layer): Box {
  return boxUnder(absoluteTransform(layer), layer.values.width, layer.values.height);
}

/** The box of a layer in its container's space. */
export function relativeBox(layer: Layer): Box {
  return boxUnder(layer.values.transform, layer.values.width, layer.values.height);
}

/** The smallest box around all of them; null for none. */
export function unite(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}

/** Degrees the layer is turned by, anticlockwise as Figma counts (typings, rotation). */
export function rotationOf(transform: Transform): number {
  const [[a], [b]] = transform;
  const degrees = (Math.atan2(-b, a) * 180) / Math.PI;
  return degrees === 0 ? 0 : degrees;
}

/** The matrix turned to `degrees` around its own top-left corner (typings, rotation). */
export function rotateTo(transform: Transform, degrees: number): Transform {
  const radians = (degrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(radians), Math.sin(radians)];
  return [
    [cosine, sine, transform[0][2]],
    [-sine, cosine, transform[1][2]],
  ];
}
