import type { Hono } from "hono";
import { relayPort } from "#domain/relay";
import { createApp } from "../../server/app.ts";
import { borderRules } from "../../server/border.ts";
import type { RouteName } from "../../server/declared-routes.ts";
import type { Caller, Handlers } from "../../server/handler.ts";
import { createTraffic } from "../../server/traffic.ts";
import type { Role } from "../../server/store/members.ts";
import { noMetrics } from "../../server/metrics.ts";
import { servedRoutes } from "../../server/served-routes.ts";

/** The token that a fake app knows. */
export const goodToken = "rly_good";
/** Whom it knows by that token. */
export const knownCaller: Caller = { team: "local", member: "you", device: "device" };
/** The Host header of a relay on its usual port. */
export const usualHost = `localhost:${relayPort}`;

/** The HTTP side of a relay with handlers that only count how often they were reached. */
export function createFakeApp(handlers: Partial<Handlers> = {}, role: Role = "owner") {
  const reached: RouteName[] = [];
  const errors: unknown[] = [];
  const names = Object.keys(servedRoutes) as RouteName[];
  const counting = Object.fromEntries(
    names.map((name) => [
      name,
      (input: unknown) => {
        reached.push(name);
        const given = handlers[name] as ((input: unknown) => Promise<unknown>) | undefined;
        return given ? given(input) : Promise.resolve(new Response("reached"));
      },
    ]),
  ) as unknown as Handlers;
  const app: Hono = createApp({
    rules: () => borderRules(),
    handlers: counting,
    findCaller: (token) => Promise.resolve(token === goodToken ? { ...knownCaller, role } : null),
    metrics: noMetrics,
    traffic: createTraffic(),
    newId: () => "request-1",
    reportError: (_request, _route, error) => errors.push(error),
  });
  return { app, reached, errors };
}
