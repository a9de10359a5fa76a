import * as z from "zod/mini";
import { cappedSchema, capUnitSchema, listedCapSchema } from "./cap.ts";
import { consoleAsks, consoleRoutes } from "./console-routes.ts";
import { costShape } from "./cost.ts";
import { countSchema } from "./count.ts";
import { keyRoutes } from "./key-routes.ts";
import { memberNameSchema, memberRoleSchema, memberRoutes } from "./member-routes.ts";
import type { Route, RouteAsk } from "./route.ts";
import { usageRowSchema } from "./usage.ts";

/** The routes that the command line or the console calls and the panel does not, which never holds them. */
export const commandRoutes = {
  sharesEnd: {
    method: "POST",
    path: "/v1/shares/end",
    answer: z.object({}),
  },
  usage: {
    method: "GET",
    path: "/v1/usage",
    answer: z.object({ rows: z.array(usageRowSchema) }),
  },
  caps: {
    method: "GET",
    path: "/v1/caps",
    answer: z.object({ caps: z.array(listedCapSchema), confirmAbove: z.object(costShape) }),
  },
  capSet: {
    method: "POST",
    path: "/v1/caps",
    answer: z.object({}),
  },
  confirmAboveSet: {
    method: "POST",
    path: "/v1/confirm-above",
    answer: z.object({}),
  },
  ...consoleRoutes,
  ...keyRoutes,
  ...memberRoutes,
} as const satisfies Record<string, Route>;

/** The name of a route of the command line or the console. */
export type CommandRouteName = keyof typeof commandRoutes;

/** A day of the calendar, as in ISO 8601: "2026-11-21". */
const daySchema = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));

/** What is sent with each of them. */
export const commandAsks = {
  sharesEnd: { body: z.object({}) },
  /** Both days are part of it; without them the month until now (UTC). */
  usage: {
    body: null,
    query: z.object({ from: z.optional(daySchema), to: z.optional(daySchema) }),
  },
  caps: { body: null },
  capSet: { body: z.object({ ...cappedSchema.shape, most: z.nullable(countSchema) }) },
  confirmAboveSet: { body: z.object({ unit: capUnitSchema, most: countSchema }) },
  keys: { body: null },
  keySet: { body: z.object({ key: z.string().check(z.maxLength(8_000)) }) },
  keyRemove: { body: z.object({}) },
  keyTry: { body: z.object({}) },
  keysReseal: { body: z.object({}) },
  members: { body: null },
  memberInvite: { body: z.object({ name: memberNameSchema, role: memberRoleSchema }) },
  memberRemove: { body: z.object({}) },
  ...consoleAsks,
} as const satisfies Record<CommandRouteName, RouteAsk>;
