import * as z from "zod/mini";
import { costShape, priceBasisSchema } from "./cost.ts";
import { countSchema } from "./count.ts";
import { itemSchema } from "./item.ts";
import { idSchema } from "./well-formed.ts";

/**
 * One kept result of a node, with how it came about: the request as it was resolved, who asked, when
 * and what it cost. `items` are in the order of calls and results; `priceBasis` is "list" also where the
 * provider itself said what it took.
 */
export const versionSchema = z.object({
  id: idSchema,
  node: idSchema,
  run: idSchema,
  fingerprint: z.string(),
  items: z.array(itemSchema),
  model: idSchema,
  settings: z.record(z.string(), z.json()),
  prompts: z.array(z.string()),
  seeds: z.array(countSchema),
  notes: z.array(z.string()),
  ...costShape,
  priceBasis: priceBasisSchema,
  member: z.string(),
  atMs: countSchema,
});
/** One kept result of a node. */
export type Version = z.infer<typeof versionSchema>;

/** What planning needs to know of a node's current result. */
export type KnownResult = Pick<Version, "fingerprint" | "items">;
