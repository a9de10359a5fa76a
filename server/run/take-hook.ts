import type { Hook } from "../providers/provider.ts";
import { attemptMoves } from "../store/attempt-moves.ts";
import { moveAttempt } from "../store/attempts.ts";
import { attemptByReference } from "../store/find-attempts.ts";
import { noteHook } from "../store/hooks.ts";
import type { RunParts } from "./run-parts.ts";

/** A genuine webhook, about this call of ours. */
export type HookNews = Hook & { readonly reference: string };

/**
 * Takes a provider's webhook as what it is: a hint to look. It saves the handle of a submission whose
 * answer was lost and wakes whoever waits for that attempt; results are fetched by the same code as
 * for a poll. Repeated, late and unknown ones change nothing (F23-F25): the first one of an id is
 * remembered in the commit of what it changes.
 */
export async function takeHook(parts: RunParts, provider: string, news: HookNews): Promise<void> {
  const { id, reference, handle } = news;
  const attempt = await attemptByReference(parts.store.database, provider, reference);
  if (!attempt) return;
  const { team } = attempt;
  const nowMs = parts.clock.nowMs();
  const isNew = await parts.store.transaction(async (transaction) => {
    const hash = parts.hashText(JSON.stringify([provider, id]));
    if (!(await noteHook(transaction, team, hash, nowMs))) return false;
    if (attempt.state === "submitting" && handle !== null) {
      const move = { from: "submitting", to: "submitted", changes: { handle }, nowMs } as const;
      await moveAttempt(transaction, team, attempt.id, move);
    }
    return true;
  });
  if (!isNew) return;
  if (attemptMoves[attempt.state].length === 0) parts.warn("hook-late", { run: attempt.run });
  parts.hub.notify(attempt.id);
}
