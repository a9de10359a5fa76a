import { lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { EgressError } from "./egress-error.ts";
import { isPublicAddress } from "./public-address.ts";

const connectMs = 10_000;

/** How names become addresses and addresses connections; tests hand in their own. */
export interface Wires {
  readonly lookup: LookupFunction;
  readonly connector: (lookup: LookupFunction) => buildConnector.connector;
}

/** The machine's resolver and sockets. Certificates are always checked. */
export const systemWires: Wires = {
  lookup: systemLookup,
  connector: (lookup) => buildConnector({ timeout: connectMs, allowH2: false, lookup }),
};

/** Connects to any address: for the hosts that the operator named. */
export function openConnector({ connector, lookup }: Wires): buildConnector.connector {
  return connector(lookup);
}

/**
 * Connects to public addresses alone. Checked are the literal, every answer of the resolver (one bad
 * answer refuses the name; the connection uses those very answers, not a second look-up), and the peer
 * once connected. The resolver is not asked for literals, so that no one check would do
 * (reliability.md T5).
 */
export function guardedConnector({ connector, lookup }: Wires): buildConnector.connector {
  const connect = connector(publicAnswers(lookup));
  return (options, callback) => {
    const literal = options.hostname.replace(/^\[|\]$/g, "");
    if (isIP(literal) !== 0 && !isPublicAddress(literal)) {
      callback(new EgressError("blocked", false), null);
      return;
    }
    connect(options, (...[error, socket]) => {
      if (error) {
        callback(error, null);
        return;
      }
      if (isPublicAddress(socket.remoteAddress ?? "")) {
        callback(null, socket);
        return;
      }
      socket.destroy();
      callback(new EgressError("blocked", false), null);
    });
  };
}

function publicAnswers(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, answer) => {
      if (error) {
        callback(error, []);
        return;
      }
      const answers = Array.isArray(answer) ? answer : [];
      const [first] = answers;
      if (!first || !answers.every(({ address }) => isPublicAddress(address))) {
        callback(new EgressError("blocked", false), []);
      } else if (options.all) {
        callback(null, answers);
      } else {
        callback(null, first.address, first.family);
      }
    });
  };
}
