import { renderBox } from "../api/layer-getters.ts";
import { refuse, SimUnsupported } from "../errors.ts";
import type { FigmaDocument } from "../model/document.ts";
import { renderPicture } from "../host/render-picture.ts";
import { weightOf } from "../model/font-metrics.ts";
import { absoluteBox, unite, type Box } from "../model/geometry.ts";
import type { Layer } from "../model/layer.ts";
import type { TextContent } from "../model/text-content.ts";
import { exportLayerJson } from "../rest/export-document.ts";
import { drawSvg } from "./draw-svg.ts";

interface Constraint {
  readonly type: "SCALE" | "WIDTH" | "HEIGHT";
  readonly value: number;
}

/**
 * What `exportAsync` gives: PNG and JPG bytes with true pixels at the asked scale, SVG as bytes or
 * text, JSON_REST_V1 as an object. Settings have been checked against the typings already.
 */
export async function exportLayer(
  document: FigmaDocument,
  layer: Layer,
  settings: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const { format } = settings;
  if (format === "JSON_REST_V1")
    return {
      document: exportLayerJson(document, layer),
      components: {},
      componentSets: {},
      styles: {},
      schemaVersion: 0,
    };
  const box = boxToDraw(layer, settings["useAbsoluteBounds"] === true);
  const layers = layer.type === "PAGE" ? (layer.children ?? []) : [layer];
  if (format === "SVG_STRING" || format === "SVG") {
    const svg = drawSvg(document, layers, box, 1);
    return format === "SVG" ? new TextEncoder().encode(svg) : svg;
  }
  if (format !== "PNG" && format !== "JPG")
    throw new SimUnsupported(`exportAsync ${String(format)}`);
  if (settings["contentsOnly"] === false)
    throw new SimUnsupported("exportAsync contentsOnly: false");
  const scale = scaleOf(settings["constraint"] as Constraint | undefined, box);
  return await renderPicture(drawSvg(document, layers, box, scale), format, weightsBelow(layer));
}

function boxToDraw(layer: Layer, usesAbsoluteBounds: boolean): Box {
  const drawn = (one: Layer): Box | null =>
    usesAbsoluteBounds ? absoluteBox(one) : renderBox(one);
  const boxes = (layer.type === "PAGE" ? (layer.children ?? []) : [layer])
    .map(drawn)
    .filter((box) => box !== null);
  const box = unite(boxes);
  if (box === null || (box.width <= 0 && box.height <= 0))
    throw refuse(
      "exportAsync",
      "Failed to export node. This node may not have any visible layers.",
    );
  return { ...box, width: Math.max(box.width, 1), height: Math.max(box.height, 1) };
}

function scaleOf(constraint: Constraint | undefined, box: Box): number {
  if (constraint === undefined) return 1;
  if (!(constraint.value > 0))
    throw refuse(
      "exportAsync",
      'Property "constraint" failed validation: Number must be greater than 0 at value',
    );
  if (constraint.type === "SCALE") return constraint.value;
  return constraint.value / (constraint.type === "WIDTH" ? box.width : box.height);
}

function weightsBelow(layer: Layer): string[] {
  const weights = new Set<string>();
  const visit = (current: Layer): void => {
    const text = current.values["textText"] as TextContent | undefined;
    for (const { style } of text?.runs ?? []) weights.add(weightOf(style.fontName));
    for (const child of current.children ?? []) visit(child);
  };
  visit(layer);
  return [...weights];
}
