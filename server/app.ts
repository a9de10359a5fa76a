import { Hono, type Context } from "hono";
import * as z from "zod";
import { relayErrors, type RelayError } from "#domain/relay-error";
import { StorageFull as AssetsFull, StorageUnavailable } from "./assets/asset-store.ts";
import type { RouteName } from "./declared-routes.ts";
import { answerOrigin, checkHost, setHeaders, type BorderRules } from "./border.ts";
import type { Caller, Handlers } from "./handler.ts";
import { checkLength, parseWith, readBody } from "./read-body.ts";
import { Refusal } from "./refusal.ts";
import { servedRoutes, type ServedRoute } from "./served-routes.ts";
import { StorageFull as StoreFull } from "./store/store-error.ts";

/** What the relay's HTTP side is made of. */
export interface AppParts {
  /** Asked at each request: the port may be known only once the relay listens. */
  readonly rules: () => BorderRules;
  readonly handlers: Handlers;
  /** Who holds a token, or null. */
  readonly findCaller: (token: string) => Promise<Caller | null>;
  readonly newId: () => string;
  /** Pages served beside the routes, such as the playground. */
  readonly pages?: Hono | null;
  /** Takes note of trouble that nobody expected; the client sees its request id only. */
  readonly reportError: (request: string, route: string, error: unknown) => void;
}

/**
 * The relay's HTTP side: every route, each behind host, origin, token, length and
 * schema in this order. The one place where exceptions become answers.
 */
export function createApp(parts: AppParts): Hono {
  const app = new Hono();
  app.use(setHeaders(), checkHost(parts.rules), answerOrigin(parts.rules));
  for (const name of Object.keys(servedRoutes) as RouteName[]) {
    const route = servedRoutes[name];
    app.on(route.method, route.path, (context) => serve(parts, name, route, context));
  }
  if (parts.pages) app.route("/", parts.pages);
  app.notFound((context) =>
    refuse(context, parts.newId(), new Refusal("not-found", "There is no such route.")),
  );
  app.onError((error, context) => {
    const request = parts.newId();
    if (error instanceof Refusal) return refuse(context, request, error);
    if (error instanceof StoreFull || error instanceof AssetsFull) {
      return refuse(context, request, new Refusal("storage-full", error.message));
    }
    if (error instanceof StorageUnavailable) {
      return refuse(context, request, new Refusal("unavailable", error.message));
    }
    parts.reportError(request, context.req.path.split("/", 3).join("/"), error);
    const said =
      "Something went wrong in the relay. Its log knows more under the request's number.";
    return refuse(context, request, new Refusal("internal", said));
  });
  return app;
}

async function serve(
  parts: AppParts,
  name: RouteName,
  route: ServedRoute,
  context: Context,
): Promise<Response> {
  const caller = route.access === "member" ? await authorise(parts, context) : null;
  const query = route.query
    ? parseWith(route.query, context.req.query(), "The address")
    : undefined;
  if (route.body === "bytes") checkLength(context, route, false);
  const body = await readBody(context, route);
  // One call for all routes: the declaration proves what each handler is given.
  const handle = parts.handlers[name] as (input: unknown) => Promise<unknown>;
  const answer = await handle({
    caller,
    path: context.req.param(),
    query,
    body,
    stream: route.body === "bytes" ? context.req.raw.body : null,
    header: (header: string) => context.req.header(header),
    signal: context.req.raw.signal,
  });
  // A streamed answer keeps its own headers; the border's are added where it has none.
  if (answer instanceof Response) return context.newResponse(answer.body, answer);
  return context.json(
    route.answer instanceof z.core.$ZodType ? z.parse(route.answer, answer) : null,
  );
}

async function authorise(parts: AppParts, context: Context): Promise<Caller> {
  const header = context.req.header("authorization");
  if (header === undefined) {
    throw new Refusal("token-missing", "Pair this device with the relay first.");
  }
  const token = /^Bearer ([\w.~+/-]{1,200}=*)$/.exec(header)?.[1];
  const caller = token === undefined ? null : await parts.findCaller(token);
  if (!caller) {
    throw new Refusal("token-invalid", "This device is not paired any more. Pair it again.");
  }
  return caller;
}

function refuse(context: Context, request: string, refusal: Refusal): Response {
  const body: RelayError = {
    error: {
      code: refusal.code,
      message: refusal.message,
      request,
      ...(refusal.issues.length > 0 && { issues: [...refusal.issues] }),
    },
  };
  return context.json(body, relayErrors[refusal.code]);
}
