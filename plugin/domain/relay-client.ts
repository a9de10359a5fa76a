import * as z from "zod/mini";
import { createStreamReader } from "./event-stream.ts";
import type { Issue } from "./issue.ts";
import type { routeAsks } from "./relay-asks.ts";
import { routes, type RouteName } from "./relay.ts";
import type { Route } from "./route.ts";
import { numberedEventSchema, type NumberedEvent } from "./run-event.ts";
import { parseJson } from "./parse-json.ts";
import { toldErrorSchema } from "./told-error.ts";

/** A request as whoever owns the network sends it. */
export interface RelayRequest {
  readonly method: Route["method"];
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
}

/** An answer as whoever owns the network gives it. */
export interface RelayResponse {
  readonly status: number;
  text(): Promise<string>;
  bytes(): Promise<Uint8Array>;
  /** The body as it arrives, decoded as UTF-8. */
  pieces(): AsyncIterable<string>;
}

/** Sends a request to the relay. Rejects only when no answer came at all. */
export type Send = (request: RelayRequest) => Promise<RelayResponse>;

type Declared<Name extends RouteName> = (typeof routes)[Name];
type AskedBody<Name extends RouteName> = (typeof routeAsks)[Name]["body"];
type BodyOf<Name extends RouteName> =
  AskedBody<Name> extends z.core.$ZodType
    ? z.input<AskedBody<Name>>
    : AskedBody<Name> extends "bytes"
      ? Uint8Array
      : undefined;
type AnswerOf<Name extends RouteName> = Declared<Name>["answer"] extends z.core.$ZodType
  ? z.output<Declared<Name>["answer"]>
  : Declared<Name>["answer"] extends "bytes"
    ? Uint8Array
    : undefined;

/** What a call of a route is given. */
export interface CallOptions<Name extends RouteName> {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: BodyOf<Name>;
}

/** The relay said no: its code and sentence, and the issues where a graph is at fault. */
export class RelayRefusal extends Error {
  override readonly name = "RelayRefusal";
  /** One of relay-error.ts, unless the relay is of another version. */
  readonly code: string;
  readonly issues: readonly Issue[];

  constructor(code: string, message: string, issues: readonly Issue[]) {
    super(message);
    this.code = code;
    this.issues = issues;
  }
}

/** The routes of a relay as functions; everything that arrives is parsed. */
export interface RelayClient {
  /** Calls a route. Throws RelayRefusal when the relay says no. */
  call<Name extends Exclude<RouteName, "runEvents">>(
    name: Name,
    options: CallOptions<Name>,
  ): Promise<AnswerOf<Name>>;
  /** The events of a run behind number `after`, until the stream ends; it may end early. */
  events(run: string, after: number): AsyncIterable<NumberedEvent>;
}

/** A client that speaks through `send`; the token is null before pairing. */
export function createRelayClient(send: Send, token: string | null): RelayClient {
  return {
    call: async (name, options) =>
      (await callRoute(send, token, routes[name], options)) as AnswerOf<typeof name>,
    events: (run, after) => readEvents(send, authorityOf(token), run, after),
  };
}

/** What a call of any route is given. */
export interface SentWith {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Calls a route and parses its answer. Throws RelayRefusal when the relay says no. */
export async function callRoute(
  send: Send,
  token: string | null,
  route: Route,
  { path = {}, query = {}, headers, body }: SentWith,
): Promise<unknown> {
  const response = await send({
    method: route.method,
    path: addressOf(route, path, query),
    headers: { ...authorityOf(token), ...typeOf(body), ...headers },
    body: body instanceof Uint8Array ? body : body === undefined ? null : JSON.stringify(body),
  });
  if (response.status >= 300) throw await refusalOf(response);
  return answerOf(route, response);
}

function authorityOf(token: string | null): Record<string, string> {
  return token ? { authorization: `Bearer ${token}` } : {};
}

async function* readEvents(
  send: Send,
  authority: Record<string, string>,
  run: string,
  after: number,
): AsyncGenerator<NumberedEvent> {
  const response = await send({
    method: "GET",
    path: addressOf(routes.runEvents, { run }, {}),
    headers: { ...authority, "last-event-id": String(after) },
    body: null,
  });
  if (response.status >= 300) throw await refusalOf(response);
  const read = createStreamReader();
  for await (const piece of response.pieces()) {
    for (const message of read(piece)) {
      if (message.type === "run") yield numberedEventSchema.parse(JSON.parse(message.data));
    }
  }
}

function addressOf(
  route: Pick<Route, "path">,
  path: Readonly<Record<string, string>>,
  query: Readonly<Record<string, string>>,
): string {
  const filled = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(path[name] ?? ""),
  );
  const pairs = Object.keys(query).map(
    (name) => `${encodeURIComponent(name)}=${encodeURIComponent(query[name] ?? "")}`,
  );
  return pairs.length > 0 ? `${filled}?${pairs.join("&")}` : filled;
}

function typeOf(body: unknown): Record<string, string> {
  if (body === undefined) return {};
  const type = body instanceof Uint8Array ? "application/octet-stream" : "application/json";
  return { "content-type": type };
}

async function answerOf(route: Route, response: RelayResponse): Promise<unknown> {
  if (route.answer === "bytes") return response.bytes();
  const { answer } = route;
  if (answer === "events") return undefined;
  return z.parse(answer, JSON.parse(await response.text()));
}

async function refusalOf(response: RelayResponse): Promise<RelayRefusal> {
  const text = await response.text();
  const parsed = toldErrorSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    const said = `Something answered with status ${response.status}, but it is not a relay of Spaces.`;
    return new RelayRefusal("unavailable", said, []);
  }
  const { code, message, issues } = parsed.data.error;
  return new RelayRefusal(code, message, issues ?? []);
}
