import * as z from "zod/mini";
import { resultRecordSchema, type PlacedLayer } from "./placement.ts";
import { parseJson } from "./parse-json.ts";

/**
 * The layer that a raw result record marks as holding a placement, or null: a copy's record names
 * another layer and is no marker (figma-platform.md 11.4).
 */
export function markerOf(layer: string, stored: string | undefined): PlacedLayer | null {
  if (stored === undefined || stored === "") return null;
  const record = z.safeParse(resultRecordSchema, parseJson(stored)).data;
  return record?.self === layer ? { id: layer, record } : null;
}
