import * as z from "zod/mini";
import { countSchema } from "./count.ts";
import type { Route } from "./route.ts";
import { textSchema } from "./well-formed.ts";

/** What a member is called. */
export const memberNameSchema = textSchema(100).check(z.minLength(1), z.trim());
/** What a member may do: an owner everything, a member all but managing people, keys and credits. */
export const memberRoleSchema = z.enum(["owner", "member"]);

const memberSchema = z.object({
  name: z.string(),
  role: memberRoleSchema,
  /** Devices that are paired now. */
  devices: countSchema,
  /** When one of them was last used; null for a member who has none. */
  lastUsedAtMs: z.nullable(countSchema),
});
/** Somebody who may use a team's relay. */
export type Member = z.infer<typeof memberSchema>;

/** The routes of the people who share a relay. */
export const memberRoutes = {
  members: {
    method: "GET",
    path: "/v1/members",
    answer: z.object({ members: z.array(memberSchema) }),
  },
  memberInvite: {
    method: "POST",
    path: "/v1/members",
    answer: z.object({ code: z.string(), expiresAtMs: countSchema }),
  },
  memberRemove: {
    method: "POST",
    path: "/v1/members/:name/remove",
    answer: z.object({}),
  },
} as const satisfies Record<string, Route>;
