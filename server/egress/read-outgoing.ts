import { Readable } from "node:stream";
import { EgressError } from "./egress-error.ts";
import type { Outgoing } from "./exchange.ts";

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;
/** Headers that belong to the connection, or would take a cookie along. */
const ownHeaders = new Set([
  "accept-encoding",
  "connection",
  "content-length",
  "cookie",
  "expect",
  "host",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
]);

/**
 * Reads what a caller of `fetch` passed. A stream with a `content-length` header is passed on piece by
 * piece; every other body is gathered, so that its length is known. Throws EgressError "blocked" for an
 * address or method that cannot be, "aborted" when the caller had stopped already.
 */
export async function readOutgoing(
  input: string | URL | Request,
  init: RequestInit | undefined,
): Promise<Outgoing> {
  const request = readRequest(input, init);
  const method = methods.find((known) => known === request.method.toUpperCase());
  if (!method) throw new EgressError("blocked", false);
  const headers: Record<string, string> = {};
  for (const [name, value] of request.headers) {
    if (!ownHeaders.has(name)) headers[name] = value;
  }
  const length = request.headers.get("content-length");
  if (request.body && length !== null) headers["content-length"] = length;
  headers["accept-encoding"] = "identity";
  headers["user-agent"] = "spaces-for-figma";
  return {
    method,
    url: new URL(request.url),
    headers,
    body: await readBody(request, length),
    signal: request.signal,
  };
}

function readRequest(input: string | URL | Request, init: RequestInit | undefined): Request {
  if (input instanceof Request && init === undefined) return input;
  try {
    return new Request(input, init);
  } catch {
    // The standard's errors quote the address, credentials included.
    throw new EgressError("blocked", false);
  }
}

async function readBody(
  request: Request,
  length: string | null,
): Promise<Uint8Array | Readable | null> {
  if (!request.body) return null;
  if (length !== null) return Readable.from(request.body);
  try {
    return new Uint8Array(await request.arrayBuffer());
  } catch {
    throw new EgressError("aborted", false);
  }
}
