import type { FigmaDocument } from "../model/document.ts";
import { absoluteBox, rotationOf } from "../model/geometry.ts";
import type { Layer } from "../model/layer.ts";
import type { TextContent } from "../model/text-content.ts";
import { writeEnd } from "./connector-json.ts";
import { capNames, horizontalNames, sameMembers, typeNames, verticalNames } from "./names.ts";
import { effectToRest, paintToRest } from "./paints.ts";
import { writeTextStyle } from "./texts.ts";

type Json = Record<string, unknown>;
type Plain = Readonly<Record<string, unknown>>;

/** Values REST leaves out when they are so. */
const leftOut: Plain = {
  opacity: 1,
  isMask: false,
  layoutMode: "NONE",
  layoutWrap: "NO_WRAP",
  layoutPositioning: "AUTO",
  strokeCap: "NONE",
};

/** The whole file as `GET /v1/files/:key` answers it, on the fields the stand-in models. */
export function exportDocument(document: FigmaDocument): Json {
  return {
    name: document.root.values.name,
    editorType: document.editor,
    schemaVersion: 0,
    version: "1",
    role: "owner",
    components: {},
    componentSets: {},
    styles: {},
    document: exportLayerJson(document, document.root),
  };
}

/** A layer and all below it as REST answers it; also what JSON_REST_V1 exports. */
export function exportLayerJson(document: FigmaDocument, layer: Layer): Json {
  const { values } = layer;
  const json: Json = {
    id: layer.id,
    name: layer.type === "DOCUMENT" ? "Document" : values.name,
    type: typeNames.toRest(layer.type),
    scrollBehavior: "SCROLLS",
    ...(values.visible ? {} : { visible: false }),
    ...(values.locked ? { locked: true } : {}),
    ...writeSame(values),
    ...writePaints(values),
    ...writeText(layer),
    ...writeConnector(document, layer),
    ...writePlace(layer),
    ...writeData(layer),
  };
  if (layer.type === "INSTANCE") json["componentId"] = values["mainComponentId"];
  if (layer.children !== null)
    json["children"] = layer.children.map((child) => exportLayerJson(document, child));
  return json;
}

function writeSame(values: Plain): Json {
  const json: Json = {};
  for (const member of sameMembers)
    if (values[member] !== undefined && values[member] !== leftOut[member])
      json[member] = values[member];
  const constraints = values["constraints"] as { horizontal: string; vertical: string } | undefined;
  if (constraints !== undefined)
    json["constraints"] = {
      vertical: verticalNames.toRest(constraints.vertical),
      horizontal: horizontalNames.toRest(constraints.horizontal),
    };
  const radii = ["topLeftRadius", "topRightRadius", "bottomRightRadius", "bottomLeftRadius"].map(
    (member) => values[member],
  );
  if (radii[0] !== undefined && new Set(radii).size > 1) json["rectangleCornerRadii"] = radii;
  const dashes = values["dashPattern"] as readonly number[] | undefined;
  if (dashes !== undefined && dashes.length > 0) json["strokeDashes"] = dashes;
  return json;
}

function writePaints(values: Plain): Json {
  const json: Json = {};
  const text = values["textText"] as TextContent | undefined;
  const fills = values["fills"] ?? text?.runs[0]?.style.fills;
  if (fills !== undefined) json["fills"] = (fills as Plain[]).map(paintToRest);
  if (values["strokes"] !== undefined)
    json["strokes"] = (values["strokes"] as Plain[]).map(paintToRest);
  if (values["effects"] !== undefined)
    json["effects"] = (values["effects"] as Plain[]).map(effectToRest);
  if (values["backgrounds"] !== undefined) {
    const [first] = values["backgrounds"] as readonly { color?: object }[];
    json["backgroundColor"] = { r: 0, g: 0, b: 0, ...first?.color, a: 1 };
    json["flowStartingPoints"] = values["flowStartingPoints"];
  }
  return json;
}

function writeText(layer: Layer): Json {
  const text = layer.values["textText"] as TextContent | undefined;
  if (text === undefined) return {};
  if (layer.type !== "TEXT") return { characters: text.characters };
  const { style, ...rest } = writeTextStyle(text);
  const { textAlignHorizontal, textAlignVertical, textAutoResize } = layer.values;
  const resize = textAutoResize === "NONE" ? {} : { textAutoResize };
  return {
    characters: text.characters,
    style: { ...(style as object), textAlignHorizontal, textAlignVertical, ...resize },
    ...rest,
  };
}

function writeConnector(document: FigmaDocument, layer: Layer): Json {
  if (layer.type !== "CONNECTOR") return {};
  const { values } = layer;
  return {
    connectorStart: writeEnd(document, layer, "connectorStart"),
    connectorEnd: writeEnd(document, layer, "connectorEnd"),
    connectorStartStrokeCap: capNames.toRest(String(values["connectorStartStrokeCap"])),
    connectorEndStrokeCap: capNames.toRest(String(values["connectorEndStrokeCap"])),
    textBackground: { fills: (values["backgroundFills"] as Plain[]).map(paintToRest) },
  };
}

function writePlace(layer: Layer): Json {
  if (layer.type === "DOCUMENT" || layer.type === "PAGE") return {};
  if (layer.values["isBoxless"] === true) return { absoluteBoundingBox: null };
  const radians = (-rotationOf(layer.values.transform) * Math.PI) / 180;
  return {
    absoluteBoundingBox: absoluteBox(layer),
    ...(Math.abs(radians) > 1e-6 ? { rotation: radians } : {}),
  };
}

function writeData(layer: Layer): Json {
  const json: Record<string, Record<string, Record<string, string>>> = {};
  for (const [entry, value] of layer.data) {
    const [scope, owner = "", ...key] = entry.split("|");
    const member =
      scope === "shared" ? "sharedPluginData" : scope === "private" ? "pluginData" : null;
    if (member === null) continue;
    const owners = (json[member] ??= {});
    (owners[owner] ??= {})[key.join("|")] = value;
  }
  return json;
}
