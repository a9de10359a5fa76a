import * as z from "zod/mini";

/**
 * What an input of a workflow is for: `fixed` stays as the workflow has it, `setting` is a setting of the
 * node, all others are filled from what is connected or written in the node.
 */
export const workflowRoles = [
  "fixed",
  "setting",
  "prompt",
  "seed",
  "reference",
  "mask",
  "first",
  "last",
  "sound",
] as const;
/** Schema of {@link WorkflowRole}. */
export const workflowRoleSchema = z.enum(workflowRoles);
/** What an input of a workflow is for. */
export type WorkflowRole = z.infer<typeof workflowRoleSchema>;

/** An input of a workflow that something can be chosen for, and what it can be; the first is proposed. */
export const workflowInputSchema = z.object({
  node: z.string(),
  input: z.string(),
  label: z.string(),
  value: z.string(),
  roles: z.array(workflowRoleSchema),
});
/** An input of a workflow that something can be chosen for. */
export type WorkflowInput = z.infer<typeof workflowInputSchema>;

/** A node of a workflow whose result can be taken. */
export const workflowOutputSchema = z.object({
  node: z.string(),
  label: z.string(),
  kind: z.enum(["image", "video", "audio"]),
});
/** A node of a workflow whose result can be taken. */
export type WorkflowOutput = z.infer<typeof workflowOutputSchema>;

/** A workflow as the relay read it: what can be chosen, and what is missing on the server that would run it. */
export const readWorkflowSchema = z.object({
  inputs: z.array(workflowInputSchema),
  outputs: z.array(workflowOutputSchema),
  problems: z.array(z.string()),
});
/** A workflow as the relay read it. */
export type ReadWorkflow = z.infer<typeof readWorkflowSchema>;

/** A workflow that a team keeps, as a list shows it. */
export const savedWorkflowSchema = z.object({ id: z.string(), title: z.string() });
/** A workflow that a team keeps, as a list shows it. */
export type SavedWorkflow = z.infer<typeof savedWorkflowSchema>;
