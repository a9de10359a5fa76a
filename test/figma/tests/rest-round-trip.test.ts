import { existsSync, readdirSync, readFileSync } from "node:fs";
import { stdout } from "node:process";
import { describe, expect, test } from "vitest";
import { exportDocument } from "../rest/export-document.ts";
import { createStandIn } from "../stand-in.ts";

type Json = Readonly<Record<string, unknown>>;

/** Written by another program: colours with capital letters, null where Figma writes a list. */
const notFromFigma = "figmasharp-extension.json";

const fixtures = new URL("../../../../shared/fixtures/", import.meta.url);
const files = existsSync(fixtures)
  ? ["figjam", "figma"].flatMap((folder) =>
      readdirSync(new URL(`${folder}/`, fixtures))
        .filter((name) => name !== notFromFigma)
        .map((name) => ({ folder, name })),
    )
  : [];

if (files.length === 0)
  stdout.write("The shared fixtures are not here: the REST round trip is skipped.\n");

/** The fields both sides model; what is not listed is not promised. */
const modelled = [
  "id",
  "name",
  "type",
  "visible",
  "locked",
  "opacity",
  "blendMode",
  "fills",
  "strokes",
  "strokeWeight",
  "strokeAlign",
  "strokeJoin",
  "strokeDashes",
  "cornerRadius",
  "rectangleCornerRadii",
  "effects",
  "constraints",
  "clipsContent",
  "layoutMode",
  "itemSpacing",
  "paddingLeft",
  "paddingTop",
  "primaryAxisSizingMode",
  "counterAxisSizingMode",
  "primaryAxisAlignItems",
  "counterAxisAlignItems",
  "layoutAlign",
  "layoutGrow",
  "booleanOperation",
  "arcData",
  "shapeType",
  "authorVisible",
  "characters",
  "connectorStart",
  "connectorEnd",
  "connectorStartStrokeCap",
  "connectorEndStrokeCap",
  "connectorLineType",
  "sectionContentsHidden",
  "absoluteBoundingBox",
  "componentId",
  "rotation",
];

describe.skipIf(files.length === 0)("a real REST document survives the model", () => {
  test.each(files)("$folder/$name", ({ folder, name }) => {
    const body = JSON.parse(readFileSync(new URL(`${folder}/${name}`, fixtures), "utf8")) as Json;
    const standIn = createStandIn({
      editor: folder === "figjam" ? "figjam" : "figma",
      document: body,
    });
    const after = byId(exportDocument(standIn.document)["document"] as Json);
    const differences: string[] = [];
    let compared = 0;
    for (const [id, before] of byId(rootOf(body))) {
      if (before["type"] === "DOCUMENT") continue;
      const layer = after.get(id);
      if (layer === undefined) differences.push(`${id} is missing`);
      for (const field of modelled)
        if (field in before && !isHidden(before, field) && layer !== undefined) {
          compared += 1;
          const reason = difference(normal(before, field), normal(layer, field));
          if (reason !== null)
            differences.push(`${id} ${String(before["type"])}.${field}: ${reason}`);
        }
    }
    expect(compared).toBeGreaterThan(50);
    expect(differences.slice(0, 12)).toEqual([]);
  });
});

/** A text whose first run overrides the fills shows no plugin the fills below. */
function isHidden(layer: Json, field: string): boolean {
  const [first = 0] = (layer["characterStyleOverrides"] as number[] | undefined) ?? [];
  return field === "fills" && first !== 0;
}

function rootOf(body: Json): Json {
  if ("nodes" in body)
    return {
      type: "DOCUMENT",
      id: "0:0",
      children: Object.values(body["nodes"] as Record<string, Json>).map(
        (entry) => entry["document"],
      ),
    };
  return ("document" in body ? body["document"] : body) as Json;
}

function byId(root: Json): Map<string, Json> {
  const found = new Map<string, Json>();
  const visit = (layer: Json): void => {
    found.set(String(layer["id"]), layer);
    for (const child of (layer["children"] as Json[] | undefined) ?? []) visit(child);
  };
  visit(root);
  return found;
}

/** Defaults that REST writes in some years and leaves out in others are taken as written. */
function normal(layer: Json, field: string): unknown {
  const value = layer[field];
  const defaults: Json = {
    visible: true,
    locked: false,
    opacity: 1,
    layoutMode: "NONE",
    rectangleCornerRadii: undefined,
    rotation: 0,
  };
  if (field === "fills" || field === "strokes")
    return ((value as Json[] | undefined) ?? []).map((paint) => ({
      visible: true,
      opacity: 1,
      blendMode: "NORMAL",
      ...paint,
      imageRef: paint["imageRef"] ?? null,
      color: paint["color"] ?? null,
    }));
  if (field === "effects")
    return ((value as Json[] | undefined) ?? []).map((effect) => ({ visible: true, ...effect }));
  if (field === "rectangleCornerRadii" && new Set(value as number[] | undefined).size === 1)
    return undefined;
  return value ?? defaults[field];
}

function difference(before: unknown, after: unknown, path = ""): string | null {
  if (typeof before === "number" && typeof after === "number")
    return Math.abs(before - after) <= Math.max(1e-3, Math.abs(before) * 1e-6)
      ? null
      : `${path} ${before} became ${after}`;
  if (
    typeof before === "object" &&
    before !== null &&
    typeof after === "object" &&
    after !== null
  ) {
    for (const key of Object.keys(before)) {
      const found = difference((before as Json)[key], (after as Json)[key], `${path}.${key}`);
      if (found !== null) return found;
    }
    return null;
  }
  return before === after
    ? null
    : `${path} ${JSON.stringify(before)} became ${JSON.stringify(after)}`;
}
