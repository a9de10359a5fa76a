import type { Failure } from "#domain/failure";
import { moveAttempt, type Attempt, type AttemptChanges } from "../store/attempts.ts";
import type { RunParts } from "./run-parts.ts";

/** Moves an attempt on in a commit of its own. Throws when somebody else moved it meanwhile. */
export async function moveCall(
  parts: RunParts,
  attempt: Attempt,
  to: Attempt["state"],
  changes: AttemptChanges,
): Promise<Attempt> {
  const moved = await parts.store.transaction((transaction) =>
    moveAttempt(transaction, attempt.team, attempt.id, {
      // A webhook may have brought the handle while the answer with the result was on its way.
      from:
        attempt.state === "submitting" && to !== "submitted"
          ? ["submitting", "submitted"]
          : attempt.state,
      to,
      changes,
      nowMs: parts.clock.nowMs(),
    }),
  );
  if (!moved) throw new Error(`Attempt ${attempt.id} was moved by somebody else.`);
  return moved;
}

/** Ends an attempt with its failure, and what the provider said that it took all the same. */
export function endCall(
  parts: RunParts,
  attempt: Attempt,
  to: "failed" | "cancelled" | "unknown",
  failure: Failure,
  billedMicroDollars: number | null = null,
): Promise<Attempt> {
  return moveCall(parts, attempt, to, { failure, billedMicroDollars });
}
