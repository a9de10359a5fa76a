import * as z from "zod/mini";
import type { Route, RouteAsk } from "./route.ts";
import { readWorkflowSchema, savedWorkflowSchema, workflowUseSchema } from "./workflow.ts";

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

/** What is sent with each of them; a workflow is JSON in ComfyUI's API format, which the relay checks. */
export const workflowAsks = {
  workflows: { body: null },
  workflowRead: { body: z.object({ workflow: z.json() }) },
  /** `id` null keeps a new one, else the one of that id is replaced. */
  workflowSave: {
    body: z.object({
      id: z.nullable(z.string().check(z.maxLength(100))),
      workflow: z.json(),
      ...workflowUseSchema.shape,
    }),
  },
  workflowRemove: { body: z.object({}) },
} as const satisfies Record<keyof typeof workflowRoutes, RouteAsk>;
