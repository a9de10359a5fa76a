import ipaddr from "ipaddr.js";

/** The public part of IPv6 (IANA: all of it that was ever given out). */
const globalUnicast = ipaddr.parseCIDR("2000::/3");
/** IPv6 that carries an IPv4 address in its last four bytes (RFC 6052). */
const translated = ipaddr.parseCIDR("64:ff9b::/96");

/**
 * Whether an address literal is on the public internet. False for everything of one's own machine and
 * network, for metadata services, for what is reserved or carries such an address inside, and for what
 * is no address.
 */
export function isPublicAddress(literal: string): boolean {
  const bare = literal.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  if (!ipaddr.isValid(bare)) return false;
  // Folds ::ffff:a.b.c.d into a.b.c.d.
  const address = ipaddr.process(bare);
  if (address instanceof ipaddr.IPv4) return address.range() === "unicast";
  if (address.match(translated)) return isPublicAddress(address.toByteArray().slice(12).join("."));
  return address.range() === "unicast" && address.match(globalUnicast);
}
