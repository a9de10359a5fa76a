import * as z from "zod/mini";
import { nodeTypeSchema } from "./nodes/index.ts";
import { idSchema, textSchema } from "./well-formed.ts";

/**
 * How a node stands, in the words of product.md A7. `done` from 0 to 1 while it runs, null where
 * nobody knows. `text` is what the pill says ("Running · 40 %"); "done" shows no pill.
 */
export const cardStatusSchema = z.object({
  kind: z.enum([
    "empty",
    "not-ready",
    "ready",
    "queued",
    "running",
    "waiting",
    "done",
    "stale",
    "blocked",
    "failed",
    "cancelled",
    "locked",
  ]),
  text: textSchema(200),
  done: z.nullable(z.number()),
});
/** How a node stands. */
export type CardStatus = z.infer<typeof cardStatusSchema>;

/**
 * Everything that a node's card shows beside its results, which lie in it as layers of their own.
 * - `body`: the words in the middle: the hint of an empty node, a text node's own text or a result
 *   that is a text, a failure's sentence; null where results speak.
 * - `footer`: model, the settings that matter, price; one line.
 * - `inputs`: labels of its inputs from top to bottom, drawn where there is more than one.
 */
const content = {
  type: nodeTypeSchema,
  title: textSchema(200),
  status: cardStatusSchema,
  body: z.nullable(
    z.object({ kind: z.enum(["hint", "text", "failure"]), text: textSchema(32_000) }),
  ),
  footer: textSchema(200),
  inputs: z.array(textSchema(60)),
};

/** What the card of a node shows that has no layer yet. */
export const newCardSchema = z.object(content);
/** What the card of a layer shows. */
export const cardContentSchema = z.object({ ...content, layer: idSchema });
/** Everything that a node's card shows beside its results. */
export type CardContent = z.infer<typeof cardContentSchema>;
