import { RunFailure, type Failure } from "#domain/failure";
import type { ProviderResult, Standing } from "../providers/provider.ts";
import type { Attempt } from "../store/attempts.ts";
import { askProvider } from "./ask-provider.ts";
import type { CallContext } from "./call-context.ts";
import { cancelledFailure, lateFailure } from "./call-failures.ts";
import { waitForNews } from "./event-hub.ts";
import { endCall } from "./move-call.ts";
import type { RunParts } from "./run-parts.ts";
import { usingOf } from "./use-key.ts";

const pollMs = { first: 500, longest: 30_000 } as const;
/** A result that is made and cannot be had is asked for this long (F19). */
const goneMs = 5 * 60_000;
/** A machine that wakes up past a deadline has no network at once: it asks for so long before it judges. */
const graceMs = 60_000;

/** How an accepted call came out: its result, or the attempt as it ended without one. */
export type Followed =
  | { readonly kind: "made"; readonly result: ProviderResult }
  | { readonly kind: "ended"; readonly attempt: Attempt };

/**
 * Asks for an accepted call until it ends or its deadline passes, at once when a webhook says that
 * there is news. It judges by an answer to a question that it asked past the deadline: one that was on
 * its way while the machine slept is out of date (F34). Asking is free, so passing trouble of it is
 * waited out; the provider is asked to stop what is cancelled or late.
 */
export async function followCall(
  parts: RunParts,
  context: CallContext,
  attempt: Attempt,
): Promise<Followed> {
  const { provider, signal } = context;
  const isGoneForGood = createPatience(parts);
  let silentSinceMs: number | null = null;
  for (let waitMs: number = pollMs.first; ; waitMs = Math.min(waitMs * 2, pollMs.longest)) {
    const waiting = waitForNews(parts, attempt.id);
    try {
      const askedAtMs = parts.clock.nowMs();
      const standing = await poll(parts, context, attempt, isGoneForGood);
      silentSinceMs = standing ? null : (silentSinceMs ?? askedAtMs);
      await parts.reach("afterPoll");
      if (standing?.kind === "done") return { kind: "made", result: standing.result };
      if (standing && standing.done !== null) context.onProgress(standing.done);
      if (signal.aborted && (await stop(parts, context, attempt))) {
        const ended = await endCall(parts, attempt, "cancelled", cancelledFailure);
        return { kind: "ended", attempt: ended };
      }
      const isSilent = silentSinceMs !== null && askedAtMs - silentSinceMs < graceMs;
      if (askedAtMs >= attempt.deadlineAtMs && !isSilent) {
        await stop(parts, context, attempt);
        const ended = await endCall(parts, attempt, "unknown", lateFailure(provider));
        return { kind: "ended", attempt: ended };
      }
      await waiting.atMost(waitMs);
    } finally {
      waiting.stop();
    }
  }
}

/** Who stops the run wants the provider asked to stop, not the question broken off: it has a deadline anyway. */
const unstopped = new AbortController().signal;

/** Whether the provider says that the call will not be billed; trouble of asking it says nothing. */
async function stop(parts: RunParts, context: CallContext, attempt: Attempt): Promise<boolean> {
  const { provider } = context;
  const { handle } = attempt;
  try {
    return await askProvider(parts, provider, async () => {
      if (handle === null || !provider.cancel) return false;
      const using = await usingOf(parts, { ...context, signal: unstopped }, attempt);
      return provider.cancel(handle, using);
    });
  } catch (error) {
    if (error instanceof RunFailure) return false;
    throw error;
  }
}

/** How the call stands; null when the provider cannot tell for the moment. */
async function poll(
  parts: RunParts,
  context: CallContext,
  attempt: Attempt,
  isGoneForGood: (failure: Failure | null) => boolean,
): Promise<Standing | null> {
  const { provider } = context;
  const { handle } = attempt;
  try {
    const standing = await askProvider(parts, provider, async () => {
      if (!provider.poll || handle === null) throw new Error("A call without a way to ask for it.");
      const using = await usingOf(parts, { ...context, signal: unstopped }, attempt);
      return provider.poll(handle, using);
    });
    isGoneForGood(null);
    return standing;
  } catch (error) {
    if (!(error instanceof RunFailure) || !error.failure.isRetryable) throw error;
    if (isGoneForGood(error.failure)) throw error;
    return null;
  }
}

/** Tells of each answer in turn whether the result has been gone for so long that it will not come back. */
function createPatience({ clock }: RunParts): (failure: Failure | null) => boolean {
  let sinceMs: number | null = null;
  return (failure) => {
    if (failure?.code !== "result-expired") {
      sinceMs = null;
      return false;
    }
    sinceMs ??= clock.nowMs();
    return clock.nowMs() - sinceMs >= goneMs;
  };
}
