import * as z from "zod/mini";
import { assetSchema, portTypeOf } from "./asset.ts";
import type { PortType } from "./port.ts";
import { textSchema } from "./well-formed.ts";

/** The longest text that travels between nodes, in UTF-16 units (product.md A17: text node 10,000). */
export const longestText = 32_000;

/** One thing that a node gives to the next: a text, or an asset by its hash. */
export const itemSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), text: textSchema(longestText) }),
  z.object({ kind: z.literal("asset"), asset: assetSchema }),
]);
/** One thing that a node gives to the next. */
export type Item = z.infer<typeof itemSchema>;

/** What an item is on a connection. */
export function portTypeOfItem(item: Item): PortType {
  return item.kind === "text" ? "text" : portTypeOf(item.asset);
}
