import * as z from "zod/mini";

/** Every kind of thing that can be wrong before a run. */
export const issueCodes = [
  "input-missing",
  "input-empty",
  "input-full",
  "type-mismatch",
  "port-unknown",
  "node-missing",
  "node-duplicate",
  "cycle",
  "setting-invalid",
  "model-unknown",
  "model-unavailable",
  "model-unfit",
  "list-conflict",
  "nothing-to-run",
  "limit",
  "record-invalid",
  "line-unclear",
  "board-invalid",
] as const;

/**
 * Something wrong in a board or graph, known before anything is spent. The message is a whole
 * sentence for a designer; `nodeId` is the node or layer at fault, null where it is the whole.
 */
export const issueSchema = z.object({
  code: z.enum(issueCodes),
  nodeId: z.nullable(z.string()),
  port: z.optional(z.string()),
  setting: z.optional(z.string()),
  message: z.string(),
});
/** Something wrong before a run. */
export type Issue = z.infer<typeof issueSchema>;
