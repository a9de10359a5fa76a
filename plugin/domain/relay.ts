import * as z from "zod/mini";
import { assetSchema, hashSchema } from "./asset.ts";
import { costShape } from "./cost.ts";
import { countSchema } from "./count.ts";
import { fileRoutes } from "./file-routes.ts";
import { issueSchema } from "./issue.ts";
import { modelSchema } from "./model.ts";
import { placementRoutes } from "./placement-routes.ts";
import { planSchema } from "./plan.ts";
import type { Route } from "./route.ts";
import { runEndSchema } from "./run-event.ts";
import { shareRoutes } from "./share-routes.ts";
import { stockRoutes } from "./stock-routes.ts";
import { versionSchema } from "./version.ts";
import { idSchema } from "./well-formed.ts";
import { workflowRoutes } from "./workflow-routes.ts";

/** The address of a relay on one's own machine; the port is part of the manifest. */
export const relayPort = 4517;

/** A run as it stands, without its events. */
export const runSummarySchema = z.object({
  id: idSchema,
  file: idSchema,
  state: z.union([z.literal("running"), runEndSchema]),
  plan: planSchema,
  ...costShape,
  startedBy: z.string(),
  startedAtMs: countSchema,
  endedAtMs: z.nullable(countSchema),
  lastEvent: countSchema,
});
/** A run as it stands, without its events. */
export type RunSummary = z.infer<typeof runSummarySchema>;

/**
 * A price promised: the plan with a ceiling per step, valid until `expiresAtMs`. One that is large for
 * the team, or that nobody knows, starts only when it was confirmed a second time. `notes` are sentences
 * about the price that stand against nothing.
 */
export const quoteSchema = z.object({
  id: idSchema,
  plan: planSchema,
  issues: z.array(issueSchema),
  ...costShape,
  balance: z.int(),
  isLarge: z.boolean(),
  notes: z.array(z.string()),
  expiresAtMs: countSchema,
});
/** A price promised. */
export type Quote = z.infer<typeof quoteSchema>;

/**
 * Every route that the panel calls: clients parse with it, OpenAPI is made of it. What is sent with it is
 * in relay-asks.ts; the routes of the command line alone are in command-routes.ts. What a route is for, who may ask it and how much it takes is the relay's own affair,
 * in server/route-rules.ts; the routes that only browsers open are in server/declared-routes.ts.
 */
export const routes = {
  hello: {
    method: "POST",
    path: "/v1/hello",
    answer: z.object({ relay: idSchema, proof: z.string() }),
  },
  pair: {
    method: "POST",
    path: "/v1/pair",
    answer: z.object({
      token: z.string(),
      device: idSchema,
      secret: z.string(),
      relay: idSchema,
      member: z.string(),
      expiresAtMs: z.int(),
    }),
  },
  status: {
    method: "GET",
    path: "/v1/status",
    answer: z.object({
      relay: idSchema,
      version: z.string(),
      member: z.string(),
      balance: z.int(),
      held: z.int(),
    }),
  },
  models: {
    method: "GET",
    path: "/v1/models",
    answer: z.object({ models: z.array(modelSchema) }),
  },
  assetsMissing: {
    method: "POST",
    path: "/v1/assets/missing",
    answer: z.object({ missing: z.array(hashSchema) }),
  },
  assetPut: {
    method: "PUT",
    path: "/v1/assets/:hash",
    answer: assetSchema,
  },
  assetGet: {
    method: "GET",
    path: "/v1/assets/:hash",
    answer: "bytes",
  },
  quote: {
    method: "POST",
    path: "/v1/quotes",
    answer: quoteSchema,
  },
  runStart: {
    method: "POST",
    path: "/v1/runs",
    answer: runSummarySchema,
  },
  runList: {
    method: "GET",
    path: "/v1/runs",
    answer: z.object({ runs: z.array(runSummarySchema) }),
  },
  runGet: {
    method: "GET",
    path: "/v1/runs/:run",
    answer: runSummarySchema,
  },
  runEvents: {
    method: "GET",
    path: "/v1/runs/:run/events",
    answer: "events",
  },
  runCancel: {
    method: "POST",
    path: "/v1/runs/:run/cancel",
    answer: runSummarySchema,
  },
  versions: {
    method: "GET",
    path: "/v1/versions",
    answer: z.object({ versions: z.array(versionSchema) }),
  },
  versionsNewest: {
    method: "POST",
    path: "/v1/versions/newest",
    answer: z.object({ versions: z.array(versionSchema) }),
  },
  ...shareRoutes,
  ...placementRoutes,
  ...workflowRoutes,
  ...stockRoutes,
  ...fileRoutes,
} as const satisfies Record<string, Route>;

/** The name of a route. */
export type RouteName = keyof typeof routes;
