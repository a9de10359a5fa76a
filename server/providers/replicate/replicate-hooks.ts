import { createHash } from "node:crypto";
import * as z from "zod";
import type { Fetch } from "../../egress.ts";
import type { HeldKey } from "../../keys/key-ring.ts";
import { createShortMemory } from "../../short-memory.ts";
import { hearOfJob } from "../ask-job.ts";
import type { ProviderDeclaration, ProviderParts } from "../declaration.ts";
import { hookIdOf } from "../hook-address.ts";
import type { ArrivedHook, Hook } from "../provider.ts";
import { checkStandardWebhook } from "../standard-webhook.ts";

type Declared = Pick<ProviderDeclaration, "id" | "title" | "key">;

/** Where an account is told what its webhooks are signed with (https://replicate.com/docs/topics/webhooks/verify-webhook). */
const secretUrl = "https://api.replicate.com/v1/webhooks/default/secret";
/** Whoever calls does not wait for long. */
const secretLimits = { deadlineMs: 5_000, maxBytes: 100_000 } as const;
const keepMs = 24 * 3_600_000;
/** A secret is asked for anew for a signature that it does not explain, but not for each. */
const againMs = 10 * 60_000;

const secretSchema = z.object({ key: z.string().regex(/^(whsec_)?[A-Za-z0-9+/=]{16,200}$/) });
const bodySchema = z.object({ id: z.string().min(1).max(200) });

/** What an account's webhooks are signed with, null where Replicate does not tell it; and since when. */
interface Known {
  readonly secret: string | null;
  readonly atMs: number;
}

/**
 * Reads Replicate's webhooks: Standard Webhooks with a secret for each account, which is asked for with
 * the key of the call. Where Replicate does not tell it to that key, the address alone has to prove it:
 * all that a webhook does is to wake who asks. While nobody can say, it is not taken.
 */
export function createReplicateHooks(
  declared: Declared,
  parts: Pick<ProviderParts, "egress" | "clock">,
): (arrived: ArrivedHook) => Promise<Hook | null> {
  const { clock } = parts;
  const secrets = createShortMemory<Known>(clock, { keptMs: keepMs, most: 500 });
  const secretOf = async (key: HeldKey, mostMs: number) => {
    // Teams number their keys alike; what is remembered is none.
    const account = createHash("sha256").update(key.reveal()).digest("hex");
    const known = secrets.find(account);
    if (known && clock.nowMs() - known.atMs < mostMs) return known.secret;
    const secret = await askSecret(declared, parts, key);
    secrets.keep(account, { secret, atMs: clock.nowMs() });
    return secret;
  };
  return async (arrived) => {
    const key = await arrived.key();
    if (!key) return null;
    const body = bodySchema.safeParse(JSON.parse(Buffer.from(arrived.body).toString("utf8")));
    if (!body.success) return null;
    // What it says is asked of Replicate itself, at the address that it gave when it took the call.
    const taken = (id: string): Hook => ({ id, reference: null, handle: null });
    for (const mostMs of [keepMs, againMs]) {
      const secret = await secretOf(key, mostMs);
      const id = secret === null ? null : checkStandardWebhook(secret, arrived);
      if (id !== null) return taken(id);
      if (secret === null && mostMs === againMs) return taken(hookIdOf(arrived));
    }
    return null;
  };
}

async function askSecret(
  declared: Declared,
  parts: Pick<ProviderParts, "egress">,
  key: HeldKey,
): Promise<string | null> {
  const using = { key, signal: new AbortController().signal };
  const ask = (fetch: Fetch) => fetch(secretUrl, { signal: using.signal });
  const { status, said } = await hearOfJob(parts, declared, using, ask, secretLimits);
  if (status >= 500 || status === 429) throw new Error("Replicate does not say for now.");
  const read = status < 300 ? secretSchema.safeParse(said) : null;
  return read?.success ? read.data.key : null;
}
