import type { Handler } from "../handler.ts";
import { describeRelay } from "../openapi.ts";
import type { RouteParts } from "./route-parts.ts";

/** The list of routes as an OpenAPI document. */
export function openapi(parts: RouteParts): Handler<"openapi"> {
  return () => Promise.resolve(describeRelay(parts.version));
}
