import { layOut, setSize } from "./auto-layout.ts";
import type { ConnectorEnd } from "./connector-index.ts";
import { connectorPoints } from "./connector-geometry.ts";
import type { FigmaDocument } from "./document.ts";
import {
  absoluteTransform,
  identity,
  isTransparent,
  moveTo,
  relativeBox,
  unite,
  type Point,
} from "./geometry.ts";
import { contains, descendants, type Layer, type Transform } from "./layer.ts";
import type { Switches } from "../switches.ts";

/** Hangs a layer under another; its numbers stay and mean the new parent's space (figma-platform.md 6.4). */
export function insertLayer(
  document: FigmaDocument,
  layer: Layer,
  parent: Layer,
  index?: number,
): void {
  const { parent: before } = layer;
  document.place(layer, parent, index);
  if (before !== null && before !== parent) reflow(document, before);
  reflow(document, parent);
}

/** Takes a layer out; its connectors' ends follow the switch, an emptied group goes with it. */
export function removeLayer(
  document: FigmaDocument,
  layer: Layer,
  afterDelete: Switches["connectorAfterDelete"],
): void {
  const { parent } = layer;
  if (afterDelete === "free") freeConnectors(document, layer);
  document.place(layer, null);
  if (parent !== null) reflow(document, parent);
}

function freeConnectors(document: FigmaDocument, layer: Layer): void {
  for (const gone of [layer, ...descendants(layer)])
    for (const connector of document.connectors.of(gone.id)) {
      if (contains(layer, connector)) continue;
      const points = connectorPoints(document, connector);
      for (const [member, point] of [
        ["connectorStart", points.start],
        ["connectorEnd", points.end],
      ] as const) {
        const end = connector.values[member] as ConnectorEnd;
        if (end.endpointNodeId === gone.id) document.write(connector, member, { position: point });
      }
    }
}

/** Lays out again from a container up: groups take their children's box, empty ones go. */
export function reflow(document: FigmaDocument, from: Layer): void {
  for (let layer: Layer | null = from; layer !== null && layer.type !== "PAGE";) {
    const { parent }: Layer = layer;
    if (isTransparent(layer)) {
      if (layer.children?.length === 0 && parent !== null) document.place(layer, null);
      else fitGroup(document, layer);
    } else layOut(document, layer);
    layer = parent;
  }
}

function fitGroup(document: FigmaDocument, group: Layer): void {
  const box = unite((group.children ?? []).map((child) => relativeBox(child)));
  if (box === null) return;
  const [[, , x], [, , y]] = group.values.transform;
  if (x !== box.x || y !== box.y)
    document.write(group, "transform", moveTo(identity, box.x, box.y));
  if (group.values.width !== box.width) document.write(group, "width", box.width);
  if (group.values.height !== box.height) document.write(group, "height", box.height);
}

/** Moves or turns a layer; a group takes its children along, free connector ends follow. */
export function setTransform(document: FigmaDocument, layer: Layer, transform: Transform): void {
  const before = absoluteTransform(layer);
  const [[, , oldX], [, , oldY]] = layer.values.transform;
  if (isTransparent(layer))
    shiftChildren(document, layer, transform[0][2] - oldX, transform[1][2] - oldY);
  if (layer.type !== "CONNECTOR") document.write(layer, "transform", transform);
  const after = layer.type === "CONNECTOR" ? transform : absoluteTransform(layer);
  const delta =
    layer.type === "CONNECTOR"
      ? { x: transform[0][2] - oldX, y: transform[1][2] - oldY }
      : { x: after[0][2] - before[0][2], y: after[1][2] - before[1][2] };
  for (const below of [layer, ...descendants(layer)])
    if (below.type === "CONNECTOR") shiftFreeEnds(document, below, delta);
  if (layer.parent !== null) reflow(document, layer.parent);
}

function shiftChildren(document: FigmaDocument, group: Layer, dx: number, dy: number): void {
  for (const child of group.children ?? []) {
    const [[, , x], [, , y]] = child.values.transform;
    if (isTransparent(child)) shiftChildren(document, child, dx, dy);
    document.write(child, "transform", moveTo(child.values.transform, x + dx, y + dy));
  }
}

function shiftFreeEnds(document: FigmaDocument, connector: Layer, delta: Point): void {
  if (delta.x === 0 && delta.y === 0) return;
  for (const member of ["connectorStart", "connectorEnd"]) {
    const end = connector.values[member] as ConnectorEnd;
    if (end.endpointNodeId !== undefined || end.position === undefined) continue;
    const position = { x: end.position.x + delta.x, y: end.position.y + delta.y };
    document.write(connector, member, { ...end, position });
  }
}

/** Gives a layer a size; with constraints, the children of a plain frame follow theirs. */
export function resizeLayer(
  document: FigmaDocument,
  layer: Layer,
  width: number,
  height: number,
  appliesConstraints: boolean,
): void {
  const before = { width: layer.values.width, height: layer.values.height };
  if (isTransparent(layer))
    scaleChildren(document, layer, width / (before.width || 1), height / (before.height || 1));
  if (layer.values["layoutMode"] !== undefined && layer.values["layoutMode"] !== "NONE") {
    document.write(layer, "primaryAxisSizingMode", "FIXED");
    document.write(layer, "counterAxisSizingMode", "FIXED");
  }
  if (layer.type === "TEXT")
    document.write(layer, "textAutoResize", height === before.height ? "HEIGHT" : "NONE");
  setSize(document, layer, { width, height });
  const isPlain = layer.values["layoutMode"] === "NONE";
  if (appliesConstraints && isPlain)
    for (const child of layer.children ?? [])
      applyConstraints(document, child, before, { width, height });
  if (layer.parent !== null) reflow(document, layer.parent);
}

function scaleChildren(
  document: FigmaDocument,
  group: Layer,
  scaleX: number,
  scaleY: number,
): void {
  const [[, , left], [, , top]] = group.values.transform;
  const scale = (layer: Layer): void => {
    const [[, , x], [, , y]] = layer.values.transform;
    const moved = moveTo(
      layer.values.transform,
      left + (x - left) * scaleX,
      top + (y - top) * scaleY,
    );
    document.write(layer, "transform", moved);
    setSize(document, layer, {
      width: layer.values.width * scaleX,
      height: layer.values.height * scaleY,
    });
    if (isTransparent(layer)) for (const child of layer.children ?? []) scale(child);
  };
  for (const child of group.children ?? []) scale(child);
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function applyConstraints(document: FigmaDocument, child: Layer, before: Size, after: Size): void {
  const rules = child.values["constraints"] as { horizontal: string; vertical: string } | undefined;
  if (rules === undefined || isTransparent(child)) return;
  const [[, , x], [, , y]] = child.values.transform;
  const { width, height } = child.values;
  const [nextX, nextWidth] = constrain(rules.horizontal, x, width, before.width, after.width);
  const [nextY, nextHeight] = constrain(rules.vertical, y, height, before.height, after.height);
  document.write(child, "transform", moveTo(child.values.transform, nextX, nextY));
  const own = { width, height };
  setSize(document, child, { width: nextWidth, height: nextHeight });
  if (child.values["layoutMode"] === "NONE")
    for (const below of child.children ?? [])
      applyConstraints(document, below, own, { width: nextWidth, height: nextHeight });
}

function constrain(
  rule: string,
  at: number,
  length: number,
  before: number,
  after: number,
): [number, number] {
  const grown = after - before;
  switch (rule) {
    case "MAX":
      return [at + grown, length];
    case "CENTER":
      return [at + grown / 2, length];
    case "STRETCH":
      return [at, Math.max(0.01, length + grown)];
    case "SCALE":
      return [(at * after) / (before || 1), Math.max(0.01, (length * after) / (before || 1))];
    default:
      return [at, length];
  }
}
