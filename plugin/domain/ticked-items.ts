import * as z from "zod/mini";
import type { Item } from "./item.ts";
import { listEntrySchema } from "./param.ts";

const entriesSchema = z.array(listEntrySchema);

/** The ticked items of an "items" setting, in order; nothing where the value is no such thing. */
export function tickedItems(value: unknown): Item[] {
  const entries = entriesSchema.safeParse(value);
  if (!entries.success) return [];
  return entries.data.flatMap((entry) => (entry.isTicked ? [entry.item] : []));
}
