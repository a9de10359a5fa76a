import type * as z from "zod/mini";
import { anchorAt } from "./arrow-record.ts";
import type { LayerFacts, PageFacts } from "./layer.ts";
import type { recordWriteSchema } from "./asks.ts";
import {
  longestRecord,
  readLineRecord,
  readNodeRecord,
  readOutputRecord,
  readResultRecord,
  type ArrowRecord,
} from "./read-records.ts";
import { readTouching, rejoinArrow, type TouchingLines } from "./rejoin-arrow.ts";

/** A record to write into a layer; "" takes it away. */
export type RecordWrite = z.infer<typeof recordWriteSchema>;

/**
 * The records to write so that every copy on a page is itself (figma-platform.md 11.4): a record
 * names the layer that it was written for, and one that names another came with a copy.
 * - A node keeps its kind and settings; its invisible connections and last result stay behind.
 * - A line keeps its chosen input and joins what its ends touch, or is a plain line again.
 * - A result keeps what it shows and where that came from, and counts as placed no more.
 *
 * Repaired once, nothing is left to repair; and everybody who repairs the same copy writes the same
 * bytes. A layer's writes may be cut short at any point: its node record, by which the others are
 * known to be a copy's, comes last. A record that cannot be read is left as it is, and so is what lies
 * inside an instance.
 */
export function repairCopies(page: PageFacts): RecordWrite[] {
  const touching = readTouching(page, new Set());
  const writes = page.layers.flatMap((layer) => {
    if (layer.id.includes(";")) return [];
    return [...repairNode(layer), ...repairResult(layer), ...repairLine(layer, touching)];
  });
  return writes.filter(({ value }) => value.length <= longestRecord);
}

function repairNode(layer: LayerFacts): RecordWrite[] {
  const writes: RecordWrite[] = [];
  const out = readOutputRecord(layer).value;
  if (out && out.self !== layer.id) {
    const { v, mode, slotId } = out;
    const kept = slotId === undefined ? {} : { slotId };
    writes.push(write(layer, "out", { v, self: layer.id, mode, ...kept }));
  }
  const node = readNodeRecord(layer).value;
  if (!node || node.self === layer.id) return writes;
  if ((layer.records.in ?? "") !== "") writes.push({ layer: layer.id, key: "in", value: "" });
  writes.push(write(layer, "node", { ...node, self: layer.id }));
  return writes;
}

function repairResult(layer: LayerFacts): RecordWrite[] {
  const result = readResultRecord(layer).value;
  if (!result || result.self === layer.id) return [];
  const { v, src, asset, media } = result;
  return [write(layer, "res", { v, self: layer.id, src, asset, media })];
}

function repairLine(layer: LayerFacts, touching: TouchingLines): RecordWrite[] {
  const record = readLineRecord(layer).value;
  if (!record || record.self === layer.id) return [];
  if (layer.connector) return repairConnector(layer, record, touching);
  const rejoined = rejoinArrow(layer, record, touching(layer.id));
  if (rejoined) return [write(layer, "edge", rejoined)];
  return [{ layer: layer.id, key: "edge", value: "" }];
}

/** A connector's own ends count, so a record of one that joins nothing harms nobody and may wait. */
function repairConnector(
  layer: LayerFacts,
  record: ArrowRecord,
  touching: TouchingLines,
): RecordWrite[] {
  const ends = touching(layer.id);
  if (!ends) return [];
  const { from, to } = ends;
  const src = anchorAt(from, middleOf(from.box));
  const dst = anchorAt(to, middleOf(to.box));
  return [write(layer, "edge", { ...record, self: layer.id, src, dst })];
}

function middleOf({ x, y, width, height }: NonNullable<LayerFacts["box"]>) {
  return { x: x + width / 2, y: y + height / 2 };
}

function write(layer: LayerFacts, key: RecordWrite["key"], value: object): RecordWrite {
  return { layer: layer.id, key, value: JSON.stringify(value) };
}
