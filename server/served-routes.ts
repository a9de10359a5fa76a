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

/** The routes that are served, by name. */
export const servedRoutes = Object.fromEntries(
  (Object.keys(declaredRoutes) as RouteName[]).map((name) => {
    const usual = { maxBodyBytes: usualBodyBytes, headers: {}, isProbe: false };
    return [
      name,
      { ...usual, ...declaredAsks[name], ...declaredRoutes[name], ...routeRules[name] },
    ];
  }),
) as Readonly<Record<RouteName, ServedRoute>>;
