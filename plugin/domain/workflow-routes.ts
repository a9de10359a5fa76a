import * as z from "zod/mini";
import type { Route } from "./route.ts";
import { readWorkflowSchema, savedWorkflowSchema } from "./workflow.ts";

/** The routes of the team's own ComfyUI workflows, which become models. */
export const workflowRoutes = {
  workflows: {
    method: "GET",
    path: "/v1/workflows",
    answer: z.object({
      workflows: z.array(savedWorkflowSchema),
      /** Why none can run now, null where one can. */
      unavailable: z.nullable(z.string()),
    }),
  },
  workflowRead: {
    method: "POST",
    path: "/v1/workflows/read",
    answer: readWorkflowSchema,
  },
  workflowSave: {
    method: "POST",
    path: "/v1/workflows",
    answer: savedWorkflowSchema,
  },
  workflowRemove: {
    method: "POST",
    path: "/v1/workflows/:workflow/remove",
    answer: z.object({}),
  },
} as const satisfies Record<string, Route>;
