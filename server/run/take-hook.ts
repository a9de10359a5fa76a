import type { Hook } from "../providers/provider.ts";
import { attemptByReference, moveAttempt } from "../store/attempts.ts";
import type { RunParts } from "./run-parts.ts";

/**
 * Takes a provider's webhook as what it is: a hint to look. It saves the handle of a submission whose
 * answer was lost and wakes whoever waits for that attempt; results are fetched by the same code as
 * for a poll. Repeated, late and unknown ones change nothing (F23-F25).
 */
export async function takeHook(parts: RunParts, provider: string, hook: Hook): Promise<void> {
  const attempt = await attemptByReference(parts.store.database, provider, hook.reference);
  if (!attempt) return;
  const { handle } = hook;
  if (attempt.state === "submitting" && handle !== null) {
    await parts.store.transaction((transaction) =>
      moveAttempt(transaction, attempt.team, attempt.id, {
        from: "submitting",
        to: "submitted",
        changes: { handle },
        nowMs: parts.clock.nowMs(),
      }),
    );
  }
  parts.hub.notify(attempt.id);
}
