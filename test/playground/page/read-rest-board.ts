import * as z from "zod/mini";
import type { Editor } from "../../figma/model/document.ts";
import type { BoardStart } from "./open-board.ts";

/** What a file may hold: more would freeze the page. */
const limits = { bytes: 100_000_000, depth: 200 };

const pointSchema = z.object({ x: z.number(), y: z.number() });
const endSchema = z.optional(z.looseObject({ position: z.optional(pointSchema) }));
const layerSchema = z.looseObject({
  id: z.string(),
  type: z.string(),
  name: z.string(),
  absoluteBoundingBox: z.optional(
    z.nullable(z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })),
  ),
  characters: z.optional(z.string()),
  connectorStart: endSchema,
  connectorEnd: endSchema,
  children: z.optional(z.array(z.unknown())),
});
const rootSchema = z.looseObject({
  children: z.array(z.looseObject({ type: z.literal("CANVAS") })),
});
const fileSchema = z.union([
  z.looseObject({ document: rootSchema }),
  z.looseObject({ nodes: z.record(z.string(), z.looseObject({ document: layerSchema })) }),
  rootSchema,
]);

const namedSchema = z.looseObject({ name: z.optional(z.string()) });

const figjamTypes = new Set(["STICKY", "SHAPE_WITH_TEXT", "CONNECTOR", "CODE_BLOCK", "STAMP"]);

/**
 * Reads a file as Figma's REST gives it (`GET /v1/files/:key` or `…/nodes`). Throws one sentence for
 * anything else. The editor is told by the file, else by the kinds of layers in it.
 */
export function readRestBoard(text: string, fileName: string): BoardStart {
  if (text.length > limits.bytes) throw new Error("The file is larger than 100 MB.");
  const file = fileSchema.safeParse(parseJson(text));
  if (!file.success)
    throw new Error(`${fileName} is no Figma file in JSON, as GET /v1/files/:key gives it.`);
  const types = new Set<string>();
  checkLayers(file.data, types, 0);
  const { name } = namedSchema.parse(file.data);
  return { title: name ?? fileName, editor: editorOf(file.data, types), document: file.data };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function editorOf(file: object, types: ReadonlySet<string>): Editor {
  if ("editorType" in file && (file.editorType === "figjam" || file.editorType === "figma"))
    return file.editorType;
  return [...types].some((type) => figjamTypes.has(type)) ? "figjam" : "figma";
}

function checkLayers(value: unknown, types: Set<string>, depth: number): void {
  if (depth > limits.depth) throw new Error("The layers of the file lie too deep in each other.");
  const parent = z.looseObject({ children: z.optional(z.array(z.unknown())) }).safeParse(value);
  if (!parent.success) return;
  const below = z.looseObject({
    document: z.optional(z.unknown()),
    nodes: z.optional(z.unknown()),
  });
  const { document, nodes } = below.parse(value);
  if (depth === 0 && document !== undefined) checkLayers(document, types, 1);
  if (depth === 0 && typeof nodes === "object" && nodes !== null)
    for (const entry of Object.values(nodes)) checkLayers(below.parse(entry).document, types, 1);
  for (const child of parent.data.children ?? []) {
    const layer = layerSchema.safeParse(child);
    if (!layer.success) {
      const [issue] = layer.error.issues;
      throw new Error(`A layer of the file cannot be read: ${issue?.path.join(".") ?? "unknown"}.`);
    }
    types.add(layer.data.type);
    checkLayers(layer.data, types, depth + 1);
  }
}
