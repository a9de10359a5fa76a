import { createHash, createPublicKey, verify } from "node:crypto";
import * as z from "zod";
import type { Egress } from "../../egress.ts";
import type { ArrivedHook, Hook } from "../provider.ts";
import { readJson } from "../read-json.ts";
import { answerLimits } from "../way-out.ts";

/** Where fal tells its keys (providers.md 10.6; https://docs.fal.ai/model-endpoints/webhooks). */
const keysOrigin = "https://rest.fal.ai";
const keysPath = "/.well-known/jwks.json";
/** fal asks to keep them no longer. */
const keepMs = 24 * 3_600_000;
/** Keys are fetched anew for a signature of none of them, but not for each that somebody makes up. */
const againMs = 10 * 60_000;
const toleranceMs = 5 * 60_000;

const keysSchema = z.object({ keys: z.array(z.object({ x: z.string().max(100) })).max(20) });
const bodySchema = z.object({ request_id: z.string().min(1).max(200) });

type SignedHook = Pick<ArrivedHook, "body" | "header" | "nowMs">;

/** Reads fal's webhooks: ED25519 over ids, time and the body's hash, by any of fal's public keys. */
export function createFalHooks(
  egress: Pick<Egress, "within">,
): (arrived: SignedHook) => Promise<Hook | null> {
  let known: { readonly keys: readonly string[]; readonly atMs: number } | null = null;
  const keysAt = async (nowMs: number, mostMs: number) => {
    if (known && nowMs - known.atMs < mostMs) return known.keys;
    const send = egress.within([keysOrigin], answerLimits.job);
    const read = keysSchema.safeParse(await readJson(await send(`${keysOrigin}${keysPath}`)));
    if (read.success) known = { keys: read.data.keys.map(({ x }) => x), atMs: nowMs };
    return known?.keys ?? [];
  };
  return async (arrived) => {
    const { nowMs } = arrived;
    const signed = readSigned(arrived);
    if (!signed) return null;
    const isSigned =
      isBy(signed, await keysAt(nowMs, keepMs)) || isBy(signed, await keysAt(nowMs, againMs));
    if (!isSigned) return null;
    const body = bodySchema.safeParse(JSON.parse(Buffer.from(arrived.body).toString("utf8")));
    // What it says is asked of fal itself, at the addresses that fal gave when it took the call.
    return body.success ? { id: body.data.request_id, reference: null, handle: null } : null;
  };
}

interface Signed {
  readonly text: Buffer;
  readonly signature: Buffer;
}

function readSigned({ body, header, nowMs }: SignedHook): Signed | null {
  const request = header("x-fal-webhook-request-id") ?? "";
  const user = header("x-fal-webhook-user-id") ?? "";
  const seconds = /^\d{1,12}$/.exec(header("x-fal-webhook-timestamp") ?? "")?.[0];
  const hex = /^[0-9a-f]{128}$/i.exec(header("x-fal-webhook-signature") ?? "")?.[0];
  if (request === "" || user === "" || seconds === undefined || hex === undefined) return null;
  if (Math.abs(nowMs - Number(seconds) * 1_000) > toleranceMs) return null;
  const hash = createHash("sha256").update(body).digest("hex");
  const text = Buffer.from([request, user, seconds, hash].join("\n"));
  return { text, signature: Buffer.from(hex, "hex") };
}

function isBy({ text, signature }: Signed, keys: readonly string[]): boolean {
  return keys.some((x) => {
    try {
      const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
      return verify(null, text, key, signature);
    } catch {
      // One key that cannot be read must not stop the others.
      return false;
    }
  });
}
