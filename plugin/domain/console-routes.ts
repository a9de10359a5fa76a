import * as z from "zod/mini";
import { costShape } from "./cost.ts";
import { countSchema } from "./count.ts";
import { nodeTypeSchema } from "./nodes/index.ts";
import { runSummarySchema } from "./relay.ts";
import type { Route, RouteAsk } from "./route.ts";
import { usageDaySchema } from "./usage.ts";
import { versionSchema } from "./version.ts";
import { idSchema } from "./well-formed.ts";

/**
 * A run in the list of all of them, with the name of its file as it was called when it was opened last
 * (null for one that no panel opened). The nodes that it plans are only counted: fifty whole plans are
 * more than a page shows.
 */
const listedRunSchema = z.object({
  ...z.omit(runSummarySchema, { plan: true }).shape,
  fileName: z.nullable(z.string()),
  nodes: countSchema,
  reused: countSchema,
  /** The most that it was expected to cost, each model that it asks, and how long it was expected to take. */
  atMost: z.object(costShape),
  models: z.array(z.string()),
});
/** A run in the list of all of them. */
export type ListedRun = z.infer<typeof listedRunSchema>;

const namedNodeSchema = z.object({ id: idSchema, type: nodeTypeSchema, title: z.string() });
/** What a node of a run is called. */
export type NamedNode = z.infer<typeof namedNodeSchema>;

/** A month of the calendar, as in ISO 8601: "2026-11". */
const monthSchema = z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/));

/** The routes that only the relay's own page asks. */
export const consoleRoutes = {
  unpair: {
    method: "POST",
    path: "/v1/unpair",
    answer: z.object({}),
  },
  allRuns: {
    method: "GET",
    path: "/v1/all-runs",
    answer: z.object({ runs: z.array(listedRunSchema) }),
  },
  runNodes: {
    method: "GET",
    path: "/v1/runs/:run/nodes",
    answer: z.object({ nodes: z.array(namedNodeSchema) }),
  },
  allResults: {
    method: "GET",
    path: "/v1/all-results",
    answer: z.object({ versions: z.array(versionSchema) }),
  },
  usageDays: {
    method: "GET",
    path: "/v1/usage/days",
    answer: z.object({ days: z.array(usageDaySchema) }),
  },
} as const satisfies Record<string, Route>;

/** What is sent with each of them. */
export const consoleAsks = {
  unpair: { body: z.object({}) },
  allRuns: { body: null },
  runNodes: { body: null },
  allResults: { body: null },
  usageDays: { body: null, query: z.object({ month: monthSchema }) },
} as const satisfies Record<keyof typeof consoleRoutes, RouteAsk>;
