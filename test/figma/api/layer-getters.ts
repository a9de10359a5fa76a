import { refuse } from "../errors.ts";
import type { ConnectorEnd } from "../model/connector-index.ts";
import {
  absoluteBox,
  absoluteTransform,
  containerOf,
  rotationOf,
  type Box,
} from "../model/geometry.ts";
import { isRemoved, type Layer } from "../model/layer.ts";
import { visibleRoute } from "../model/visible.ts";
import type { Getter } from "./registry.ts";
import type { Session } from "./session.ts";
import { Handle, mixed } from "./values.ts";

/** What plugins read of layers beyond the stored values. */
export const layerGetters: Readonly<Record<string, Getter>> = {
  id: (_session, layer) => layer.id,
  type: (_session, layer) => layer.type,
  removed: (_session, layer) => isRemoved(layer),
  parent: (_session, layer) => layer.parent,
  children: readChildren,
  x: (_session, layer) => layer.values.transform[0][2],
  y: (_session, layer) => layer.values.transform[1][2],
  rotation: (_session, layer) => rotationOf(layer.values.transform),
  relativeTransform: (_session, layer) => layer.values.transform,
  absoluteTransform: (_session, layer) => absoluteTransform(layer),
  absoluteBoundingBox: (_session, layer) =>
    layer.values["isBoxless"] === true ? null : absoluteBox(layer),
  absoluteRenderBounds: (_session, layer) => renderBox(layer),
  layoutSizingHorizontal: (_session, layer) => sizingOf(layer, "HORIZONTAL"),
  layoutSizingVertical: (_session, layer) => sizingOf(layer, "VERTICAL"),
  attachedConnectors: (session, layer) =>
    session.document.connectors.of(layer.id).filter((connector) => !isRemoved(connector)),
  stuckNodes: (session, layer) => stuckTo(session, layer),
  stuckTo: (session, layer) => session.document.layer(String(layer.values["stuckToId"])),
  cornerRadius: (_session, layer) =>
    sameOrMixed(
      layer,
      ["topLeftRadius", "topRightRadius", "bottomLeftRadius", "bottomRightRadius"],
      "cornerRadius",
    ),
  strokeWeight: (_session, layer) =>
    sameOrMixed(
      layer,
      ["strokeTopWeight", "strokeBottomWeight", "strokeLeftWeight", "strokeRightWeight"],
      "strokeWeight",
    ),
  boundVariables: () => ({}),
  explicitVariableModes: () => ({}),
  resolvedVariableModes: () => ({}),
  inferredVariables: () => ({}),
  text: (_session, layer) => new Handle("TextSublayerNode", layer.id),
  textBackground: (_session, layer) => new Handle("LabelSublayerNode", layer.id),
  connectorStart: (session, layer) => readEnd(session, layer, "connectorStart"),
  connectorEnd: (session, layer) => readEnd(session, layer, "connectorEnd"),
  mainComponent: (session, layer) => {
    if (session.isDynamic)
      throw refuse(
        "get_mainComponent",
        "Cannot call with documentAccess: dynamic-page. Use node.getMainComponentAsync instead.",
      );
    return session.document.layer(String(layer.values["mainComponentId"]));
  },
  selection: (session, layer) => {
    session.assertPageLoaded(layer, "selection");
    return session.person.selectionOn(layer);
  },
  selectedTextRange: () => null,
  isPageDivider: (_session, layer) =>
    /^(\*+|–+|—+|-{3,}| +)$/.test(layer.values.name) && layer.children?.length === 0,
  backgrounds: (_session, layer) => layer.values["backgrounds"] ?? layer.values["fills"],
  mediaData: (_session, layer) => ({ hash: layer.values["mediaHash"] }),
  vectorPaths: (_session, layer) => pathsOf(layer),
  overlayPositionType: () => "CENTER",
  prototypeStartNode: () => null,
  documentColorProfile: () => "SRGB",
};

function readChildren(session: Session, layer: Layer): readonly Layer[] {
  session.assertPageLoaded(layer, "children");
  return visibleRoute(layer, session.state.get("skipInvisibleInstanceChildren") === true);
}

function stuckTo(session: Session, host: Layer): Layer[] {
  return [...session.document.layers.values()].filter(
    (layer) => layer.values["stuckToId"] === host.id && !isRemoved(layer),
  );
}

function sameOrMixed(layer: Layer, parts: readonly string[], whole: string): unknown {
  const [first = whole] = parts;
  if (!(first in layer.values)) return layer.values[whole];
  const values = new Set(parts.map((part) => layer.values[part]));
  return values.size === 1 ? [...values][0] : mixed;
}

/** A free end tells its place only, or the page or section it lies in as well: see switches.ts. */
function readEnd(session: Session, layer: Layer, member: string): unknown {
  const { holderId, ...end } = layer.values[member] as ConnectorEnd;
  const isFree = end.endpointNodeId === undefined;
  if (!isFree || session.switches.freeConnectorEnd === "position") return end;
  let holder = holderId === undefined ? layer.parent : session.document.layer(holderId);
  while (holder !== null && !["SECTION", "PAGE"].includes(holder.type)) holder = holder.parent;
  return { endpointNodeId: holder?.id ?? "0:1", ...end };
}

/** FIXED, HUG or FILL, derived as the typings describe the shorthand. */
function sizingOf(layer: Layer, direction: "HORIZONTAL" | "VERTICAL"): "FIXED" | "HUG" | "FILL" {
  const parentMode = layer.parent?.values["layoutMode"];
  const isChild = parentMode === "HORIZONTAL" || parentMode === "VERTICAL";
  if (isChild && parentMode === direction && layer.values["layoutGrow"] === 1) return "FILL";
  if (isChild && parentMode !== direction && layer.values["layoutAlign"] === "STRETCH")
    return "FILL";
  const mode = layer.values["layoutMode"];
  if (mode === "HORIZONTAL" || mode === "VERTICAL") {
    const sizing =
      layer.values[mode === direction ? "primaryAxisSizingMode" : "counterAxisSizingMode"];
    return sizing === "AUTO" ? "HUG" : "FIXED";
  }
  const autoResize = layer.values["textAutoResize"];
  if (autoResize === "WIDTH_AND_HEIGHT" || (autoResize === "HEIGHT" && direction === "VERTICAL"))
    return "HUG";
  return "FIXED";
}

/** The drawn box: strokes outside and shadows added; null for what is not drawn (typings). */
export function renderBox(layer: Layer): Box | null {
  for (let current: Layer | null = layer; current !== null; current = current.parent)
    if (!current.values.visible) return null;
  const { values } = layer;
  const box = absoluteBox(layer);
  const strokes = (values["strokes"] as readonly unknown[] | undefined) ?? [];
  const weight = strokes.length === 0 ? 0 : Number(values["strokeWeight"] ?? 0);
  const outside = { OUTSIDE: weight, CENTER: weight / 2 }[String(values["strokeAlign"])] ?? 0;
  const effects =
    (values["effects"] as
      readonly { radius?: number; offset?: { x: number; y: number } }[] | undefined) ?? [];
  const spread = Math.max(
    0,
    ...effects.map(
      ({ radius = 0, offset }) =>
        radius + Math.max(Math.abs(offset?.x ?? 0), Math.abs(offset?.y ?? 0)),
    ),
  );
  const grown = outside + spread;
  return {
    x: box.x - grown,
    y: box.y - grown,
    width: box.width + 2 * grown,
    height: box.height + 2 * grown,
  };
}

interface Network {
  readonly vertices: readonly { readonly x: number; readonly y: number }[];
  readonly segments: readonly {
    readonly start: number;
    readonly end: number;
    readonly tangentStart?: { x: number; y: number };
    readonly tangentEnd?: { x: number; y: number };
  }[];
}

function pathsOf(layer: Layer): unknown[] {
  const network = layer.values["vectorNetwork"] as Network | undefined;
  if (network === undefined || network.segments.length === 0) return [];
  const parts = network.segments.map(({ start, end, tangentStart, tangentEnd }) => {
    const [from, to] = [network.vertices[start]!, network.vertices[end]!];
    const [first, second] = [
      { x: from.x + (tangentStart?.x ?? 0), y: from.y + (tangentStart?.y ?? 0) },
      { x: to.x + (tangentEnd?.x ?? 0), y: to.y + (tangentEnd?.y ?? 0) },
    ];
    const isStraight =
      first.x === from.x && first.y === from.y && second.x === to.x && second.y === to.y;
    const stroke = isStraight
      ? `L ${to.x} ${to.y}`
      : `C ${first.x} ${first.y} ${second.x} ${second.y} ${to.x} ${to.y}`;
    return `M ${from.x} ${from.y} ${stroke}`;
  });
  return [{ windingRule: "NONE", data: parts.join(" ") }];
}

/** The container of a layer, for the setters that must know whether auto-layout places it. */
export function isPlacedByLayout(layer: Layer): boolean {
  const mode = layer.parent?.values["layoutMode"];
  return (
    (mode === "HORIZONTAL" || mode === "VERTICAL") &&
    layer.values["layoutPositioning"] !== "ABSOLUTE" &&
    containerOf(layer) === layer.parent
  );
}
