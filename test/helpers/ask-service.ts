import type * as z from "zod";
import type { FailureCode } from "#domain/failure";
import { CallFailure } from "../../server/providers/provider.ts";

/** A company's service as a careful adapter reaches it. */
export interface Service {
  readonly id: string;
  readonly title: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Statuses of 500 and above of which the company says that nothing was taken. */
  readonly refusals?: readonly number[];
}

/** A question to a service. */
export interface ServiceQuestion {
  readonly method: "GET" | "POST";
  readonly url: string;
  /** From the first byte that is sent to the last one that comes, in milliseconds. */
  readonly withinMs: number;
  readonly maxBytes: number;
}

/** Errors of a connection that was never made: nothing has been sent (Node's errors, `tls` and `dns`). */
const neverSent = new Set([
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "UND_ERR_CONNECT_TIMEOUT",
]);
const connecting = new Set(["connect", "getaddrinfo"]);

/**
 * Asks a service and answers what it says, read by `schema`. Whatever else happens is a CallFailure
 * (reliability.md F11-F18): "not-billed" only where it is certain that nothing was taken. A POST is
 * sent once, and what is no answer to it is not asked for again; a GET may be asked again, whatever came.
 */
export async function askService<Schema extends z.ZodType>(
  service: Service,
  question: ServiceQuestion,
  schema: Schema,
): Promise<z.output<Schema>> {
  const bytes = await fetchBytes(service, question);
  const parsed = schema.safeParse(parseJson(bytes));
  if (parsed.success) return parsed.data;
  throw protocol(service, question.method === "GET");
}

/**
 * The bytes under an address of a service, whole. `expectedBytes` is their number where the service
 * said it: a connection that ends early is not always told from one that ends.
 */
export async function downloadResult(
  service: Service,
  question: ServiceQuestion,
  expectedBytes: number | null = null,
): Promise<Uint8Array> {
  const bytes = await fetchBytes(service, question);
  if (bytes.length === 0 || (expectedBytes !== null && bytes.length !== expectedBytes)) {
    throw unfinished(service);
  }
  return bytes;
}

async function fetchBytes(service: Service, question: ServiceQuestion): Promise<Uint8Array> {
  const { method, url, withinMs, maxBytes } = question;
  try {
    const response = await service.fetch(url, {
      method,
      redirect: "error",
      // One time for all of it: a body that drips never ends by itself (F14).
      signal: AbortSignal.timeout(withinMs),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw refused(service, method, response);
    }
    return await readWithin(service, response, maxBytes);
  } catch (error) {
    if (error instanceof CallFailure) throw error;
    throw wasNeverSent(error) ? unreachable(service) : unfinished(service);
  }
}

async function readWithin(
  service: Service,
  response: Response,
  maxBytes: number,
): Promise<Uint8Array> {
  const body: ReadableStream<Uint8Array> | null = response.body;
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body ?? []) {
    bytes += piece.length;
    if (bytes > maxBytes) throw protocol(service, false);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}

function wasNeverSent(error: unknown): boolean {
  const cause: unknown = error instanceof Error ? error.cause : null;
  // Both addresses of a name were tried.
  const causes: unknown[] = cause instanceof AggregateError ? cause.errors : [cause];
  return causes.every((each) => {
    if (!(each instanceof Error)) return false;
    const { code, syscall } = each as { code?: unknown; syscall?: unknown };
    return neverSent.has(String(code)) || connecting.has(String(syscall));
  });
}

function refused(service: Service, method: string, response: Response): CallFailure {
  const { title } = service;
  const { status } = response;
  const retryAfterMs = readRetryAfter(response.headers.get("retry-after"));
  if (status === 429) {
    const message = `${title} takes no more requests for the moment.`;
    return failure(service, "provider-limited", message, true, "not-billed", retryAfterMs);
  }
  if (status >= 500) {
    const outcome = service.refusals?.includes(status) ? "not-billed" : "unknown";
    const message = `${title} is out of order (${status}).`;
    return failure(service, "provider-unavailable", message, true, outcome, retryAfterMs);
  }
  if (method === "GET" && (status === 403 || status === 404 || status === 410)) {
    const message = `${title} does not have the result any more. No credits were spent; run it again.`;
    return failure(service, "result-expired", message, true, "unknown");
  }
  const message = `${title} refused the request (${status}).`;
  const outcome = status >= 400 ? "not-billed" : "unknown";
  return failure(service, "provider-refused", message, false, outcome);
}

/** Retry-After in milliseconds: seconds or a date (RFC 9110, 10.2.3); null for anything else. */
function readRetryAfter(value: string | null): number | null {
  if (value === null) return null;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - Date.now());
}

function unreachable(service: Service): CallFailure {
  const message = `${service.title} cannot be reached. It cost nothing; run it again later.`;
  return failure(service, "provider-unavailable", message, true, "not-billed");
}

function unfinished(service: Service): CallFailure {
  const message = `${service.title} did not answer to the end. No credits were spent; run it again.`;
  return failure(service, "provider-unavailable", message, true, "unknown");
}

function protocol(service: Service, isRetryable: boolean): CallFailure {
  const message = `${service.title} answered in a way that the relay does not understand. No credits were spent.`;
  return failure(service, "provider-protocol", message, isRetryable, "unknown");
}

function failure(
  { id }: Service,
  code: FailureCode,
  message: string,
  isRetryable: boolean,
  outcome: "not-billed" | "unknown",
  retryAfterMs: number | null = null,
): CallFailure {
  return new CallFailure({ code, message, provider: id, isRetryable }, outcome, retryAfterMs);
}
