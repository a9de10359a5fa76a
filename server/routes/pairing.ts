import { createHmac } from "node:crypto";
import { createDevice, deviceSecret, revokeDevice } from "../store/members.ts";
import { redeemCode } from "../store/pairing.ts";
import type { Handler } from "../handler.ts";
import { Refusal } from "../refusal.ts";
import type { RouteParts } from "./route-parts.ts";

/**
 * Exchanges the code that the relay shows in its terminal for a token of this device. A code works
 * once, for five minutes, five tries (reliability.md T3).
 */
export function pair(parts: RouteParts): Handler<"pair"> {
  return async ({ body }) => {
    const answer = await parts.store.transaction(async (transaction) => {
      const nowMs = parts.clock.nowMs();
      const redeemed = await redeemCode(transaction, body.code, nowMs);
      if (redeemed.kind === "refused") return redeemed;
      const created = await createDevice(transaction, redeemed.team, {
        member: redeemed.member,
        name: body.device,
        nowMs,
        random: parts.random,
      });
      return { ...created, relay: parts.relay, member: redeemed.member, kind: "paired" } as const;
    });
    // Only now: the wrong try must be counted in a commit of its own.
    if (answer.kind === "refused") throw new Refusal("pairing-refused", answer.sentence);
    return answer;
  };
}

/** Ends the pairing of the device that asks. */
export function unpair({ store }: Pick<RouteParts, "store">): Handler<"unpair"> {
  return async ({ caller }) => {
    await store.transaction((transaction) => revokeDevice(transaction, caller.team, caller.device));
    return {};
  };
}

/**
 * Proves to a paired device that this is the relay it was paired with, before it sends its token: an
 * HMAC under the secret that both were given. An unknown device gets a proof that fits nothing.
 */
export function hello(parts: RouteParts): Handler<"hello"> {
  return async ({ body }) => {
    const known = await deviceSecret(parts.store.database, body.device);
    const secret = known ?? Buffer.from(parts.random(32)).toString("base64url");
    const proof = createHmac("sha256", secret).update(`${body.nonce}|${parts.relay}`).digest("hex");
    return { relay: parts.relay, proof };
  };
}
