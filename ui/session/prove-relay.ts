import { createRelayClient, type Send } from "#domain/relay-client";
import { keyedHash } from "./hash.ts";
import type { Pairing } from "./pairing.ts";

/**
 * Whether what answers is the relay that was paired, before it is sent the token: it has to show that
 * it holds the secret (server/routes/pairing.ts). "unknown-panel": the right relay that has forgotten
 * this panel. Rejects as requests do.
 */
export async function proveRelay(
  send: Send,
  pairing: Pairing,
  nonce: string,
): Promise<"proved" | "unknown-panel" | "another-relay"> {
  const client = createRelayClient(send, null);
  const body = { device: pairing.device, nonce };
  const { relay, proof } = await client.call("hello", { body });
  if (relay !== pairing.relay) return "another-relay";
  const expected = keyedHash(pairing.secret, `${nonce}|${pairing.relay}`);
  return proof === expected ? "proved" : "unknown-panel";
}
