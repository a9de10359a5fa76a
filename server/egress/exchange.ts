import type { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import type { Clock } from "../clock.ts";
import { boundedBody } from "./bounded-body.ts";
import { EgressError } from "./egress-error.ts";

/** How much of an answer is taken, and how long for all of it: connection, headers and body. */
export interface Limits {
  readonly deadlineMs: number;
  readonly maxBytes: number;
}

/** A request whose address and headers were checked. */
export interface Outgoing {
  readonly method: Dispatcher.HttpMethod;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | Readable | null;
  readonly signal: AbortSignal;
}

/** Answers without a body, by the standard; a Response refuses one for them. */
const bodiless = new Set([204, 205, 304]);
/** What describes the bytes on the wire, not those that are handed on, or sets a cookie. */
const wireHeaders = new Set(["content-encoding", "transfer-encoding", "connection", "set-cookie"]);

/**
 * Sends a request once, without redirects, retries, cookies or proxies, and gives its answer as a
 * standard Response. The deadline goes on while the body is read. Throws EgressError, from the body too.
 */
export async function exchange(
  dispatcher: Dispatcher,
  clock: Pick<Clock, "sleep">,
  outgoing: Outgoing,
  limits: Limits,
): Promise<Response> {
  const watch = watchExchange(clock, outgoing.signal, limits.deadlineMs);
  try {
    const { url, method, headers, body } = outgoing;
    const answer = await dispatcher.compose(watch.start).request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method,
      headers,
      body,
      signal: watch.signal,
    });
    const hasBody = method !== "HEAD" && !bodiless.has(answer.statusCode);
    return toResponse(answer, hasBody, limits.maxBytes, watch);
  } catch (error) {
    watch.end();
    throw watch.explain(error);
  }
}

interface Watch {
  readonly signal: AbortSignal;
  readonly start: Dispatcher.DispatcherComposeInterceptor;
  /** What an error means, by how far the request had come. */
  explain(error: unknown): EgressError;
  end(): void;
}

/** Stops an exchange at its deadline or when its caller does, and knows whether it was sent. */
function watchExchange(
  clock: Pick<Clock, "sleep">,
  caller: AbortSignal,
  deadlineMs: number,
): Watch {
  const stop = new AbortController();
  const ended = new AbortController();
  let isSent = false;
  let stopped: "late" | "aborted" | null = null;
  const stopBy = (why: "late" | "aborted") => {
    stopped ??= why;
    stop.abort();
  };
  const byCaller = () => stopBy("aborted");
  if (caller.aborted) byCaller();
  caller.addEventListener("abort", byCaller, { once: true });
  void clock.sleep(deadlineMs, ended.signal).then(() => {
    if (!ended.signal.aborted) stopBy("late");
  });
  return {
    signal: stop.signal,
    start: (dispatch) => (options, handler) =>
      dispatch(
        options,
        noteStart(handler, () => {
          // Stopped before: the library will find out and write nothing.
          isSent ||= stopped === null;
        }),
      ),
    explain: (error) => {
      if (stopped) return new EgressError(stopped, isSent);
      if (error instanceof EgressError) return error;
      return new EgressError(isSent ? "cut" : "unreachable", isSent);
    },
    end: () => {
      ended.abort();
      caller.removeEventListener("abort", byCaller);
    },
  };
}

/** The library calls `onRequestStart` once a connection stands, right before the first byte is written. */
function noteStart(handler: Dispatcher.DispatchHandler, note: () => void) {
  const start: Dispatcher.DispatchHandler["onRequestStart"] = (controller, context) => {
    note();
    handler.onRequestStart?.(controller, context);
  };
  return new Proxy(handler, {
    get(target, name) {
      if (name === "onRequestStart") return start;
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      const method: unknown = value.bind(target);
      return method;
    },
  });
}

function toResponse(
  answer: Dispatcher.ResponseData,
  hasBody: boolean,
  maxBytes: number,
  watch: Watch,
): Response {
  const { statusCode: status, body } = answer;
  // An answer that is not wanted is broken off, which the library tells as an error.
  body.on("error", () => undefined);
  const headers = readHeaders(answer.headers);
  const encoding = headers.get("content-encoding") ?? "";
  for (const name of wireHeaders) headers.delete(name);
  if (encoding !== "") headers.delete("content-length");
  if (status < 200 || status > 599) {
    body.destroy();
    throw new EgressError("garbled", true);
  }
  if (!hasBody) {
    watch.end();
    body.resume();
    return new Response(null, { status, headers });
  }
  if (Number(headers.get("content-length") ?? 0) > maxBytes) {
    body.destroy();
    throw new EgressError("too-large", true);
  }
  return new Response(readable(boundedBody(body, encoding, maxBytes), body, watch), {
    status,
    headers,
  });
}

function readable(bytes: AsyncGenerator<Uint8Array>, body: Readable, watch: Watch) {
  const end = () => {
    watch.end();
    body.destroy();
  };
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await bytes.next();
        if (next.done !== true) {
          controller.enqueue(next.value);
          return;
        }
        end();
        controller.close();
      } catch (error) {
        end();
        controller.error(watch.explain(error));
      }
    },
    cancel: end,
  });
}

function readHeaders(from: Dispatcher.ResponseData["headers"]): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(from)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined) headers.append(name, each);
    }
  }
  return headers;
}
