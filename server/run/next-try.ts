import { insertAttempt, type Attempt } from "../store/attempts.ts";
import type { RunParts } from "./run-parts.ts";

const maxTries = 3;

/** A further attempt after a definite and passing failure, within the deadline; else null (I5). */
export async function nextTry(
  parts: RunParts,
  context: { readonly team: string; readonly signal: AbortSignal },
  failed: Attempt,
): Promise<Attempt | null> {
  const isOver = failed.tryNumber >= maxTries || parts.clock.nowMs() >= failed.deadlineAtMs;
  if (isOver || context.signal.aborted || failed.failure?.isRetryable !== true) return null;
  if (failed.failure.code === "result-invalid") return null;
  parts.metrics.retried(failed.provider);
  return parts.store.transaction((transaction) =>
    insertAttempt(transaction, context.team, {
      ...failed,
      keyVersion: null,
      state: "reserved",
      id: parts.newId(),
      reference: parts.newId(),
      tryNumber: failed.tryNumber + 1,
      nowMs: parts.clock.nowMs(),
    }),
  );
}
