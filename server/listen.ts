import type { Server } from "node:http";
import { serve } from "@hono/node-server";
import type { Hono } from "hono";
import { loopbackRules, type BorderRules } from "./border.ts";

/** A relay's open port. */
export interface Listener {
  readonly port: number;
  /** Stops taking requests and ends the streams that are open; their readers come back by number. */
  close(): Promise<void>;
}

/** Both names of this machine: `localhost` is either, by the machine's taste. */
const loopback = ["127.0.0.1", "::1"] as const;

/**
 * Listens on this machine alone, never on an address that others can reach (`serve()` by itself binds
 * every interface). Port 0 takes a free one. Throws one sentence when the port is taken.
 */
export async function listenOnLoopback(
  port: number,
  createApp: (rules: () => BorderRules) => Hono,
): Promise<Listener> {
  const bound = { port };
  const app = createApp(() => loopbackRules(bound.port));
  const first = await listen(app, loopback[0], port);
  bound.port = portOf(first);
  const second = await listen(app, loopback[1], bound.port).catch((error: unknown) => {
    // A machine without IPv6 is served on the other name alone.
    if (isCode(error, "EADDRNOTAVAIL") || isCode(error, "EAFNOSUPPORT")) return null;
    throw error;
  });
  const servers = second ? [first, second] : [first];
  return {
    port: bound.port,
    close: async () => {
      await Promise.all(servers.map(close));
    },
  };
}

function listen(app: Hono, hostname: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname, port }, () => resolve(server as Server));
    const http = server as Server;
    // Half-open sockets must not pile up (reliability.md T18); uploads of 100 MB still fit.
    http.headersTimeout = 10_000;
    http.requestTimeout = 5 * 60_000;
    http.once("error", (error) => {
      const isTaken = isCode(error, "EADDRINUSE");
      reject(isTaken ? new PortTaken(port, error) : error);
    });
  });
}

/** The port of a relay is used by another program, or by a relay on another folder. */
export class PortTaken extends Error {
  constructor(port: number, cause: Error) {
    super(`Port ${port} is already in use. Stop what uses it, or set SPACES_PORT.`, { cause });
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
