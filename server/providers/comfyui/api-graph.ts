import * as z from "zod";

/** A value that stands in a workflow itself, not at the end of a line. */
export type OwnValue = string | number | boolean;

const linkSchema = z.tuple([z.string(), z.number().int().nonnegative()]);
const inputSchema = z.union([
  z.string().max(100_000),
  z.number(),
  z.boolean(),
  linkSchema,
  z.json(),
]);

/** A node of a workflow in ComfyUI's API format; an input is a value, or a line to a node's output. */
export const apiNodeSchema = z.object({
  class_type: z.string().min(1).max(200),
  inputs: z.record(z.string().max(200), inputSchema),
  _meta: z.object({ title: z.string().max(500).optional() }).optional(),
});
/** A node of a workflow in ComfyUI's API format. */
export type ApiNode = z.infer<typeof apiNodeSchema>;

/** The most nodes of a workflow. */
const mostNodes = 1_000;

/** A workflow in ComfyUI's API format, by node (docs.comfy.org, "Workflow JSON", API format). */
export const apiGraphSchema = z
  .record(z.string().min(1).max(100), apiNodeSchema)
  .refine((graph) => Object.keys(graph).length > 0, "has no nodes")
  .refine((graph) => Object.keys(graph).length <= mostNodes, `has more than ${mostNodes} nodes`);
/** A workflow in ComfyUI's API format. */
export type ApiGraph = z.infer<typeof apiGraphSchema>;

/**
 * Reads a workflow that somebody chose; a sentence where it is none. The editor's own format has what
 * was drawn and not what is asked, so that it cannot be run by anybody but the editor.
 */
export function readApiGraph(value: unknown): ApiGraph | string {
  const isDrawing = z.object({ nodes: z.array(z.unknown()), links: z.unknown() }).safeParse(value);
  if (isDrawing.success) {
    return 'This is a drawing of ComfyUI\'s editor. In ComfyUI choose "Export (API)", and take that file.';
  }
  const read = apiGraphSchema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const at = issue && issue.path.length > 0 ? ` at "${issue.path.join(".")}"` : "";
  return `This is no workflow of ComfyUI in API format: it is wrong${at}.`;
}

/** The value that stands in an input itself, or null where a line ends there or it is none of the plain ones. */
export function ownValueOf(node: ApiNode, input: string): OwnValue | null {
  const value = node.inputs[input];
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : null;
}
