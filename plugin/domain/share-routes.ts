import * as z from "zod/mini";
import type { Route } from "./route.ts";

/**
 * The route that makes share links. A link shows an asset to people without a token: links on the canvas
 * are opened in browsers (server/declared-routes.ts).
 */
export const shareRoutes = {
  shareLink: {
    method: "POST",
    path: "/v1/assets/:hash/share",
    answer: z.object({ path: z.string().check(z.regex(/^\/v1\/share\/[\w-]+$/)) }),
  },
} as const satisfies Record<string, Route>;
