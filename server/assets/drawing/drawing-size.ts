import { figmaImageLimitPx } from "#domain/placement";
import type { DrawingElement } from "./drawing-element.ts";
import { DrawingRefused } from "./drawing-refused.ts";

/** CSS pixels of each unit of length (https://www.w3.org/TR/css-values-4/#absolute-lengths). */
const unitsPx: Readonly<Record<string, number>> = {
  "": 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
};

/** The longest side in pixels that a drawing is taken for at least: its own units say nothing of detail. */
const leastSidePx = 1_024;
const largest = 1e6;
const mostElongated = 200;

/** How large a drawing is in its own units, and which part of its plane it shows. */
export interface DrawingSize {
  readonly width: number;
  readonly height: number;
  readonly viewBox: string;
}

/** The size of a drawing by its root. Throws DrawingRefused where it has none that makes sense. */
export function sizeOfDrawing({ attributes }: DrawingElement): DrawingSize {
  const box = boxOf(attributes.get("viewBox"));
  const stated = {
    width: lengthOf(attributes.get("width")),
    height: lengthOf(attributes.get("height")),
  };
  const ratio = box ? box.width / box.height : 1;
  const width = rounded(stated.width ?? (stated.height ?? box?.height ?? 0) * ratio);
  const height = rounded(stated.height ?? (stated.width ?? box?.width ?? 0) / ratio);
  const isKnown = box !== null || (stated.width !== null && stated.height !== null);
  if (!isKnown || width <= 0 || height <= 0) throw refuse("has no size");
  if (Math.max(width, height) > largest) throw refuse("is too large");
  if (Math.max(width / height, height / width) > mostElongated) throw refuse("is too elongated");
  return { width, height, viewBox: box?.text ?? `0 0 ${width} ${height}` };
}

/** The pixels that a drawing is taken for where pixels are counted: its own, neither few nor too many. */
export function pixelsOfDrawing({ width, height }: DrawingSize): {
  readonly widthPx: number;
  readonly heightPx: number;
} {
  const longest = Math.max(width, height);
  const scale = Math.min(figmaImageLimitPx, Math.max(leastSidePx, longest)) / longest;
  return {
    widthPx: Math.max(1, Math.round(width * scale)),
    heightPx: Math.max(1, Math.round(height * scale)),
  };
}

/** A length in pixels; null for one that depends on what the drawing is put into, or is none. */
function lengthOf(text: string | undefined): number | null {
  const [, number, unit = ""] = /^([+-]?[\d.]+(?:e[+-]?\d+)?)([a-z]*)$/i.exec(text ?? "") ?? [];
  const unitPx = unitsPx[unit.toLowerCase()];
  const length = Number(number ?? NaN) * (unitPx ?? NaN);
  return Number.isFinite(length) ? length : null;
}

function boxOf(text: string | undefined) {
  const numbers = (text ?? "").split(/[\s,]+/).map(Number);
  const [, , width = 0, height = 0] = numbers;
  if (text === undefined || numbers.length !== 4) return null;
  if (!numbers.every((each) => Number.isFinite(each) && Math.abs(each) <= largest)) return null;
  if (width <= 0 || height <= 0) throw refuse("has no size");
  return { width, height, text: numbers.join(" ") };
}

function rounded(length: number): number {
  return Math.round(length * 1_000) / 1_000;
}

function refuse(fault: string): DrawingRefused {
  return new DrawingRefused("unreadable", `The SVG drawing ${fault}, so that it cannot be shown.`);
}
