import type { FigmaDocument } from "../../figma/model/document.ts";
import { absoluteBox, unite, type Box } from "../../figma/model/geometry.ts";
import type { Layer } from "../../figma/model/layer.ts";
import { drawAlone, drawLayer } from "../../figma/paint/draw-layer.ts";
import type { StoredImage } from "../../figma/model/image-store.ts";

/** A part of the page that is drawn at one go: a section by itself, or a layer with all below it. */
export interface SceneUnit {
  readonly layer: Layer;
  /** Unlike in all units there ever were, for the ids in its drawing. */
  readonly number: number;
  /** All that it covers, in page pixels, a little too large rather than too small. */
  box: Box;
  element: SVGGElement | null;
  /** Whether it must be drawn again, and whether `box` must be worked out again. */
  isStale: boolean;
  isBoxStale: boolean;
}

/** Arrow heads, shadows and the elbows of connectors reach beyond a layer's box. */
const reachPx = 32;
const connectorReachPx = 80;

/** The units of a page, the lowest first. */
export function unitLayers(page: Layer): Layer[] {
  const found: Layer[] = [];
  const visit = (layer: Layer): void => {
    found.push(layer);
    if (layer.type === "SECTION") for (const child of layer.children ?? []) visit(child);
  };
  for (const child of page.children ?? []) visit(child);
  return found;
}

/** The unit that a layer is drawn in; null for a page or the document. */
export function unitOf(layer: Layer): Layer | null {
  let unit: Layer | null = null;
  for (let current: Layer | null = layer; current !== null; current = current.parent) {
    if (current.type === "PAGE" || current.type === "DOCUMENT") return unit;
    const { parent } = current;
    const isOpen = parent === null || parent.type === "PAGE" || parent.type === "SECTION";
    if (unit === null && isOpen) unit = current;
    if (unit !== null && !isOpen) unit = null;
  }
  return unit;
}

/** What a unit covers. */
export function coveredBox(layer: Layer): Box {
  if (layer.type === "SECTION") return grow(absoluteBox(layer), reachPx);
  if (layer.type === "CONNECTOR") return grow(absoluteBox(layer), connectorReachPx);
  const boxes: Box[] = [];
  const visit = (one: Layer): void => {
    boxes.push(absoluteBox(one));
    if (one.values["clipsContent"] === true) return;
    for (const child of one.children ?? []) visit(child);
  };
  visit(layer);
  return grow(unite(boxes) ?? absoluteBox(layer), reachPx);
}

function grow(box: Box, by: number): Box {
  return { x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by };
}

/** Draws a unit as SVG text. */
export function drawUnit(
  document: FigmaDocument,
  unit: SceneUnit,
  addressOf: (image: StoredImage) => string,
): string {
  const definitions: string[] = [];
  const prefix = `u${unit.number}-`;
  const drawing = { document, definitions, prefix, addressOf, marksLayers: true };
  const { layer } = unit;
  const body = layer.type === "SECTION" ? drawAlone(drawing, layer) : drawLayer(drawing, layer);
  return definitions.length === 0 ? body : `<defs>${definitions.join("")}</defs>${body}`;
}
