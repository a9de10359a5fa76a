import type { ConnectorEnd } from "./connector-index.ts";
import type { FigmaDocument } from "./document.ts";
import {
  absoluteBox,
  absoluteTransform,
  applyTransform,
  containerOf,
  identity,
  invert,
  type Box,
  type Point,
} from "./geometry.ts";
import { descendants, isRemoved, type Layer } from "./layer.ts";

/** Where an end of a connector is on the page, and which side of its layer it leaves; null for none. */
export interface PlacedEnd {
  readonly point: Point;
  readonly side: string | null;
}

/** Both ends of a connector on the page. */
export function connectorEnds(
  document: FigmaDocument,
  connector: Layer,
): { start: PlacedEnd; end: PlacedEnd } {
  const start = connector.values["connectorStart"] as ConnectorEnd;
  const end = connector.values["connectorEnd"] as ConnectorEnd;
  const [startBox, endBox] = [boxOfEnd(document, start), boxOfEnd(document, end)];
  return {
    start: placeEnd(start, startBox, centre(endBox)),
    end: placeEnd(end, endBox, centre(startBox)),
  };
}

/** The points of both ends on the page. */
export function connectorPoints(
  document: FigmaDocument,
  connector: Layer,
): { start: Point; end: Point } {
  const { start, end } = connectorEnds(document, connector);
  return { start: start.point, end: end.point };
}

/** Gives the connectors at the touched layers, and the touched connectors, their box again. */
export function refreshConnectors(document: FigmaDocument, touched: ReadonlySet<Layer>): void {
  const connectors = new Set<Layer>();
  for (const layer of touched) {
    if (layer.type === "CONNECTOR") connectors.add(layer);
    for (const connector of document.connectors.of(layer.id)) connectors.add(connector);
    for (const below of descendants(layer))
      for (const connector of document.connectors.of(below.id)) connectors.add(connector);
  }
  for (const connector of connectors)
    if (!isRemoved(connector)) refreshConnector(document, connector);
}

function refreshConnector(document: FigmaDocument, connector: Layer): void {
  const { start, end } = connectorPoints(document, connector);
  const container = containerOf(connector);
  const inverse = container === null ? identity : invert(absoluteTransform(container));
  const [from, to] = [applyTransform(inverse, start), applyTransform(inverse, end)];
  document.derive(connector, {
    transform: [
      [1, 0, Math.min(from.x, to.x)],
      [0, 1, Math.min(from.y, to.y)],
    ],
    width: Math.abs(from.x - to.x),
    height: Math.abs(from.y - to.y),
  });
}

function boxOfEnd(document: FigmaDocument, end: ConnectorEnd): Box {
  const layer = end.endpointNodeId === undefined ? null : document.layer(end.endpointNodeId);
  if (layer !== null && layer.type !== "PAGE") return absoluteBox(layer);
  return { x: end.position?.x ?? 0, y: end.position?.y ?? 0, width: 0, height: 0 };
}

function centre(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** A position on a layer is in its pixels: all 14 such ends of the real payments board prove it. */
function placeEnd(end: ConnectorEnd, box: Box, other: Point): PlacedEnd {
  const middle = centre(box);
  if (end.endpointNodeId !== undefined && end.position !== undefined && box.width > 0) {
    const point = { x: box.x + end.position.x, y: box.y + end.position.y };
    return { point, side: nearestSide(middle, point, box) };
  }
  const side = end.magnet === "AUTO" ? nearestSide(middle, other, box) : (end.magnet ?? null);
  switch (side) {
    case "TOP":
      return { point: { x: middle.x, y: box.y }, side };
    case "BOTTOM":
      return { point: { x: middle.x, y: box.y + box.height }, side };
    case "LEFT":
      return { point: { x: box.x, y: middle.y }, side };
    case "RIGHT":
      return { point: { x: box.x + box.width, y: middle.y }, side };
    case null:
    default:
      return { point: middle, side: null };
  }
}

function nearestSide(middle: Point, other: Point, box: Box): string {
  const [dx, dy] = [other.x - middle.x, other.y - middle.y];
  if (Math.abs(dx) * box.height >= Math.abs(dy) * box.width) return dx >= 0 ? "RIGHT" : "LEFT";
  return dy >= 0 ? "BOTTOM" : "TOP";
}
