import * as z from "zod/mini";
import type { RouteAsk } from "./route.ts";
import type { workflowRoutes } from "./workflow-routes.ts";
import { workflowUseSchema } from "./workflow-use.ts";

/** What is sent with each of them; a workflow is JSON in ComfyUI's API format, which the relay checks. */
export const workflowAsks = {
  workflows: { body: null },
  workflowRead: { body: z.object({ workflow: z.json() }) },
  /** `id` null keeps a new one, else the one of that id is replaced; it becomes part of a model's id. */
  workflowSave: {
    body: z.object({
      id: z.nullable(z.string().check(z.regex(/^[0-9a-f]{16}$/))),
      workflow: z.json(),
      ...workflowUseSchema.shape,
    }),
  },
  workflowRemove: { body: z.object({}) },
} as const satisfies Record<keyof typeof workflowRoutes, RouteAsk>;
