import ipaddr from "ipaddr.js";
import { loopback } from "./listen.ts";

/** Where a relay listens, and under which name others reach it. */
export interface Exposure {
  readonly addresses: readonly [string, ...string[]];
  /** The https origin at which a proxy hands requests on; null for a relay of one's own machine. */
  readonly publicUrl: URL | null;
}

/** What the environment says of it. */
export interface ExposureWish {
  /** An address of this machine; null for loopback. */
  readonly listen: string | null;
  readonly publicUrl: string | null;
  readonly isBehindProxy: boolean;
}

/** A relay that nobody but this machine reaches. */
export const ownMachine: Exposure = { addresses: loopback, publicUrl: null };

/**
 * Decides where a relay listens. Throws one sentence for a wish by which tokens would travel
 * unencrypted (reliability.md T24).
 */
export function decideExposure(wish: ExposureWish): Exposure {
  const publicUrl = wish.publicUrl === null ? null : readPublicUrl(wish.publicUrl);
  if (wish.isBehindProxy && !publicUrl) {
    throw new Error(
      "SPACES_BEHIND_PROXY=1 needs SPACES_PUBLIC_URL, the https address of the proxy.",
    );
  }
  const { listen } = wish;
  if (listen === null || isLoopback(listen)) return { ...ownMachine, publicUrl };
  if (!isAddress(listen)) {
    throw new Error(`SPACES_LISTEN: "${listen}" is no IP address, such as 127.0.0.1 or 0.0.0.0.`);
  }
  if (!publicUrl || !wish.isBehindProxy) {
    throw new Error(
      `SPACES_LISTEN=${listen} lets other machines in, and their tokens would travel in the open. ` +
        "Put a proxy in front that ends TLS; say its address in SPACES_PUBLIC_URL and that it is " +
        "there by SPACES_BEHIND_PROXY=1.",
    );
  }
  const isEverything = listen === "0.0.0.0" || listen === "::";
  // The command line of the same machine comes by loopback.
  return { addresses: isEverything ? [listen] : [listen, ...loopback], publicUrl };
}

function readPublicUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  // The origin alone, as it is written: a path would be dropped without a word.
  if (url?.protocol !== "https:" || url.origin !== text.replace(/\/$/, "")) {
    throw new Error("SPACES_PUBLIC_URL has to be an https origin, as https://spaces.example.com.");
  }
  return url;
}

function isLoopback(address: string): boolean {
  return loopback.some((own) => own === address);
}

/** Not the short and the octal spellings, which another program may read as another address. */
function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}
