import * as z from "zod/mini";
import { countSchema } from "./count.ts";
import { graphLimits } from "./graph-limits.ts";
import { nodeTypeSchema } from "./nodes/index.ts";
import { idSchema, textSchema } from "./well-formed.ts";

/**
 * A step of the graph: an id (the layer's), a type, what people call it, its settings as they were
 * stored (checked against the params by checkGraph, not here) and the chosen model, null for the
 * first one that can run. A locked node keeps its result and never runs again.
 */
export const nodeSchema = z.object({
  id: idSchema,
  type: nodeTypeSchema,
  title: textSchema(200),
  model: z.nullable(idSchema),
  settings: z.record(textSchema(60), z.json()),
  isLocked: z.boolean(),
});
/** A step of the graph. */
export type Node = z.infer<typeof nodeSchema>;

/** One end of a connection: a port of a node. */
export const portReferenceSchema = z.object({
  node: idSchema,
  port: textSchema(60).check(z.minLength(1)),
});

/**
 * Joins an output to an input. `order` is its place among the connections of its input, smallest
 * first; `via` the layer that draws it, null when none does.
 */
export const connectionSchema = z.object({
  from: portReferenceSchema,
  to: portReferenceSchema,
  order: countSchema,
  via: z.nullable(idSchema),
});
/** Joins an output to an input. */
export type Connection = z.infer<typeof connectionSchema>;

/** Nodes and connections, at most {@link graphLimits} of them. */
export const graphSchema = z.object({
  nodes: z.array(nodeSchema).check(z.maxLength(graphLimits.nodes)),
  connections: z.array(connectionSchema).check(z.maxLength(graphLimits.connections)),
});
/** Nodes and connections. */
export type Graph = z.infer<typeof graphSchema>;
