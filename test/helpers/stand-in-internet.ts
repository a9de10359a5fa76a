import { connect, type LookupFunction } from "node:net";
import type { Wires } from "../../server/egress/guarded-connector.ts";

/** What a look-up answers; a list of lists answers differently each time. */
type Answers = Readonly<Record<string, readonly (readonly string[])[]>>;

/** Wires to a server of the test, and what went over them. */
export interface StandInInternet extends Wires {
  /** Every address that a connection was opened to, in order. */
  readonly connected: readonly string[];
}

/**
 * An internet of made-up names whose every address is one server of the test on `port`. A name's n-th
 * look-up gives its n-th list of addresses, then the last one again; the socket says that it is connected
 * to the first of them, or to `peer`.
 */
export function standInInternet(port: number, answers: Answers, peer?: string): StandInInternet {
  const asked = new Map<string, number>();
  const connected: string[] = [];
  const lookup: LookupFunction = (hostname, options, callback) => {
    const time = asked.get(hostname) ?? 0;
    asked.set(hostname, time + 1);
    const addresses = answers[hostname]?.at(time) ?? answers[hostname]?.at(-1) ?? [];
    const all = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    const [first] = all;
    if (!first) callback(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }), []);
    else if (options.all) callback(null, all);
    else callback(null, first.address, first.family);
  };
  return {
    connected,
    lookup,
    connector: (guarded) => (options, callback) => {
      guarded(options.hostname, { all: true }, (error, found) => {
        const address = Array.isArray(found) ? found[0]?.address : found;
        if (error || address === undefined) {
          callback(error ?? new Error("no address"), null);
          return;
        }
        connected.push(address);
        const socket = connect({ host: "127.0.0.1", port });
        Object.defineProperty(socket, "remoteAddress", { value: peer ?? address });
        socket.once("error", (failed) => callback(failed, null));
        socket.once("connect", () => callback(null, socket));
      });
    },
  };
}
