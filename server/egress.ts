import type { Clock } from "./clock.ts";
import { checkPublicUrl, exactOrigin } from "./egress/check-url.ts";
import { EgressError, type EgressCode } from "./egress/egress-error.ts";
import { exchange, type Limits, type Outgoing } from "./egress/exchange.ts";
import { systemWires, type Wires } from "./egress/guarded-connector.ts";
import { openPools } from "./egress/pools.ts";
import { readOutgoing } from "./egress/read-outgoing.ts";
import { followRedirects, refuseRedirect } from "./egress/redirects.ts";
import { withoutSecret } from "./egress/without-secret.ts";

export { EgressError, type EgressCode, type Limits };

/** A function of the shape of the standard `fetch`, such as clients of vendors take. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** A key and the only origins it may be sent to. */
export interface BoundKey {
  /** Exact origins, such as "https://api.example.com": written in code, never read from an answer. */
  readonly origins: readonly string[];
  readonly header: string;
  /** What stands before the key in the header, such as "Bearer ". */
  readonly prefix: string;
  readonly secret: string;
}

/** What an egress is made of. */
export interface EgressOptions {
  readonly clock: Clock;
  /**
   * Exact origins that the operator named: an own ComfyUI, Ollama or S3. They alone may be http, on any
   * port and at any address.
   */
  readonly ownOrigins: readonly string[];
  /** Told of each request that failed on its way: the host's name and the code, nothing else. */
  readonly note: (trouble: { readonly host: string; readonly code: EgressCode }) => void;
  /** The resolver and the sockets; the machine's unless said. */
  readonly wires?: Wires;
}

/**
 * The only way out of the relay. Every request goes over https to port 443 of a public address, or to an
 * origin that the operator named; it is sent once, has a total deadline and a largest answer, and ignores
 * HTTP_PROXY. Everything here throws {@link EgressError} and nothing else, also while an answer is read.
 */
export interface Egress {
  /** Goes to these exact origins alone, with no key but what the caller's headers hold. */
  within(origins: readonly string[], limits: Limits): Fetch;
  /**
   * Goes to the key's origins alone and puts the key in. A header of that name which the caller set is
   * replaced: a vendor's client needs no more than a placeholder. Where the host says the key back, stars
   * stand in its place.
   */
  withKey(key: BoundKey, limits: Limits): Fetch;
  /**
   * Gets public media, over three redirects at most, each checked anew. Never reaches the operator's own
   * origins: such addresses come from the answers of others. A key is for files that its vendor opens with
   * it alone: it is put in at each step that is at one of its origins, and at no other.
   */
  download(
    address: string,
    limits: Limits,
    signal?: AbortSignal,
    key?: BoundKey | null,
  ): Promise<Response>;
  /**
   * Puts a file where a vendor said that it takes one, without any key and over no redirect; like
   * `download` never to the operator's own origins.
   */
  upload(address: string, init: Omit<RequestInit, "method">, limits: Limits): Promise<Response>;
  /** Breaks off what is open. */
  close(): Promise<void>;
}

/** Opens the way out. Throws one sentence when an own origin is not an origin. */
export function createEgress(options: EgressOptions): Egress {
  const { clock, wires = systemWires, note } = options;
  const ownOrigins = new Set(options.ownOrigins.map(exactOrigin));
  const pools = openPools(wires);
  const noted = async <Result>({ url }: Outgoing, work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof EgressError) note({ host: url.hostname, code: error.code });
      throw error;
    }
  };
  const bound =
    (origins: ReadonlySet<string>, limits: Limits, key: BoundKey | null): Fetch =>
    async (input, init) => {
      const outgoing = await readOutgoing(input, init);
      const { url, method } = outgoing;
      return noted(outgoing, async () => {
        if (!origins.has(url.origin))
          throw new EgressError(key ? "key-elsewhere" : "blocked", false);
        const isOwn = ownOrigins.has(url.origin);
        if (!isOwn) checkPublicUrl(url);
        const pool = pools.poolFor(method, isOwn);
        const answer = await exchange(pool, clock, key ? putIn(outgoing, key) : outgoing, limits);
        return key
          ? withoutSecret(await refuseRedirect(answer), key.secret)
          : refuseRedirect(answer);
      });
    };
  const publicly = (outgoing: Outgoing, limits: Limits): Promise<Response> =>
    noted(outgoing, async () => {
      if (ownOrigins.has(outgoing.url.origin)) throw new EgressError("blocked", false);
      checkPublicUrl(outgoing.url);
      return exchange(pools.poolFor(outgoing.method, false), clock, outgoing, limits);
    });
  return {
    within: (origins, limits) => bound(new Set(origins.map(exactOrigin)), limits, null),
    withKey: (key, limits) => bound(new Set(key.origins.map(exactOrigin)), limits, key),
    download: (address, limits, signal, key = null) =>
      followRedirects({ address, limits, signal, clock }, async (outgoing, left) => {
        if (!key?.origins.includes(outgoing.url.origin)) return publicly(outgoing, left);
        return withoutSecret(await publicly(putIn(outgoing, key), left), key.secret);
      }),
    upload: async (address, init, limits) =>
      refuseRedirect(
        await publicly(await readOutgoing(address, { ...init, method: "PUT" }), limits),
      ),
    close: () => pools.close(),
  };
}

function putIn(outgoing: Outgoing, { header, prefix, secret }: BoundKey): Outgoing {
  return {
    ...outgoing,
    headers: { ...outgoing.headers, [header.toLowerCase()]: `${prefix}${secret}` },
  };
}
