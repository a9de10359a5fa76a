import * as z from "zod/mini";
import { textSchema } from "./well-formed.ts";
import { workflowRoleSchema } from "./workflow.ts";

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

/** How a workflow is used as a model. */
export const workflowUseSchema = z.object({
  title: textSchema(80).check(z.minLength(1)),
  inputs: z.array(boundInputSchema).check(z.maxLength(200)),
  /** The node whose result is taken. */
  output: shortText,
});
/** How a workflow is used as a model. */
export type WorkflowUse = z.infer<typeof workflowUseSchema>;
