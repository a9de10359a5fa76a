import { refuse, SimUnsupported } from "../errors.ts";
import type { ConnectorEnd } from "../model/connector-index.ts";
import { reflow, setTransform } from "../model/edit.ts";
import { moveTo, rotateTo } from "../model/geometry.ts";
import type { Layer, Transform } from "../model/layer.ts";
import { pageOf } from "../model/layer.ts";
import { requireFonts } from "./fonts.ts";
import { isPlacedByLayout } from "./layer-getters.ts";
import type { Setter } from "./registry.ts";
import type { Session } from "./session.ts";
import type { TextContent } from "../model/text-content.ts";
import { checkEnd } from "./connector-ends.ts";
import { fitText } from "./text-members.ts";

const dynamic =
  (member: string, instead: string): Setter =>
  (session, layer, value: unknown) => {
    if (session.isDynamic)
      throw refuse(
        `set_${member}`,
        `Cannot call with documentAccess: dynamic-page. Use node.${instead} instead.`,
      );
    writeAndReflow(session, layer, member, value);
  };

/** What plugins assign, where more happens than storing the value. */
export const layerSetters: Readonly<Record<string, Setter>> = {
  name: (session, layer, name: string) => {
    if (layer.type === "DOCUMENT") throw new TypeError("no setter for property");
    session.document.write(layer, "name", name);
    if (layer.type === "TEXT") session.document.write(layer, "autoRename", name === "");
  },
  x: (session, layer, x: number) =>
    move(session, layer, moveTo(layer.values.transform, x, layer.values.transform[1][2])),
  y: (session, layer, y: number) =>
    move(session, layer, moveTo(layer.values.transform, layer.values.transform[0][2], y)),
  rotation: (session, layer, degrees: number) => {
    if (layer.type === "GROUP" || layer.type === "CONNECTOR")
      throw new SimUnsupported(`${layer.type}.rotation`);
    setTransform(session.document, layer, rotateTo(layer.values.transform, degrees));
  },
  relativeTransform: (session, layer, transform: Transform) => {
    if (isPlacedByLayout(layer))
      setTransform(
        session.document,
        layer,
        moveTo(transform, layer.values.transform[0][2], layer.values.transform[1][2]),
      );
    else setTransform(session.document, layer, transform);
  },
  visible: (session, layer, value: boolean) => writeAndReflow(session, layer, "visible", value),
  selection: (session, layer, value: readonly Layer[]) => select(session, layer, value),
  connectorStart: (session, layer, end: ConnectorEnd) =>
    assignEnd(session, layer, "connectorStart", end),
  connectorEnd: (session, layer, end: ConnectorEnd) =>
    assignEnd(session, layer, "connectorEnd", end),
  cornerRadius: (session, layer, value: unknown) =>
    spread(session, layer, value, "cornerRadius", [
      "topLeftRadius",
      "topRightRadius",
      "bottomLeftRadius",
      "bottomRightRadius",
    ]),
  strokeWeight: (session, layer, value: unknown) =>
    spread(session, layer, value, "strokeWeight", [
      "strokeTopWeight",
      "strokeBottomWeight",
      "strokeLeftWeight",
      "strokeRightWeight",
    ]),
  layoutMode: (session, layer, mode: string) => {
    if (mode === "GRID")
      throw new SimUnsupported("layoutMode", '"GRID" is not modelled by the stand-in');
    writeAndReflow(session, layer, "layoutMode", mode);
  },
  layoutWrap: (session, layer, wrap: string) => {
    if (wrap === "WRAP")
      throw new SimUnsupported("layoutWrap", '"WRAP" is not modelled by the stand-in');
    session.document.write(layer, "layoutWrap", wrap);
  },
  layoutSizingHorizontal: (session, layer, value: string) =>
    setSizing(session, layer, "HORIZONTAL", value),
  layoutSizingVertical: (session, layer, value: string) =>
    setSizing(session, layer, "VERTICAL", value),
  backgrounds: (session, layer, value: unknown) =>
    session.document.write(layer, "backgrounds" in layer.values ? "backgrounds" : "fills", value),
  textAutoResize: (session, layer, value: string) =>
    setTextLayout(session, layer, "textAutoResize", value),
  textTruncation: (session, layer, value: string) =>
    setTextLayout(session, layer, "textTruncation", value),
  maxLines: (session, layer, value: number | null) =>
    setTextLayout(session, layer, "maxLines", value),
  isWideWidth: (session, layer, value: boolean) => {
    session.document.write(layer, "isWideWidth", value);
    session.document.write(layer, "width", value ? 416 : 240);
    fitText(session.document, layer);
  },
  reactions: dynamic("reactions", "setReactionsAsync"),
  vectorNetwork: dynamic("vectorNetwork", "setVectorNetworkAsync"),
  fillStyleId: dynamic("fillStyleId", "setFillStyleIdAsync"),
  strokeStyleId: dynamic("strokeStyleId", "setStrokeStyleIdAsync"),
  effectStyleId: dynamic("effectStyleId", "setEffectStyleIdAsync"),
  gridStyleId: dynamic("gridStyleId", "setGridStyleIdAsync"),
  textStyleId: dynamic("textStyleId", "setTextStyleIdAsync"),
  backgroundStyleId: dynamic("backgroundStyleId", "setFillStyleIdAsync"),
  ...Object.fromEntries(
    [
      "paddingLeft",
      "paddingRight",
      "paddingTop",
      "paddingBottom",
      "itemSpacing",
      "primaryAxisSizingMode",
      "counterAxisSizingMode",
      "primaryAxisAlignItems",
      "counterAxisAlignItems",
      "layoutGrow",
      "layoutAlign",
      "layoutPositioning",
      "minWidth",
      "maxWidth",
      "minHeight",
      "maxHeight",
    ].map((member) => [
      member,
      (session: Session, layer: Layer, value: unknown) =>
        writeAndReflow(session, layer, member, value),
    ]),
  ),
};

/** Stores a value that auto-layout depends on, and lays out again. */
function writeAndReflow(session: Session, layer: Layer, member: string, value: unknown): void {
  session.document.write(layer, member, value);
  reflow(session.document, layer);
}

function move(session: Session, layer: Layer, transform: Transform): void {
  if (!isPlacedByLayout(layer)) setTransform(session.document, layer, transform);
}

function select(session: Session, page: Layer, layers: readonly Layer[]): void {
  session.assertPageLoaded(page, "selection");
  for (const layer of layers) {
    if (layer.type === "PAGE" || layer.type === "DOCUMENT")
      throw refuse("set_selection", "The selection of a page can only include nodes in that page");
    if (pageOf(layer) !== page)
      throw refuse("set_selection", "The selection of a page can only include nodes in that page");
  }
  session.person.select(page, layers);
}

function assignEnd(session: Session, layer: Layer, member: string, end: ConnectorEnd): void {
  const checked = checkEnd(
    session,
    layer,
    `set_${member}`,
    end,
    String(layer.values["connectorLineType"]),
  );
  const other = layer.values[
    member === "connectorStart" ? "connectorEnd" : "connectorStart"
  ] as ConnectorEnd;
  if (
    checked.endpointNodeId !== undefined &&
    checked.endpointNodeId === other.endpointNodeId &&
    session.document.layer(checked.endpointNodeId)?.type !== "PAGE"
  )
    throw refuse(`set_${member}`, "Cannot connect a node to itself");
  session.document.write(layer, member, checked);
}

function spread(
  session: Session,
  layer: Layer,
  value: unknown,
  whole: string,
  parts: readonly string[],
): void {
  if (typeof value !== "number")
    throw refuse(
      `set_${whole}`,
      `Expected "${whole}" to have type number but got ${typeof value} instead`,
    );
  if (value < 0)
    throw refuse(
      `set_${whole}`,
      `Property "${whole}" failed validation: Number must be greater than or equal to 0`,
    );
  session.document.write(layer, whole, value);
  for (const part of parts) if (part in layer.values) session.document.write(layer, part, value);
}

function setTextLayout(session: Session, layer: Layer, member: string, value: unknown): void {
  requireFonts(session, `set_${member}`, (layer.values["textText"] as TextContent).runs);
  session.document.write(layer, member, value);
  fitText(session.document, layer);
}

/** The shorthand of the typings; HUG and FILL where they do not apply throw. */
function setSizing(
  session: Session,
  layer: Layer,
  direction: "HORIZONTAL" | "VERTICAL",
  value: string,
): void {
  const { document } = session;
  const member = `layoutSizing${direction === "HORIZONTAL" ? "Horizontal" : "Vertical"}`;
  const parentMode = layer.parent?.values["layoutMode"];
  const isChild = parentMode === "HORIZONTAL" || parentMode === "VERTICAL";
  const mode = layer.values["layoutMode"];
  const isFrame = mode === "HORIZONTAL" || mode === "VERTICAL";
  if (value === "FILL" && !isChild)
    throw refuse(`set_${member}`, "FILL can only be set on children of auto-layout frames");
  if (value === "HUG" && !isFrame && layer.type !== "TEXT")
    throw refuse(`set_${member}`, "HUG can only be set on auto-layout frames and text nodes");
  if (isChild && parentMode === direction)
    document.write(layer, "layoutGrow", value === "FILL" ? 1 : 0);
  else if (isChild) document.write(layer, "layoutAlign", value === "FILL" ? "STRETCH" : "INHERIT");
  if (isFrame)
    document.write(
      layer,
      mode === direction ? "primaryAxisSizingMode" : "counterAxisSizingMode",
      value === "HUG" ? "AUTO" : "FIXED",
    );
  if (layer.type === "TEXT") {
    const before = layer.values["textAutoResize"];
    const next =
      value === "HUG"
        ? direction === "HORIZONTAL"
          ? "WIDTH_AND_HEIGHT"
          : before === "WIDTH_AND_HEIGHT"
            ? before
            : "HEIGHT"
        : direction === "HORIZONTAL" && before === "WIDTH_AND_HEIGHT"
          ? "HEIGHT"
          : direction === "VERTICAL"
            ? "NONE"
            : before;
    document.write(layer, "textAutoResize", next);
    fitText(session.document, layer);
  }
  reflow(document, layer);
}
