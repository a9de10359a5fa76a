import { defaultsOf } from "../model/defaults.ts";
import type { FigmaDocument } from "../model/document.ts";
import {
  containerOf,
  identity,
  invert,
  multiply,
  absoluteTransform,
  isTransparent,
  type Box,
} from "../model/geometry.ts";
import type { Layer, LayerValues, Transform } from "../model/layer.ts";
import { readEnds } from "./connector-json.ts";
import { capNames, horizontalNames, sameMembers, typeNames, verticalNames } from "./names.ts";
import { effectToPlugin, paintToPlugin } from "./paints.ts";
import { readText } from "./texts.ts";

type Plain = Readonly<Record<string, unknown>>;

const nobody = { personId: "nobody", windowId: null };

/**
 * Puts what REST answers into an empty document: a file, its bare `document`, or the layers of a
 * `nodes` answer (on one page). Fields that are not modelled are left behind.
 */
export function loadDocument(document: FigmaDocument, body: unknown): void {
  const file = body as Plain;
  document.as(nobody, () => {
    for (const page of pagesOf(file)) loadLayer(document, page, document.root);
  });
  const name = "document" in file ? file["name"] : undefined;
  document.derive(document.root, { name: typeof name === "string" ? name : "Untitled" });
  readEnds(document);
  document.history.commit(nobody.personId);
}

function pagesOf(file: Plain): readonly Plain[] {
  if ("nodes" in file) {
    const entries = Object.values(file["nodes"] as Readonly<Record<string, Plain>>);
    const children = entries.map((entry) => entry["document"]);
    return [{ id: "0:1", type: "CANVAS", name: "Page 1", children }];
  }
  const root = ("document" in file ? file["document"] : file) as Plain;
  return root["children"] as readonly Plain[];
}

function loadLayer(document: FigmaDocument, json: Plain, parent: Layer): void {
  const type = typeNames.toPlugin(String(json["type"]));
  const layer = document.add(String(json["id"]), type, readValues(json, type));
  layer.parent = parent;
  parent.children?.push(layer);
  if (type !== "PAGE") document.derive(layer, readPlace(json, layer));
  readData(layer, json);
  for (const child of (json["children"] as readonly Plain[] | undefined) ?? [])
    loadLayer(document, child, layer);
  if (type === "TABLE") numberCells(document, layer);
}

function readValues(json: Plain, type: string): Partial<LayerValues> & { name: string } {
  const defaults = defaultsOf(type) ?? { name: "" };
  // REST tells a vector's geometry only when asked for it: without, reading it is not modelled.
  const known = Object.fromEntries(
    Object.entries(defaults).filter(([member]) => member !== "vectorNetwork"),
  );
  const values: Record<string, unknown> = { ...known, name: String(json["name"]) };
  for (const member of sameMembers) if (member in json) values[member] = json[member];
  values["visible"] = json["visible"] ?? true;
  values["locked"] = json["locked"] ?? false;
  for (const member of ["fills", "strokes"])
    if (member in known || member in json)
      values[member] = ((json[member] as Plain[] | undefined) ?? []).map(paintToPlugin);
  if ("effects" in json) values["effects"] = (json["effects"] as Plain[]).map(effectToPlugin);
  if ("strokeDashes" in json) values["dashPattern"] = json["strokeDashes"];
  readCorners(json, values);
  readLayout(json, values);
  if ("characters" in json || "textText" in known) readTextMembers(json, type, values);
  if (type === "CONNECTOR") readConnector(json, values);
  if (type === "INSTANCE") values["mainComponentId"] = json["componentId"] ?? "";
  if (type === "PAGE") readPage(json, values);
  return values as Partial<LayerValues> & { name: string };
}

function readCorners(json: Plain, values: Record<string, unknown>): void {
  const radii = json["rectangleCornerRadii"] as readonly number[] | undefined;
  const radius = values["cornerRadius"];
  const members = ["topLeftRadius", "topRightRadius", "bottomRightRadius", "bottomLeftRadius"];
  for (const [index, member] of members.entries())
    if (member in values) values[member] = radii?.[index] ?? radius ?? 0;
  const weights = json["individualStrokeWeights"] as Readonly<Record<string, number>> | undefined;
  for (const side of ["Top", "Right", "Bottom", "Left"])
    if (`stroke${side}Weight` in values)
      values[`stroke${side}Weight`] = weights?.[side.toLowerCase()] ?? values["strokeWeight"];
}

function readLayout(json: Plain, values: Record<string, unknown>): void {
  const constraints = json["constraints"] as { horizontal: string; vertical: string } | undefined;
  if (constraints !== undefined)
    values["constraints"] = {
      horizontal: horizontalNames.toPlugin(constraints.horizontal),
      vertical: verticalNames.toPlugin(constraints.vertical),
    };
  if ("layoutMode" in json) {
    values["primaryAxisSizingMode"] = json["primaryAxisSizingMode"] ?? "AUTO";
    values["counterAxisSizingMode"] = json["counterAxisSizingMode"] ?? "AUTO";
  }
  for (const [old, sides] of [
    ["horizontalPadding", ["paddingLeft", "paddingRight"]],
    ["verticalPadding", ["paddingTop", "paddingBottom"]],
  ] as const)
    if (typeof json[old] === "number" && values["layoutMode"] !== undefined)
      for (const side of sides) values[side] = json[side] ?? json[old];
  if ("exportSettings" in json)
    values["exportSettings"] = (json["exportSettings"] as Plain[]).map((setting) => ({
      ...setting,
      contentsOnly: true,
    }));
}

function readTextMembers(json: Plain, type: string, values: Record<string, unknown>): void {
  values["textText"] = readText(json);
  if (type !== "TEXT") return;
  const style = json["style"] as Plain;
  values["fills"] = undefined;
  for (const member of ["textAlignHorizontal", "textAlignVertical"])
    values[member] = style[member] ?? values[member];
  values["textAutoResize"] = style["textAutoResize"] ?? "NONE";
  values["autoRename"] = json["name"] === json["characters"];
}

function readConnector(json: Plain, values: Record<string, unknown>): void {
  for (const member of ["connectorStart", "connectorEnd"])
    values[member] = json[member] ?? { position: { x: 0, y: 0 } };
  for (const member of ["connectorStartStrokeCap", "connectorEndStrokeCap"])
    values[member] = capNames.toPlugin(textOr(json[member], "NONE"));
  const background = json["textBackground"] as { fills?: Plain[] } | undefined;
  values["backgroundFills"] = (background?.fills ?? []).map(paintToPlugin);
}

function readPage(json: Plain, values: Record<string, unknown>): void {
  if ("backgroundColor" in json)
    values["backgrounds"] = [paintToPlugin({ type: "SOLID", color: json["backgroundColor"] })];
  if ("flowStartingPoints" in json) values["flowStartingPoints"] = json["flowStartingPoints"];
}

/** Place and size from the absolute box; the size under a rotation is solved for, a square at 45°. */
function readPlace(json: Plain, layer: Layer): Partial<LayerValues> {
  const box = json["absoluteBoundingBox"] as Box | null | undefined;
  if (box === null || box === undefined)
    return { transform: identity, width: 0, height: 0, isBoxless: true };
  const container = containerOf(layer);
  const outer = container === null ? identity : absoluteTransform(container);
  const own = Number(json["rotation"] ?? 0);
  const isBare = layer.type === "LINE" && !("rotation" in json) && box.height > 0;
  const angle = isTransparent(layer) ? 0 : isBare ? Math.atan2(box.height, box.width) : own;
  const turned: Transform = [
    [Math.cos(angle), -Math.sin(angle), 0],
    [Math.sin(angle), Math.cos(angle), 0],
  ];
  const [[a, c], [b, d]] = multiply(outer, turned);
  const size = sizeUnder(box, a, b, layer.type === "LINE");
  const left = Math.min(0, a * size.width, c * size.height, a * size.width + c * size.height);
  const top = Math.min(0, b * size.width, d * size.height, b * size.width + d * size.height);
  const absolute: Transform = [
    [a, c, box.x - left],
    [b, d, box.y - top],
  ];
  return { transform: multiply(invert(outer), absolute), ...size };
}

function sizeUnder(
  box: Box,
  cosine: number,
  sine: number,
  isLine: boolean,
): { width: number; height: number } {
  const [c, s] = [Math.abs(cosine), Math.abs(sine)];
  if (isLine) return { width: Math.hypot(box.width, box.height), height: 0 };
  const determinant = c * c - s * s;
  if (Math.abs(determinant) < 1e-3) {
    const side = (box.width + box.height) / 2 / (c + s);
    return { width: side, height: side };
  }
  return {
    width: Math.max(0, (c * box.width - s * box.height) / determinant),
    height: Math.max(0, (c * box.height - s * box.width) / determinant),
  };
}

/** REST gives shared data by namespace and private data by plugin id. */
function readData(layer: Layer, json: Plain): void {
  for (const [scope, member] of [
    ["shared", "sharedPluginData"],
    ["private", "pluginData"],
  ] as const)
    for (const [owner, entries] of Object.entries(
      (json[member] as Readonly<Record<string, Record<string, string>>> | undefined) ?? {},
    ))
      for (const [key, value] of Object.entries(entries))
        layer.data.set(`${scope}|${owner}|${key}`, value);
}

function numberCells(document: FigmaDocument, table: Layer): void {
  const cells = table.children ?? [];
  const lines = (axis: 0 | 1): number[] =>
    [...new Set(cells.map((cell) => Math.round(cell.values.transform[axis][2])))].sort(
      (a, b) => a - b,
    );
  const [columns, rows] = [lines(0), lines(1)];
  for (const cell of cells)
    document.derive(cell, {
      columnIndex: columns.indexOf(Math.round(cell.values.transform[0][2])),
      rowIndex: rows.indexOf(Math.round(cell.values.transform[1][2])),
    });
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
