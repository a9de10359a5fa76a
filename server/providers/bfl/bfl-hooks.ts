import { createHmac, timingSafeEqual } from "node:crypto";
import type { HeldKey } from "../../keys/key-ring.ts";
import { hookIdOf } from "../hook-address.ts";
import type { ArrivedHook, Hook } from "../provider.ts";

/**
 * What Black Forest Labs is told to sign the webhooks of one call with. It is in nobody's address, and any
 * process that has the call's key can tell it again.
 */
export function bflHookSecret(key: HeldKey, reference: string): string {
  return createHmac("sha256", key.reveal()).update(`webhook of ${reference}`).digest("hex");
}

/**
 * Reads the webhooks of Black Forest Labs: HMAC-SHA256 over the raw body with the secret of the request,
 * in the header X-BFL-Signature (providers.md 10.6). It holds no time: one that is sent again is known by
 * its bytes, and asks nothing that was not asked before.
 */
export async function readBflHook(arrived: ArrivedHook): Promise<Hook | null> {
  const key = await arrived.key();
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(arrived.header("x-bfl-signature") ?? "")?.[1];
  if (!key || hex === undefined) return null;
  const secret = bflHookSecret(key, arrived.reference);
  const expected = createHmac("sha256", secret).update(arrived.body).digest();
  if (!timingSafeEqual(Buffer.from(hex, "hex"), expected)) return null;
  // What it says is asked of the vendor itself, at the address that it gave when it took the call.
  return { id: hookIdOf(arrived), reference: null, handle: null };
}
