import { createHmac, timingSafeEqual } from "node:crypto";
import type { ArrivedHook } from "./provider.ts";

/** How far a webhook's time may be from ours, in milliseconds (reliability.md T22). */
const toleranceMs = 5 * 60_000;
const longestId = 200;

/**
 * The id of a webhook that is genuine by Standard Webhooks 1.0.0, or null. Its signature is
 * HMAC-SHA256 over "id.timestamp.body" with the raw body, under the base64 behind "whsec_"; one of
 * several, as while a secret is being changed, has to hold
 * (github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md).
 */
export function checkStandardWebhook(
  secret: string,
  { body, header, nowMs }: Pick<ArrivedHook, "body" | "header" | "nowMs">,
): string | null {
  const id = header("webhook-id") ?? "";
  const seconds = /^\d{1,12}$/.exec(header("webhook-timestamp") ?? "")?.[0];
  if (id === "" || id.length > longestId || seconds === undefined) return null;
  if (Math.abs(nowMs - Number(seconds) * 1_000) > toleranceMs) return null;
  const expected = createHmac("sha256", Buffer.from(secret.replace(/^whsec_/, ""), "base64"))
    .update(`${id}.${seconds}.`)
    .update(body)
    .digest();
  const signatures = (header("webhook-signature") ?? "").split(" ");
  const isGenuine = signatures.some((signature) => {
    const [version, value = ""] = signature.split(",", 2);
    const given = Buffer.from(value, "base64");
    return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
  });
  return isGenuine ? id : null;
}
