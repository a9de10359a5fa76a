import type { AnswerOf, AskOf } from "#domain/channel";
import { definitionOf, nodeTypeSchema } from "#domain/nodes/index";
import * as z from "zod/mini";
import { sentenceFor } from "../sentence-for.ts";
import { findLayer } from "../find-layer.ts";
import { namespace } from "../read/read-records.ts";
import { asUndoStep } from "./undo-step.ts";

type RecordWrite = AskOf<"writeRecords">["writes"][number];

/** Writes records in one go. A layer that is gone or refuses is told, the others are written. */
export async function writeRecords({
  writes,
  isUndoStep,
}: AskOf<"writeRecords">): Promise<AnswerOf<"writeRecords">> {
  const ids = [...new Set(writes.map(({ layer }) => layer))];
  const layers = new Map(
    await Promise.all(ids.map(async (id) => [id, await findLayer(id)] as const)),
  );
  const refused: { layer: string; message: string }[] = [];
  const writeAll = () => {
    for (const write of writes) {
      const layer = layers.get(write.layer);
      const message = layer ? tryWrite(layer, write) : "This layer is gone.";
      if (message !== null) refused.push({ layer: write.layer, message });
    }
  };
  if (isUndoStep) await asUndoStep(writeAll);
  else writeAll();
  return { refused };
}

function tryWrite(layer: SceneNode, { key, value }: RecordWrite): string | null {
  try {
    writeRecord(layer, key, value);
    return null;
  } catch (error) {
    return sentenceFor(error);
  }
}

/**
 * Writes the file's own record; false where this person may not. It is written also where it stands
 * there already, which changes nothing: only by trying does anybody learn whether they may.
 */
export function writeDocumentRecord({
  value,
}: AskOf<"writeDocumentRecord">): AnswerOf<"writeDocumentRecord"> {
  try {
    figma.root.setSharedPluginData(namespace, "doc", value);
    return { isWritten: true };
  } catch {
    return { isWritten: false };
  }
}

/**
 * Writes a record with the layer's own id as `self`, unless it is there already; "" takes it away. A
 * node's record brings its relaunch buttons.
 */
export function writeRecord(layer: SceneNode, key: RecordWrite["key"], value: string): void {
  const record = withSelf(value, layer.id);
  if (layer.getSharedPluginData(namespace, key) !== record) {
    layer.setSharedPluginData(namespace, key, record);
  }
  if (key === "node") offerRelaunch(layer, record);
}

const kindSchema = z.object({ kind: nodeTypeSchema });

/** The buttons of a node; their commands are those of the manifest. Instances may refuse them. */
function offerRelaunch(layer: SceneNode, record: string): void {
  const kind = z.safeParse(kindSchema, parseRecord(record)).data?.kind;
  const buttons: Record<string, string> = {};
  if (kind) {
    const { title, task } = definitionOf(kind);
    buttons["openNode"] = `${title} of Spaces`;
    if (task !== null) buttons["runFromHere"] = "Runs this node and what follows it";
  }
  const known = layer.getRelaunchData();
  const isSame =
    Object.keys(known).length === Object.keys(buttons).length &&
    Object.entries(buttons).every(([command, text]) => known[command] === text);
  if (!isSame) layer.setRelaunchData(buttons);
}

/** A list of invisible connections names no layer of its own; what is no JSON stays as it is. */
function withSelf(value: string, id: string): string {
  const record = parseRecord(value);
  const isObject = typeof record === "object" && record !== null && !Array.isArray(record);
  return isObject ? JSON.stringify({ ...record, self: id }) : value;
}

/** What a record holds; null for what is no JSON. */
export function parseRecord(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return null;
  }
}
