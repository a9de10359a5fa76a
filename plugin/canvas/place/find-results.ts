import type { AnswerOf } from "#domain/channel";
import { resultRecordSchema, type ResultRecord } from "#domain/placement";
import * as z from "zod/mini";
import { parseRecord } from "../draw/write-records.ts";
import { pageOf } from "../find-layer.ts";
import { namespace } from "../read/read-records.ts";

const key = "res";

/** A layer that holds a result, with what it remembers of it. */
export interface PlacedResult {
  readonly layer: SceneNode;
  readonly record: ResultRecord;
}

/** Whether a layer shows a result, be it one that was placed or a copy of one. */
export function hasResult(layer: SceneNode): boolean {
  return layer.getSharedPluginData(namespace, key) !== "";
}

/** What a layer remembers of its result; null for a copy, whose record names another layer (11.4). */
export function readResult(layer: SceneNode): ResultRecord | null {
  const stored = layer.getSharedPluginData(namespace, key);
  if (stored === "") return null;
  const record = z.safeParse(resultRecordSchema, parseRecord(stored)).data;
  return record?.self === layer.id ? record : null;
}

/** The layer that holds a placement, by the marker it carries; of several the one with the smallest id. */
export function findPlaced(page: PageNode, pid: string): SceneNode | null {
  let found: SceneNode | null = null;
  for (const layer of findMarked(page)) {
    const mayBeIt = layer.getSharedPluginData(namespace, key).includes(pid);
    if (!mayBeIt || readResult(layer)?.pid !== pid) continue;
    if (!found || layer.id < found.id) found = layer;
  }
  return found;
}

/** The results of a node on its page, in the canvas's order. */
export function resultsOf(node: SceneNode): PlacedResult[] {
  const page = pageOf(node);
  return (page ? findMarked(page) : []).flatMap((layer) => {
    const mayBeIt = layer.getSharedPluginData(namespace, key).includes(node.id);
    const record = mayBeIt ? readResult(layer) : null;
    return record?.src === node.id ? [{ layer, record }] : [];
  });
}

/** Every layer of the loaded pages with a result record, unparsed. */
export function findResults(): AnswerOf<"findResults"> {
  const results = figma.root.children.flatMap((page) =>
    findMarked(page).map((layer) => ({
      layer: layer.id,
      page: page.id,
      record: layer.getSharedPluginData(namespace, key),
    })),
  );
  return { results };
}

/** The engine's own search. A page that is not loaded refuses it, and shows nothing. */
function findMarked(page: PageNode): SceneNode[] {
  try {
    return page.findAllWithCriteria({ sharedPluginData: { namespace, keys: [key] } });
  } catch {
    return [];
  }
}
