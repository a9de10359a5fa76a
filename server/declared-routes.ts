import * as z from "zod";
import { commandAsks, commandRoutes } from "#domain/command-routes";
import { routes } from "#domain/relay";
import { routeAsks } from "#domain/relay-asks";
import type { Route, RouteAsk } from "#domain/route";

/** The most pixels of a side that whoever embeds a shared asset has room for. */
const roomSchema = z.coerce.number().int().min(1).optional();

/**
 * What oEmbed (https://oembed.com, 2.3.4) tells of a shared asset, so that a link to it becomes a
 * player. The relay never knows another type than these.
 */
export const embedSchema = z.object({
  version: z.literal("1.0"),
  type: z.enum(["photo", "video", "rich", "link"]),
  title: z.string(),
  provider_name: z.string(),
  /** Of a photo. */
  url: z.string().optional(),
  /** A frame with the page; of a video and of a sound, which is "rich". */
  html: z.string().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
});
/** What oEmbed tells of a shared asset. */
export type Embed = z.infer<typeof embedSchema>;

const okSchema = z.object({ ok: z.literal(true) });

/**
 * The routes that no client of ours calls. By the share routes browsers and link previews show an asset
 * to people without a token: the address is itself the token. It names one asset of one team and can
 * neither be guessed nor altered, and stays good until the team ends its links, as the canvas keeps it
 * as long. `answer` "page" is HTML for people. By the hook route a provider tells that there is news of
 * one try of a call; the secret in its address is good for that try alone.
 */
export const ownRoutes = {
  sharePage: { method: "GET", path: "/v1/share/:key", body: null, answer: "page" },
  shareFile: {
    method: "GET",
    path: "/v1/share/:key/file",
    body: null,
    query: z.object({ width: z.enum(["256", "512", "1024"]).optional() }),
    answer: "bytes",
  },
  shareEmbed: {
    method: "GET",
    path: "/v1/share/:key/oembed",
    body: null,
    query: z.object({ maxwidth: roomSchema, maxheight: roomSchema }),
    answer: embedSchema,
  },
  hook: {
    method: "POST",
    path: "/v1/hooks/:provider/:secret",
    body: "bytes",
    answer: z.object({}),
  },
  healthz: { method: "GET", path: "/healthz", body: null, answer: okSchema },
  readyz: { method: "GET", path: "/readyz", body: null, answer: okSchema },
  openapi: {
    method: "GET",
    path: "/v1/openapi.json",
    body: null,
    answer: z.record(z.string(), z.json()),
  },
} as const satisfies Record<
  string,
  RouteAsk & Omit<Route, "answer"> & { answer: Route["answer"] | "page" }
>;

/** Every route of the relay: those of its clients, and its own. */
export const declaredRoutes = { ...routes, ...commandRoutes, ...ownRoutes };

/** What is sent with every route. */
export const declaredAsks = { ...routeAsks, ...commandAsks, ...ownRoutes };

/** The name of a route. */
export type RouteName = keyof typeof declaredRoutes;
