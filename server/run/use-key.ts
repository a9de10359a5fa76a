import { KeyUnreadable, type HeldKey } from "../keys/key-ring.ts";
import { whereKeyIsSet } from "../providers/provider-key.ts";
import { CallFailure, type Provider, type Using } from "../providers/provider.ts";
import type { Attempt } from "../store/attempts.ts";
import { attemptByReference } from "../store/find-attempts.ts";
import type { CallContext } from "./call-context.ts";
import type { HookAddress } from "./hook-address.ts";
import type { RunParts } from "./run-parts.ts";

/** The version of the key that a call would begin with now; null where there is none, or none is needed. */
export async function newestKeyVersion(
  { keyRing }: Pick<RunParts, "keyRing">,
  { team, provider }: Pick<CallContext, "team" | "provider">,
): Promise<string | null> {
  if (!provider.key) return null;
  const key = await opened(provider, "not-billed", () => keyRing.newest(team, provider.id));
  return key?.version ?? null;
}

/**
 * What a provider uses for an attempt: the key that it began with, though another was set meanwhile. One
 * that was taken away ends the attempt, which the user does not pay (reliability.md F58); before anything
 * was sent that is certain to be free.
 */
export async function usingOf(
  { keyRing }: Pick<RunParts, "keyRing">,
  { team, provider, signal }: Pick<CallContext, "team" | "provider" | "signal">,
  { keyVersion, handle }: Pick<Attempt, "keyVersion" | "handle">,
): Promise<Using> {
  if (!provider.key) return { key: null, signal };
  // Begun without one, where that is allowed.
  if (keyVersion === null && provider.key.isOptional === true) return { key: null, signal };
  const outcome = handle === null ? "not-billed" : "unknown";
  const key =
    keyVersion === null
      ? null
      : await opened(provider, outcome, () => keyRing.versioned(team, provider.id, keyVersion));
  if (!key) throw missing(provider, outcome);
  return { key, signal };
}

/** The key that the call of a webhook's address began with; null where there is no such call, or no key. */
export async function keyOfHook(
  { store, keyRing }: Pick<RunParts, "store" | "keyRing">,
  { team, provider, reference }: HookAddress,
): Promise<HeldKey | null> {
  const attempt = await attemptByReference(store.database, provider, reference);
  if (attempt?.team !== team || attempt.keyVersion === null) return null;
  return keyRing.versioned(team, provider, attempt.keyVersion);
}

async function opened(
  provider: Provider,
  outcome: CallFailure["outcome"],
  open: () => Promise<HeldKey | null>,
): Promise<HeldKey | null> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof KeyUnreadable) throw missing(provider, outcome);
    throw error;
  }
}

function missing({ id, title }: Provider, outcome: CallFailure["outcome"]): CallFailure {
  const cost = outcome === "not-billed" ? "It cost nothing" : "No credits were spent";
  const message = `The relay has no key for ${title} that it can use. ${cost}; its owner can set one ${whereKeyIsSet(id)}.`;
  return new CallFailure(
    { code: "key-missing", message, provider: id, isRetryable: false },
    outcome,
  );
}
