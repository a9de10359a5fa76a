import * as z from "zod/mini";
import { countSchema } from "./count.ts";
import type { Route } from "./route.ts";

/** How a team stands with a provider: all that is ever told of a key. */
const shownKeySchema = z.object({
  provider: z.string(),
  title: z.string(),
  /** Where the key comes from, null where there is none. One of the relay's environment wins. */
  from: z.nullable(z.enum(["environment", "set"])),
  lastFour: z.nullable(z.string().check(z.maxLength(4))),
  /** When it was set; null for one of the environment. */
  setAtMs: z.nullable(countSchema),
  /** The environment variable that it can also come from. */
  variable: z.string(),
});

/** The routes of the providers' keys. Keys go in and never come out. */
export const keyRoutes = {
  keys: {
    method: "GET",
    path: "/v1/keys",
    answer: z.object({ keys: z.array(shownKeySchema) }),
  },
  keySet: {
    method: "PUT",
    path: "/v1/keys/:provider",
    answer: shownKeySchema,
  },
  keyRemove: {
    method: "POST",
    path: "/v1/keys/:provider/remove",
    answer: shownKeySchema,
  },
  keyTry: {
    method: "POST",
    path: "/v1/keys/:provider/try",
    answer: z.object({ outcome: z.enum(["good", "refused", "unclear"]), sentence: z.string() }),
  },
  keysReseal: {
    method: "POST",
    path: "/v1/keys/reseal",
    answer: z.object({ version: countSchema, sealedAnew: countSchema, unreadable: countSchema }),
  },
} as const satisfies Record<string, Route>;
