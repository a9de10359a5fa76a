import type { FigmaDocument } from "./document.ts";
import { moveTo, relativeBox } from "./geometry.ts";
import type { Layer } from "./layer.ts";
import { measureText } from "./text-layout.ts";
import type { TextContent } from "./text-content.ts";

/**
 * Auto-layout, the plain part: one row or one column, padding, spacing, alignment, hug, fill and
 * absolute children. Wrapping and grids are refused where they are set. Space between the children
 * comes from `primaryAxisAlignItems: "SPACE_BETWEEN"`; baseline alignment counts as "MIN".
 */
export function layOut(document: FigmaDocument, frame: Layer): void {
  const mode = frame.values["layoutMode"];
  if (mode !== "HORIZONTAL" && mode !== "VERTICAL") return;
  const axis = readAxis(frame, mode === "HORIZONTAL");
  const items = (frame.children ?? []).filter(
    (child) => child.values.visible && child.values["layoutPositioning"] !== "ABSOLUTE",
  );
  const gaps = axis.spacing * Math.max(0, items.length - 1);
  sizeAcross(document, frame, axis, items);
  sizeAlong(document, frame, axis, items, gaps);
  const used = items.reduce((sum, item) => sum + axis.lengthOf(item), 0);
  if (axis.hugsAlong) takeSize(document, frame, axis.along, used + gaps + axis.before + axis.after);
  placeItems(document, frame, axis, items, used);
}

type Side = "width" | "height";

interface Axis {
  readonly isRow: boolean;
  readonly along: Side;
  readonly across: Side;
  readonly before: number;
  readonly after: number;
  readonly beforeAcross: number;
  readonly afterAcross: number;
  readonly spacing: number;
  readonly hugsAlong: boolean;
  readonly hugsAcross: boolean;
  readonly lengthOf: (layer: Layer) => number;
  readonly breadthOf: (layer: Layer) => number;
}

function readAxis(frame: Layer, isRow: boolean): Axis {
  const number = (member: string): number => frame.values[member] as number;
  const [along, across] = isRow ? (["width", "height"] as const) : (["height", "width"] as const);
  return {
    isRow,
    along,
    across,
    before: number(isRow ? "paddingLeft" : "paddingTop"),
    after: number(isRow ? "paddingRight" : "paddingBottom"),
    beforeAcross: number(isRow ? "paddingTop" : "paddingLeft"),
    afterAcross: number(isRow ? "paddingBottom" : "paddingRight"),
    spacing: frame.values["primaryAxisAlignItems"] === "SPACE_BETWEEN" ? 0 : number("itemSpacing"),
    hugsAlong: frame.values["primaryAxisSizingMode"] === "AUTO",
    hugsAcross: frame.values["counterAxisSizingMode"] === "AUTO",
    lengthOf: (layer) => relativeBox(layer)[along],
    breadthOf: (layer) => relativeBox(layer)[across],
  };
}

function sizeAcross(
  document: FigmaDocument,
  frame: Layer,
  axis: Axis,
  items: readonly Layer[],
): void {
  const stretches = (item: Layer): boolean => item.values["layoutAlign"] === "STRETCH";
  const measured = items.some((item) => !stretches(item))
    ? items.filter((item) => !stretches(item))
    : items;
  const padding = axis.beforeAcross + axis.afterAcross;
  if (axis.hugsAcross) {
    const breadth = Math.max(0, ...measured.map((item) => axis.breadthOf(item))) + padding;
    takeSize(document, frame, axis.across, breadth);
  }
  const inner = Math.max(0, frame.values[axis.across] - padding);
  for (const item of items)
    if (stretches(item))
      setSize(document, item, { [axis.across]: clamp(item, axis.across, inner) });
}

function sizeAlong(
  document: FigmaDocument,
  frame: Layer,
  axis: Axis,
  items: readonly Layer[],
  gaps: number,
): void {
  const growing = items.filter((item) => item.values["layoutGrow"] === 1);
  if (axis.hugsAlong || growing.length === 0) return;
  const fixed = items.filter((item) => !growing.includes(item));
  const taken =
    fixed.reduce((sum, item) => sum + axis.lengthOf(item), 0) + gaps + axis.before + axis.after;
  const share = Math.max(0, (frame.values[axis.along] - taken) / growing.length);
  for (const item of growing)
    setSize(document, item, { [axis.along]: clamp(item, axis.along, share) });
}

function placeItems(
  document: FigmaDocument,
  frame: Layer,
  axis: Axis,
  items: readonly Layer[],
  used: number,
): void {
  const free =
    frame.values[axis.along] -
    axis.before -
    axis.after -
    used -
    axis.spacing * Math.max(0, items.length - 1);
  const align = frame.values["primaryAxisAlignItems"];
  const gap =
    align === "SPACE_BETWEEN" && items.length > 1 ? free / (items.length - 1) : axis.spacing;
  let position = axis.before + (align === "CENTER" ? free / 2 : align === "MAX" ? free : 0);
  const innerAcross = frame.values[axis.across] - axis.beforeAcross - axis.afterAcross;
  for (const item of items) {
    const rest = innerAcross - axis.breadthOf(item);
    const alignAcross = frame.values["counterAxisAlignItems"];
    const offset = alignAcross === "CENTER" ? rest / 2 : alignAcross === "MAX" ? rest : 0;
    const across = axis.beforeAcross + offset;
    shiftBoxTo(document, item, axis.isRow ? position : across, axis.isRow ? across : position);
    position += axis.lengthOf(item) + gap;
  }
}

function shiftBoxTo(document: FigmaDocument, layer: Layer, x: number, y: number): void {
  const box = relativeBox(layer);
  const [[, , left], [, , top]] = layer.values.transform;
  const [nextX, nextY] = [left + x - box.x, top + y - box.y];
  if (nextX === left && nextY === top) return;
  document.write(layer, "transform", moveTo(layer.values.transform, nextX, nextY));
}

/** Gives a layer a size if it differs; texts find their height again, frames lay out their own. */
export function setSize(
  document: FigmaDocument,
  layer: Layer,
  size: { readonly width?: number; readonly height?: number },
): void {
  const width = size.width ?? layer.values.width;
  const height = size.height ?? layer.values.height;
  const isWider = width !== layer.values.width;
  if (!isWider && height === layer.values.height) return;
  if (isWider) document.write(layer, "width", width);
  if (height !== layer.values.height) document.write(layer, "height", height);
  if (layer.type === "TEXT" && isWider) fitTextHeight(document, layer);
  layOut(document, layer);
}

/** A text whose width is given wraps in it; its height follows unless it is fixed. */
function fitTextHeight(document: FigmaDocument, layer: Layer): void {
  if (layer.values["textAutoResize"] === "WIDTH_AND_HEIGHT")
    document.write(layer, "textAutoResize", "HEIGHT");
  if (layer.values["textAutoResize"] !== "HEIGHT") return;
  const { values } = layer;
  const { height } = measureText(values["textText"] as TextContent, values.width, values);
  if (height !== layer.values.height) document.write(layer, "height", height);
}

/** The frame's own size, found by laying it out: its children are being placed already. */
function takeSize(document: FigmaDocument, frame: Layer, side: Side, length: number): void {
  const size = clamp(frame, side, length);
  if (size !== frame.values[side]) document.write(frame, side, size);
}

function clamp(layer: Layer, side: Side, value: number): number {
  const least = layer.values[side === "width" ? "minWidth" : "minHeight"] as
    number | null | undefined;
  const most = layer.values[side === "width" ? "maxWidth" : "maxHeight"] as
    number | null | undefined;
  return Math.max(least ?? 0, Math.min(most ?? Number.POSITIVE_INFINITY, value));
}
