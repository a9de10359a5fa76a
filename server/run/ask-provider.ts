import { RunFailure } from "#domain/failure";
import { CallFailure, type Provider } from "../providers/provider.ts";
import { brokenFailure } from "./call-failures.ts";
import type { RunParts } from "./run-parts.ts";

/**
 * Asks a provider. Trouble that it did not expect becomes an outcome that nobody knows: a mistake in
 * an adapter must not keep a run open for ever, nor cost the user anything.
 */
export async function askProvider<Result>(
  parts: RunParts,
  provider: Provider,
  ask: () => Promise<Result>,
): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof RunFailure) {
      parts.metrics.providerFailed(provider.id, error.failure.code);
      throw error;
    }
    parts.metrics.providerFailed(provider.id, "broken");
    parts.warn("provider-broken", { code: provider.id });
    throw new CallFailure(brokenFailure(provider), "unknown");
  }
}

/**
 * Asks about a submission that may have arrived, by a look-up or by sending it again. Trouble of this
 * question says nothing about the first one: a repetition that was refused, or never left, is no proof
 * that nothing was billed (I5).
 */
export async function askInDoubt<Result>(
  parts: RunParts,
  provider: Provider,
  ask: () => Promise<Result>,
): Promise<Result> {
  try {
    return await askProvider(parts, provider, ask);
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    throw new CallFailure(error.failure, "unknown", error.retryAfterMs);
  }
}
