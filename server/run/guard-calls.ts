import { RunFailure } from "#domain/failure";
import { CallFailure } from "../providers/provider.ts";
import type { Attempt } from "../store/attempts.ts";
import { attemptById } from "../store/find-attempts.ts";
import type { CallContext } from "./call-context.ts";
import { cancelledFailure } from "./call-failures.ts";
import { endCall } from "./move-call.ts";
import type { RunParts } from "./run-parts.ts";

const retryMs = { least: 1_000, longest: 60_000 } as const;
const mostJitter = 0.1;
/** So many there are. */
const seeds = 2 ** 31;

/** Does a step of a call; expected trouble becomes the attempt's end or a wait before the next step. */
export type Guarded = (attempt: Attempt, step: () => Promise<Attempt>) => Promise<Attempt>;

/**
 * Turns the expected trouble of the steps of one call into data; the rest goes up. A definite failure
 * ends the attempt, after which a new one may be tried; a submission of which nobody knows whether it
 * arrived stays where it is, to be found again by the provider's class, never to be sent blindly
 * (reliability.md F11, F13).
 */
export function guardCalls(parts: RunParts, context: CallContext): Guarded {
  const backoff = createBackoff(parts.newSeed);
  return async (attempt, step) => {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof RunFailure)) throw error;
      // The row may have moved on since: a result that cannot be used was billed all the same.
      const newest = (await attemptById(parts.store.database, context.team, attempt.id)) ?? attempt;
      // A webhook was quicker than the answer that did not come whole: the call is there (F24).
      if (newest.state === "submitted" && attempt.state !== "submitted") return newest;
      const asked = error instanceof CallFailure ? error.retryAfterMs : null;
      if (isUnbilled(error)) {
        if (context.signal.aborted) return endCall(parts, newest, "cancelled", cancelledFailure);
        const failed = await endCall(parts, newest, "failed", error.failure, billedBy(error));
        if (!error.failure.isRetryable) return failed;
        const waitMs = backoff.next(asked);
        // Whoever else waits for this provider, in whatever process, would be refused as well (F10).
        if (error.failure.code === "provider-limited") context.ticket.pause(waitMs);
        await parts.clock.sleep(waitMs, context.signal);
        return failed;
      }
      if (error.failure.code === "result-invalid") {
        return endCall(parts, newest, "failed", error.failure, billedBy(error));
      }
      if (!canBeFound(context, newest, error, parts.clock.nowMs())) {
        return endCall(parts, newest, "unknown", error.failure, billedBy(error));
      }
      await parts.clock.sleep(backoff.next(asked));
      return newest;
    }
  };
}

/** Whether it is certain that nothing was billed; a file that was missing was so before anything was sent. */
function isUnbilled(error: RunFailure): boolean {
  const isCertain = error instanceof CallFailure && error.outcome === "not-billed";
  return isCertain || error.failure.code === "asset-missing";
}

function billedBy(error: RunFailure): number | null {
  return error instanceof CallFailure ? error.billedMicroDollars : null;
}

/** Whether a submission that may have arrived can be found again without paying twice. */
function canBeFound(
  { provider }: CallContext,
  attempt: Attempt,
  { failure }: RunFailure,
  nowMs: number,
): boolean {
  const isOpen = attempt.state === "submitting" && nowMs < attempt.deadlineAtMs;
  return isOpen && failure.isRetryable && provider.recovery !== "D";
}

/**
 * What the provider asked for, else a wait that doubles, never under a second nor over a minute; and up
 * to a tenth more by chance, so that those who were refused together do not come back together.
 */
function createBackoff(newSeed: () => number) {
  let usualMs: number = retryMs.least;
  return {
    next: (askedMs: number | null): number => {
      const waitMs = askedMs ?? usualMs;
      usualMs = Math.min(usualMs * 2, retryMs.longest);
      const clampedMs = Math.min(Math.max(waitMs, retryMs.least), retryMs.longest);
      return Math.round(clampedMs * (1 + (newSeed() / seeds) * mostJitter));
    },
  };
}
