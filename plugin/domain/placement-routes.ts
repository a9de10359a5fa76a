import * as z from "zod/mini";
import { leaseMs, placementSchema } from "./placement-lease.ts";
import type { Route } from "./route.ts";

/** The routes by which results reach the canvas: each placed once, by the session that holds its lease. */
export const placementRoutes = {
  placements: {
    method: "GET",
    path: "/v1/placements",
    answer: z.object({ placements: z.array(placementSchema), nowMs: z.int() }),
  },
  placementClaim: {
    method: "POST",
    path: "/v1/placements/:pid/claim",
    answer: z.object({ placement: placementSchema, leaseMs: z.literal(leaseMs) }),
  },
  placementEnd: {
    method: "POST",
    path: "/v1/placements/:pid/end",
    answer: placementSchema,
  },
  placeAgain: {
    method: "POST",
    path: "/v1/placements",
    answer: placementSchema,
  },
} as const satisfies Record<string, Route>;
