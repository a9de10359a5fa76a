import type { BoardIndex } from "./board-index.ts";
import type { HitTest } from "./hit-test.ts";
import type { ConnectorEnd, LayerFacts, Point } from "./layer.ts";
import type { NodeType } from "./nodes/index.ts";
import { readChosenPort } from "./read-records.ts";
import { canBeUsed } from "./suggest-node.ts";

/** The longest visible label of a line that is told. */
const longestLabel = 200;

/**
 * A connector or line-like layer and what it joins, in the direction of its flow. `status`: both ends
 * on different layers; an end free (a layer near it may still be named); both ends on one layer; an
 * end on another page; an end near several layers; or no connection, for the reason told.
 *
 * Every CONNECTOR has one entry. A LINE or VECTOR has one when its path is known and it is shown, has
 * a stroke and does not lie in a component, an instance, a boolean shape or a node's card: lines
 * there are artwork.
 */
export interface Line {
  readonly layer: string;
  readonly kind: "connector" | "arrow";
  readonly from: string | null;
  readonly to: string | null;
  readonly status: "bound" | "floating" | "self" | "crossing-pages" | "ambiguous" | "rejected";
  readonly label: string | null;
  /** The input that was chosen for it by hand, where one was. */
  readonly port: string | null;
  readonly direction: "forward" | "backward" | "two-way" | "unknown";
  /** The direction was guessed, or the line was recognised and not confirmed. */
  readonly isInferred: boolean;
  readonly reason: string | null;
}

/** What reading lines needs beside the layer. */
export interface LineContext {
  readonly index: BoardIndex;
  readonly hitTest: HitTest;
  /**
   * The layer that a line attached to a layer means: the nearest node at or around it, else the
   * outermost instance around it, since nothing attaches inside one (figma-platform.md 1.2), else the
   * nearest layer at or around it that can be used; null for none.
   */
  readonly standInOf: (id: string) => string | null;
  /** What a layer is as a node, or could be; null for a plain shape. */
  readonly typeOf: (id: string) => NodeType | null;
  /** Whether a layer that is not on this page is on another one of the file. */
  readonly isElsewhere: (id: string) => boolean;
}

type End =
  | { readonly kind: "bound"; readonly layer: string }
  | { readonly kind: "free"; readonly near: string | null; readonly isAmbiguous: boolean }
  | { readonly kind: "elsewhere" | "unusable" };

/**
 * Reads a connector: its own ends always win over anything remembered (figma-platform.md 11.3). Only
 * the input that was chosen by hand comes from its record.
 */
export function readConnector(layer: LayerFacts, context: LineContext): Line | null {
  const { connector } = layer;
  if (!connector) return null;
  const start = readEnd(layer, connector.start, context);
  const end = readEnd(layer, connector.end, context);
  const { direction } = connector;
  const ends = [layerOf(start), layerOf(end)] as const;
  const [from, to] = direction === "backward" ? [ends[1], ends[0]] : ends;
  const isShown = context.index.isShown(layer.id);
  return {
    layer: layer.id,
    kind: "connector",
    from,
    to,
    label: labelOf(layer),
    port: readChosenPort(layer),
    direction,
    isInferred: false,
    ...(isShown ? judgeEnds(start, end) : { status: "rejected", reason: "It is hidden." }),
  };
}

function judgeEnds(start: End, end: End): Pick<Line, "status" | "reason"> {
  const kinds = [start.kind, end.kind];
  if (kinds.includes("elsewhere")) {
    return { status: "crossing-pages", reason: "One end is on another page." };
  }
  if (kinds.includes("unusable")) {
    return { status: "rejected", reason: "One end is on something that cannot be used." };
  }
  if (start.kind === "bound" && end.kind === "bound") {
    return start.layer === end.layer
      ? { status: "self", reason: "Both ends are on the same layer." }
      : { status: "bound", reason: null };
  }
  const isAmbiguous = [start, end].some((each) => each.kind === "free" && each.isAmbiguous);
  const reason = isAmbiguous
    ? "A free end is near several layers; drag it onto one."
    : "One end is free; drag it onto a layer.";
  return { status: "floating", reason };
}

/**
 * An end of a connector. It is free when it names nothing, the page, or with a position a layer that
 * holds the connector itself: a free end inside a section is stored so (simulator.md 4).
 */
function readEnd(connector: LayerFacts, end: ConnectorEnd, context: LineContext): End {
  const { index } = context;
  const id = end.layer === null || end.layer === index.page.id ? null : end.layer;
  if (id === null) return freeEnd(connector, end.position, context);
  const named = index.layers.get(id);
  if (named && end.position !== null && index.isInside(connector.id, id)) {
    // Measured on real boards: the position is then counted from the corner of that layer.
    const { x = 0, y = 0 } = named.box ?? {};
    return freeEnd(connector, { x: x + end.position.x, y: y + end.position.y }, context);
  }
  const layer = context.standInOf(id);
  // Climbing from a stamp to the section around both is no answer: the line lies in it.
  const isGround = named && !canBeUsed(named) && index.isInside(connector.id, layer ?? id);
  if (layer !== null && !isGround) return { kind: "bound", layer };
  if (named) return { kind: "unusable" };
  return context.isElsewhere(id)
    ? { kind: "elsewhere" }
    : freeEnd(connector, end.position, context);
}

function freeEnd(connector: LayerFacts, position: Point | null, context: LineContext): End {
  if (!position) return { kind: "free", near: null, isAmbiguous: false };
  const hit = context.hitTest(position, 1, holds(connector, context));
  const near = hit.kind === "hit" ? hit.target.id : null;
  return { kind: "free", near, isAmbiguous: hit.kind === "ambiguous" };
}

/** A line means neither itself nor the section or frame that it lies in. */
export function holds(line: LayerFacts, { index }: LineContext): (id: string) => boolean {
  return (id) => id === line.id || index.isInside(line.id, id);
}

function layerOf(end: End): string | null {
  if (end.kind === "bound") return end.layer;
  return end.kind === "free" ? end.near : null;
}

function labelOf(layer: LayerFacts): string | null {
  const label = (layer.text ?? "").trim().slice(0, longestLabel);
  return label === "" ? null : label;
}
