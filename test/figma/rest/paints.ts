import { applyTransform, invert } from "../model/geometry.ts";
import type { Transform } from "../model/layer.ts";
import { scaleModeNames } from "./names.ts";

type Plain = Readonly<Record<string, unknown>>;
interface Rgba {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly a?: number;
}

/** A REST paint as the plugin API has it: no alpha in solid colours, image hashes, gradient matrices. */
export function paintToPlugin(paint: Plain): Record<string, unknown> {
  const { type, visible = true, opacity = 1, blendMode = "NORMAL" } = paint;
  const common = { type, visible, opacity, blendMode };
  if (type === "SOLID") {
    const { r, g, b } = paint["color"] as Rgba;
    return { ...common, color: { r, g, b }, boundVariables: {} };
  }
  if (type === "IMAGE") {
    const { scaleMode, imageRef, imageTransform, scalingFactor, rotation, filters } = paint;
    return {
      ...common,
      scaleMode: scaleModeNames.toPlugin(String(scaleMode)),
      imageHash: imageRef ?? null,
      ...present({ imageTransform, scalingFactor, rotation, filters }),
    };
  }
  if (String(type).startsWith("GRADIENT")) {
    const handles = paint["gradientHandlePositions"] as readonly { x: number; y: number }[];
    return {
      ...common,
      gradientStops: paint["gradientStops"],
      gradientTransform: transformOf(handles),
    };
  }
  return { ...common, ...paint };
}

/** A paint of the plugin API as REST has it. */
export function paintToRest(paint: Plain): Record<string, unknown> {
  const { type, visible = true, opacity = 1, blendMode = "NORMAL" } = paint;
  const common = {
    blendMode,
    type,
    ...(visible === false ? { visible } : {}),
    ...(opacity === 1 ? {} : { opacity }),
  };
  if (type === "SOLID") return { ...common, color: { ...(paint["color"] as Rgba), a: 1 } };
  if (type === "IMAGE") {
    const { scaleMode, imageHash, imageTransform, scalingFactor, rotation, filters } = paint;
    return {
      ...common,
      scaleMode: scaleModeNames.toRest(String(scaleMode)),
      imageRef: imageHash,
      ...present({ imageTransform, scalingFactor, rotation, filters }),
    };
  }
  if (String(type).startsWith("GRADIENT"))
    return {
      ...common,
      gradientStops: paint["gradientStops"],
      gradientHandlePositions: handlesOf(paint["gradientTransform"] as Transform),
    };
  return { ...common, ...paint };
}

/** Fields of an effect that only the plugin API has. */
export function effectToPlugin(effect: Plain): Record<string, unknown> {
  const isBlur = String(effect["type"]).endsWith("_BLUR");
  return {
    ...effect,
    visible: effect["visible"] ?? true,
    ...(isBlur ? { blurType: effect["blurType"] ?? "NORMAL" } : {}),
  };
}

/** An effect without what REST does not tell. */
export function effectToRest(effect: Plain): Record<string, unknown> {
  return Object.fromEntries(Object.entries(effect).filter(([member]) => member !== "blurType"));
}

function present(values: Plain): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** The matrix that takes the three handles to (0, ½), (1, ½) and (0, 1): from the layer's unit square to the gradient's. */
function transformOf(handles: readonly { readonly x: number; readonly y: number }[]): Transform {
  const [start, end, side] = handles;
  if (start === undefined || end === undefined || side === undefined)
    return [
      [1, 0, 0],
      [0, 1, 0],
    ];
  const [a, b] = [end.x - start.x, end.y - start.y];
  const [c, d] = [2 * (side.x - start.x), 2 * (side.y - start.y)];
  return invert([
    [a, c, start.x - c / 2],
    [b, d, start.y - d / 2],
  ]);
}

function handlesOf(transform: Transform): { x: number; y: number }[] {
  const back = invert(transform);
  return [
    { x: 0, y: 0.5 },
    { x: 1, y: 0.5 },
    { x: 0, y: 1 },
  ].map((point) => applyTransform(back, point));
}
