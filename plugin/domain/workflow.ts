import * as z from "zod/mini";
import { textSchema } from "./well-formed.ts";

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

const shortText = textSchema(200);

/** An input of a workflow that a person chose something for: the node and input in the workflow's own words. */
export const boundInputSchema = z.object({
  node: shortText,
  input: shortText,
  label: shortText,
  role: workflowRoleSchema,
});
/** An input of a workflow that a person chose something for. */
export type BoundInput = z.infer<typeof boundInputSchema>;

/** An input of a workflow that something can be chosen for, and what it can be; the first is proposed. */
export const workflowInputSchema = z.object({
  node: shortText,
  input: shortText,
  label: shortText,
  value: z.string(),
  roles: z.array(workflowRoleSchema).check(z.minLength(1)),
});
/** An input of a workflow that something can be chosen for. */
export type WorkflowInput = z.infer<typeof workflowInputSchema>;

/** A node of a workflow whose result can be taken. */
export const workflowOutputSchema = z.object({
  node: shortText,
  label: shortText,
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

/** How a workflow is used as a model. */
export const workflowUseSchema = z.object({
  title: textSchema(80).check(z.minLength(1)),
  inputs: z.array(boundInputSchema).check(z.maxLength(200)),
  /** The node whose result is taken. */
  output: shortText,
});
/** How a workflow is used as a model. */
export type WorkflowUse = z.infer<typeof workflowUseSchema>;

/** A workflow that a team keeps. */
export const savedWorkflowSchema = z.object({ id: z.string(), ...workflowUseSchema.shape });
/** A workflow that a team keeps. */
export type SavedWorkflow = z.infer<typeof savedWorkflowSchema>;
