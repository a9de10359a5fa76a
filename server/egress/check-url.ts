import { isIP } from "node:net";
import { EgressError } from "./egress-error.ts";
import { isPublicAddress } from "./public-address.ts";

/**
 * Lets an address pass that may be asked on the public internet: https on port 443, no credentials, and
 * a public address where the host is one. Other spellings of an address (decimal, octal, short) were
 * made plain when the URL was read. Throws EgressError "blocked".
 */
export function checkPublicUrl(url: URL): void {
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  const isGood =
    url.protocol === "https:" &&
    url.port === "" &&
    url.username === "" &&
    url.password === "" &&
    (isIP(literal) === 0 || isPublicAddress(literal));
  if (!isGood) throw new EgressError("blocked", false);
}

/** Takes an exact origin such as "http://localhost:8188". Throws one sentence about anything else. */
export function exactOrigin(text: string): string {
  const isOrigin = URL.canParse(text) && new URL(text).origin === text;
  if (!isOrigin || !/^https?:/.test(text)) {
    throw new Error("An origin is https://host or http://host:port, without a path.");
  }
  return text;
}
