import type * as z from "zod";
import type { Route, RouteAsk } from "#domain/route";
import { declaredAsks, declaredRoutes, type RouteName } from "./declared-routes.ts";
import { routeRules, type RouteRules } from "./route-rules.ts";

/** A route with the rules by which the relay serves it. */
export interface ServedRoute
  extends Omit<Route, "answer">, RouteAsk, Required<Omit<RouteRules, "headers">> {
  readonly answer: z.core.$ZodType | "bytes" | "events" | "page";
  readonly headers: Readonly<Record<string, string>>;
}

const usualBodyBytes = 16 * 1024;

/** One type for all: every name's own together are more than the compiler takes. */
const asks: Readonly<Record<RouteName, RouteAsk>> = declaredAsks;
const shapes: Readonly<Record<RouteName, Omit<Route, "answer"> & Pick<ServedRoute, "answer">>> =
  declaredRoutes;
const rules: Readonly<Record<RouteName, RouteRules>> = routeRules;

/** The routes that are served, by name. */
export const servedRoutes = Object.fromEntries(
  (Object.keys(declaredRoutes) as RouteName[]).map((name) => {
    const usual = { maxBodyBytes: usualBodyBytes, headers: {}, isProbe: false };
    return [name, { ...usual, ...asks[name], ...shapes[name], ...rules[name] }];
  }),
) as Readonly<Record<RouteName, ServedRoute>>;
