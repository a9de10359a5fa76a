import { Hono, type Context } from "hono";
import * as z from "zod";
import { relayErrors, type RelayError } from "#domain/relay-error";
import type { RouteName } from "./declared-routes.ts";
import { answerOrigin, checkHost, setHeaders, type BorderRules } from "./border.ts";
import type { Caller, Handlers } from "./handler.ts";
import { sendLive, type LiveAnswer } from "./live-answer.ts";
import { checkLength, parseWith, readBody } from "./read-body.ts";
import { refusalOf } from "./refusal-of.ts";
import type { Metrics } from "./metrics.ts";
import { Refusal } from "./refusal.ts";
import type { AdmitRequest } from "./request-rate.ts";
import { servedRoutes, type ServedRoute } from "./served-routes.ts";
import type { Role } from "./store/members.ts";
import type { Traffic } from "./traffic.ts";

/** What the relay's HTTP side is made of. */
export interface AppParts {
  /** Asked at each request: the port may be known only once the relay listens. */
  readonly rules: () => BorderRules;
  readonly handlers: Handlers;
  /** Who holds a token and what they may do, or null. */
  readonly findCaller: (token: string) => Promise<(Caller & { readonly role: Role }) | null>;
  /** Holds back or refuses who asks too often; nobody is unless said. */
  readonly admit?: AdmitRequest;
  readonly newId: () => string;
  /** Counts the requests under way; once it stops, no other is taken. */
  readonly traffic: Traffic;
  readonly metrics: Metrics;
  /** Pages served beside the routes: the console and the playground, as far as they were built. */
  readonly pages?: readonly Hono[];
  /** Takes note of trouble that nobody expected; the client sees its request id only. */
  readonly reportError: (request: string, route: RouteName | "none", error: unknown) => void;
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
    app.on(route.method, route.path, (context) => take(parts, name, route, context));
  }
  for (const page of parts.pages ?? []) app.route("/", page);
  app.notFound((context) =>
    refuse(parts, "none", context, new Refusal("not-found", "There is no such route.")),
  );
  app.onError((error, context) => answerError(parts, "none", context, error));
  return app;
}

function answerError(
  parts: AppParts,
  route: RouteName | "none",
  context: Context,
  error: unknown,
): Response {
  const refusal = refusalOf(error);
  if (refusal) return refuse(parts, route, context, refusal);
  const said = "Something went wrong in the relay. Its log knows more under the request's number.";
  const request = parts.newId();
  parts.reportError(request, route, error);
  return refuse(parts, route, context, new Refusal("internal", said), request);
}

/** Serves a request, counted while it is under way. A relay that stops answers its probes alone. */
async function take(
  parts: AppParts,
  name: RouteName,
  route: ServedRoute,
  context: Context,
): Promise<Response> {
  const isStopping = parts.traffic.stopping.aborted;
  if (isStopping) context.header("Connection", "close");
  if (isStopping && !route.isProbe) {
    const said = "The relay is stopping. Try again in a moment.";
    return refuse(parts, name, context, new Refusal("unavailable", said));
  }
  const leave = parts.traffic.enter();
  try {
    return await serve(parts, name, route, context);
  } catch (error) {
    return answerError(parts, name, context, error);
  } finally {
    leave();
  }
}

async function serve(
  parts: AppParts,
  name: RouteName,
  route: ServedRoute,
  context: Context,
): Promise<Response> {
  const caller = route.access === "anyone" ? null : await authorise(parts, route, context);
  // Made where it is needed: most requests are over before anybody could wait for it.
  const signal = () => context.req.raw.signal;
  if (caller) await parts.admit?.(caller.device, signal);
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
    signal,
  });
  // A streamed answer keeps its own headers; the border's are added where it has none.
  if (answer instanceof Response) {
    if (context.req.method !== "HEAD") return context.newResponse(answer.body, answer);
    // Nobody will read it: what is behind it must not wait for a reader.
    await answer.body?.cancel();
    return context.newResponse(null, answer);
  }
  if (route.answer === "events") return sendLive(context, answer as LiveAnswer);
  return context.json(
    route.answer instanceof z.core.$ZodType ? z.parse(route.answer, answer) : null,
  );
}

async function authorise(
  parts: AppParts,
  { access }: ServedRoute,
  context: Context,
): Promise<Caller> {
  const header = context.req.header("authorization");
  if (header === undefined) {
    throw new Refusal("token-missing", "Pair this device with the relay first.");
  }
  const token = /^Bearer ([\w.~+/-]{1,200}=*)$/.exec(header)?.[1];
  const caller = token === undefined ? null : await parts.findCaller(token);
  if (!caller) {
    throw new Refusal("token-invalid", "This device is not paired any more. Pair it again.");
  }
  if (access === "owner" && caller.role !== "owner") {
    throw new Refusal("not-allowed", "Only the owner of the relay may do that.");
  }
  return caller;
}

function refuse(
  parts: AppParts,
  route: RouteName | "none",
  context: Context,
  refusal: Refusal,
  request = parts.newId(),
): Response {
  parts.metrics.refused(route, refusal.code);
  const body: RelayError = {
    error: {
      code: refusal.code,
      message: refusal.message,
      request,
      ...(refusal.issues.length > 0 && { issues: [...refusal.issues] }),
    },
  };
  const status = relayErrors[refusal.code];
  const retryAfterS = refusal.retryAfterS ?? (status === 503 ? 1 : null);
  if (retryAfterS !== null) context.header("Retry-After", String(retryAfterS));
  return context.json(body, status);
}
