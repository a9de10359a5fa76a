import { Agent, type Dispatcher, type buildConnector } from "undici";
import { guardedConnector, openConnector, type Wires } from "./guarded-connector.ts";

/** The connections of an egress. */
export interface Pools {
  /** Connections for a method, to the operator's own hosts or to public addresses alone. */
  poolFor(method: Dispatcher.HttpMethod, isOwn: boolean): Dispatcher;
  close(): Promise<void>;
}

/**
 * Opens connections as they are needed. What must not be sent twice goes over a connection of its own: a
 * kept one that the host is just closing would break after the request was written, and nobody could
 * tell whether it arrived.
 */
export function openPools(wires: Wires): Pools {
  const own = openPair(openConnector(wires));
  const open = openPair(guardedConnector(wires));
  return {
    poolFor: (method, isOwn) => {
      const pair = isOwn ? own : open;
      return method === "POST" || method === "PATCH" ? pair.fresh : pair.kept;
    },
    close: async () => {
      await Promise.all(
        [own, open].flatMap(({ fresh, kept }) => [fresh.destroy(), kept.destroy()]),
      );
    },
  };
}

function openPair(connect: buildConnector.connector) {
  // Waiting ends at the total deadline; the library's own waits do not see an answer that drips.
  const usual = { connect, allowH2: false, headersTimeout: 0, bodyTimeout: 0 };
  return {
    kept: new Agent({ ...usual, pipelining: 1 }),
    fresh: new Agent({ ...usual, pipelining: 0 }),
  };
}
