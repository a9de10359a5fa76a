import type { Context, MiddlewareHandler } from "hono";
import { relayPort } from "#domain/relay";
import { Refusal } from "./refusal.ts";

/** What the border of a relay lets in. */
export interface BorderRules {
  /** Exact values of the Host header. */
  readonly hosts: readonly string[];
  /** Exact values of the Origin header; a Figma panel's is "null". */
  readonly origins: readonly string[];
}

/**
 * The rules of a relay that this machine reaches by loopback, and others by the address of its proxy
 * where there is one.
 */
export function borderRules(port: number = relayPort, publicUrl: URL | null = null): BorderRules {
  const hosts = ["localhost", "127.0.0.1", "[::1]"].map((host) => `${host}:${port}`);
  const origins = ["null", ...hosts.map((host) => `http://${host}`)];
  if (!publicUrl) return { hosts, origins };
  return { hosts: [...hosts, publicUrl.host], origins: [...origins, publicUrl.origin] };
}

interface NodeRequest {
  readonly incoming?: { readonly rawHeaders: readonly string[]; readonly url?: string };
}

/**
 * Refuses any Host but the listed ones, against DNS rebinding (reliability.md T2): one Host header,
 * and a request target that names no host of its own.
 */
export function checkHost(rules: () => BorderRules): MiddlewareHandler {
  return async (context: Context<{ Bindings: NodeRequest }>, next) => {
    // Absent where the app is called without a socket, as tests do.
    const incoming = (context.env as NodeRequest | undefined)?.incoming;
    const raw = incoming?.rawHeaders ?? [];
    const count = raw.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host").length;
    const host = context.req.header("host") ?? "";
    const isForeignTarget = incoming?.url !== undefined && !incoming.url.startsWith("/");
    if (
      !rules().hosts.includes(host) ||
      (incoming !== undefined && count !== 1) ||
      isForeignTarget
    ) {
      throw new Refusal("host-unknown", "This relay does not answer under that name.");
    }
    await next();
  };
}

const allowed = {
  "Access-Control-Allow-Methods": "GET, POST, PUT, HEAD",
  "Access-Control-Allow-Headers":
    "authorization, content-type, idempotency-key, last-event-id, range",
  "Access-Control-Expose-Headers": "content-range, etag, content-length, retry-after",
  "Access-Control-Max-Age": "600",
} as const;

/**
 * Answers preflights and names the allowed origins. Origin gives no authority: any sandboxed page is
 * "null" too, so the token decides; a foreign origin is refused all the same.
 */
export function answerOrigin(rules: () => BorderRules): MiddlewareHandler {
  return async (context, next) => {
    const origin = context.req.header("origin");
    if (origin !== undefined) {
      if (!rules().origins.includes(origin)) {
        throw new Refusal("not-allowed", "Pages of that origin may not talk to this relay.");
      }
      context.header("Access-Control-Allow-Origin", origin);
      context.header("Vary", "Origin");
      if (context.req.method === "OPTIONS") {
        for (const [name, value] of Object.entries(allowed)) context.header(name, value);
        // Chrome asked this before its Local Network Access prompt replaced it.
        if (context.req.header("access-control-request-private-network") === "true") {
          context.header("Access-Control-Allow-Private-Network", "true");
        }
        return context.body(null, 204);
      }
      context.header("Access-Control-Expose-Headers", allowed["Access-Control-Expose-Headers"]);
    }
    await next();
    return undefined;
  };
}

/** The headers of every answer that is not media: nothing of it is kept, sniffed or found by search. */
export function setHeaders(): MiddlewareHandler {
  return async (context, next) => {
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("X-Robots-Tag", "noindex, nofollow");
    context.header("Cache-Control", "no-store");
    await next();
  };
}
