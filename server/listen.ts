import type { Server } from "node:http";
import { serve } from "@hono/node-server";
import type { Hono } from "hono";

/** A relay's open port. */
export interface Listener {
  readonly port: number;
  /** Takes no new connection and lets the others end after their answer; resolves once all have. */
  stopAccepting(): Promise<void>;
  /** Ends every connection, whatever is under way on it. */
  endAll(): void;
}

/** Both names of this machine: `localhost` is either, by the machine's taste. */
export const loopback = ["127.0.0.1", "::1"] as const;

/**
 * Listens on these addresses, of which a machine may lack all but the first (`serve()` by itself binds
 * every interface). Port 0 takes a free one. The app learns the port before the first request comes.
 * Throws PortTaken or one sentence for an address that is none of this machine's.
 */
export async function listenOn(
  addresses: readonly [string, ...string[]],
  port: number,
  createApp: (port: () => number) => Hono,
): Promise<Listener> {
  const bound = { port };
  const app = createApp(() => bound.port);
  const [address, ...others] = addresses;
  const first = await listen(app, address, port).catch((error: unknown) => {
    throw isCode(error, "EADDRNOTAVAIL") ? new AddressUnknown(address, error) : error;
  });
  bound.port = portOf(first);
  const servers = [first];
  for (const other of others) {
    try {
      servers.push(await listen(app, other, bound.port));
    } catch (error) {
      // A machine without IPv6 is served on the other name alone.
      if (isCode(error, "EADDRNOTAVAIL") || isCode(error, "EAFNOSUPPORT")) continue;
      await Promise.all(servers.map(stop));
      throw error;
    }
  }
  return {
    port: bound.port,
    stopAccepting: async () => {
      await Promise.all(servers.map(stop));
    },
    endAll: () => {
      for (const server of servers) server.closeAllConnections();
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
    // A connection is kept for the next request, of which a relay that stops takes none.
    http.on("request", (request, response) => {
      response.once("close", () => {
        if (!http.listening) request.socket.end();
      });
    });
    http.once("error", (error) => {
      if (isCode(error, "EADDRINUSE")) reject(new PortTaken(port, error));
      else reject(error);
    });
  });
}

/** The address is none of this machine's. */
class AddressUnknown extends Error {
  constructor(address: string, cause: unknown) {
    super(`This machine has no address ${address}. Look at SPACES_LISTEN.`, { cause });
  }
}

/** The port of a relay is used by another program, or by a relay on another folder. */
export class PortTaken extends Error {
  constructor(port: number, cause: Error) {
    super(`Port ${port} is already in use. Stop what uses it, or set another one.`, { cause });
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
