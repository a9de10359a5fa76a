import { absoluteTransform, isTransparent } from "../model/geometry.ts";
import type { Layer, Transform } from "../model/layer.ts";
import { drawConnector } from "./draw-connector.ts";
import { drawShadow } from "./draw-shadow.ts";
import { drawShape } from "./draw-shape.ts";
import { drawText } from "./draw-text.ts";
import { drawCaps } from "./draw-vector.ts";
import { definitionId, escapeXml, type Drawing } from "./drawing.ts";
import { shapeOf } from "./shape-of.ts";

/** Draws a layer and what is below it on the page; nothing for what is hidden. */
export function drawLayer(drawing: Drawing, layer: Layer): string {
  return wrap(drawing, layer, drawOwnPart(drawing, layer) + drawChildren(drawing, layer));
}

/** Draws a layer without what is below it. */
export function drawAlone(drawing: Drawing, layer: Layer): string {
  return wrap(drawing, layer, drawOwnPart(drawing, layer));
}

function drawOwnPart(drawing: Drawing, layer: Layer): string {
  if (!isDrawn(layer)) return "";
  return layer.type === "CONNECTOR" ? drawConnector(drawing, layer) : drawOwn(drawing, layer);
}

function isDrawn({ type, values }: Layer): boolean {
  return values.visible && values["isMask"] !== true && type !== "SLICE";
}

function wrap(drawing: Drawing, layer: Layer, parts: string): string {
  if (parts === "") return "";
  const opacity = Number(layer.values["opacity"] ?? 1);
  const attributes = [
    drawing.marksLayers ? ` data-layer="${escapeXml(layer.id)}"` : "",
    opacity === 1 ? "" : ` opacity="${opacity}"`,
    drawShadow(drawing, layer),
  ].join("");
  return attributes === "" ? parts : `<g${attributes}>${parts}</g>`;
}

function drawOwn(drawing: Drawing, layer: Layer): string {
  const shape = shapeOf(layer);
  const drawn = shape === null ? "" : drawShape(drawing, layer.values, shape);
  const inside = drawn + drawCaps(layer) + drawText(layer);
  return inside === "" ? "" : `<g transform="${matrix(absoluteTransform(layer))}">${inside}</g>`;
}

function drawChildren(drawing: Drawing, layer: Layer): string {
  if (layer.type === "BOOLEAN_OPERATION" || !isDrawn(layer)) return "";
  const children = (layer.children ?? []).map((child) => drawLayer(drawing, child)).join("");
  if (children === "" || layer.values["clipsContent"] !== true || isTransparent(layer))
    return children;
  const id = definitionId(drawing, "clip");
  const { width, height } = layer.values;
  const radius = Number(layer.values["cornerRadius"] ?? 0);
  const corner = radius > 0 ? ` rx="${radius}"` : "";
  drawing.definitions.push(
    `<clipPath id="${id}"><rect width="${width}" height="${height}"${corner} transform="${matrix(absoluteTransform(layer))}"/></clipPath>`,
  );
  return `<g clip-path="url(#${id})">${children}</g>`;
}

function matrix([[a, c, x], [b, d, y]]: Transform): string {
  return `matrix(${a} ${b} ${c} ${d} ${x} ${y})`;
}
