import type { Submission } from "../providers/provider.ts";
import type { Attempt } from "../store/attempts.ts";
import { attemptById } from "../store/find-attempts.ts";
import { askInDoubt } from "./ask-provider.ts";
import type { CallContext } from "./call-context.ts";
import { interruptedFailure, unknownFailure } from "./call-failures.ts";
import { waitForNews } from "./event-hub.ts";
import { endCall } from "./move-call.ts";
import type { RunParts } from "./run-parts.ts";
import { usingOf } from "./use-key.ts";

/** What became of a submission of which nobody knows whether it arrived. */
export type Recovered =
  | { readonly kind: "send-again" }
  | { readonly kind: "found"; readonly submission: Submission }
  | { readonly kind: "moved"; readonly attempt: Attempt };

/** The longest wait for a webhook before the row is read again: another process may have taken it. */
const longestWaitMs = 30_000;

/**
 * What may be done with a submission of which nobody knows whether it arrived; it depends on the
 * provider's class (reliability.md 3.1). Nothing is paid twice for it.
 */
export function recoverCall(
  parts: RunParts,
  context: CallContext,
  attempt: Attempt,
): Promise<Recovered> {
  switch (context.provider.recovery) {
    case "A":
      return Promise.resolve({ kind: "send-again" });
    case "B":
      return lookUp(parts, context, attempt);
    case "C":
      return awaitHook(parts, context, attempt);
    case "D":
      return giveUp(parts, context, attempt);
  }
}

/** Only a "no" after the time that the provider needs to show a new job is a definite one. */
async function lookUp(parts: RunParts, context: CallContext, attempt: Attempt): Promise<Recovered> {
  const { provider } = context;
  for (;;) {
    const askedAtMs = parts.clock.nowMs();
    const submission = await askInDoubt(parts, provider, async () =>
      provider.lookUp
        ? provider.lookUp(attempt.reference, await usingOf(parts, context, attempt))
        : null,
    );
    if (submission) return { kind: "found", submission };
    const leftMs = attempt.updatedAtMs + (provider.consistencyMs ?? 0) - askedAtMs;
    if (leftMs <= 0) break;
    await parts.clock.sleep(leftMs);
  }
  const ended = await endCall(parts, attempt, "failed", interruptedFailure(provider));
  return { kind: "moved", attempt: ended };
}

async function awaitHook(
  parts: RunParts,
  context: CallContext,
  attempt: Attempt,
): Promise<Recovered> {
  for (;;) {
    const waiting = waitForNews(parts, attempt.id);
    const newest = await attemptById(parts.store.database, attempt.team, attempt.id);
    const leftMs = attempt.deadlineAtMs - parts.clock.nowMs();
    if (newest && newest.state !== "submitting") {
      waiting.stop();
      return { kind: "moved", attempt: newest };
    }
    if (leftMs <= 0) {
      waiting.stop();
      return giveUp(parts, context, attempt);
    }
    await waiting.atMost(Math.min(leftMs, longestWaitMs));
  }
}

async function giveUp(parts: RunParts, context: CallContext, attempt: Attempt): Promise<Recovered> {
  const ended = await endCall(parts, attempt, "unknown", unknownFailure(context.provider));
  return { kind: "moved", attempt: ended };
}
