import { RunFailure } from "#domain/failure";
import { CallFailure, type ProviderResult, type Submission } from "../providers/provider.ts";
import { moveAttempt, type Attempt } from "../store/attempts.ts";
import { attemptById } from "../store/find-attempts.ts";
import { askInDoubt, askProvider } from "./ask-provider.ts";
import type { CallContext } from "./call-context.ts";
import { followCall } from "./follow-call.ts";
import { keepOutputs } from "./keep-outputs.ts";
import { nextTry } from "./next-try.ts";
import { cancelledFailure } from "./call-failures.ts";
import { guardCalls } from "./guard-calls.ts";
import { hookPathOf } from "./hook-address.ts";
import { endCall, moveCall } from "./move-call.ts";
import { recoverCall } from "./recover-call.ts";
import type { RunParts } from "./run-parts.ts";
import { checkTurn } from "./turns.ts";
import { newestKeyVersion, usingOf } from "./use-key.ts";

/**
 * Brings a call to an end from whatever state its newest attempt is in: made and stored, or failed,
 * cancelled or unknown. Safe to call again after a crash at any point (reliability.md 3.1): the
 * intent is committed before the provider is asked, its handle before the first poll.
 */
export async function pursueCall(
  parts: RunParts,
  context: CallContext,
  first: Attempt,
): Promise<Attempt> {
  let attempt = first;
  const guarded = guardCalls(parts, context);
  if (context.hasFreshIntent) {
    attempt = context.signal.aborted
      ? await endCall(parts, first, "cancelled", cancelledFailure)
      : await guarded(first, () => send(parts, context, first));
  }
  for (;;) {
    switch (attempt.state) {
      case "reserved":
        attempt = await guarded(attempt, () => submit(parts, context, attempt));
        break;
      case "submitting":
        attempt = await guarded(attempt, () => recover(parts, context, attempt));
        break;
      case "submitted":
        attempt = await guarded(attempt, () => follow(parts, context, attempt));
        break;
      case "failed": {
        const next = await nextTry(parts, context, attempt);
        if (!next) return attempt;
        attempt = next;
        break;
      }
      case "stored":
      case "settled":
      case "cancelled":
      case "unknown":
        return attempt;
    }
  }
}

async function submit(parts: RunParts, context: CallContext, attempt: Attempt): Promise<Attempt> {
  if (!context.signal.aborted) await context.ticket.start(context.signal);
  if (context.signal.aborted) return endCall(parts, attempt, "cancelled", cancelledFailure);
  checkTurn(context);
  await parts.reach("beforeIntent");
  // Its time begins now: however long it waited for its place, the provider gets all of it.
  const deadlineAtMs = parts.clock.nowMs() + attempt.deadlineAtMs - attempt.createdAtMs;
  const submitting = await moveCall(parts, attempt, "submitting", {
    deadlineAtMs,
    keyVersion: await newestKeyVersion(parts, context),
  });
  await parts.reach("afterIntent");
  return send(parts, context, submitting);
}

async function recover(parts: RunParts, context: CallContext, attempt: Attempt): Promise<Attempt> {
  const recovered = await recoverCall(parts, context, attempt);
  if (recovered.kind === "moved") return recovered.attempt;
  if (recovered.kind === "found") return receive(parts, context, attempt, recovered.submission);
  await context.ticket.start(null);
  return send(parts, context, attempt, askInDoubt);
}

/** Keeps the handle of an accepted call; the provider's webhook may have been quicker than its answer. */
async function saveHandle(parts: RunParts, attempt: Attempt, handle: string): Promise<Attempt> {
  const submitted = await parts.store.transaction(async (transaction) => {
    const move = { from: "submitting", to: "submitted", nowMs: parts.clock.nowMs() } as const;
    const moved = await moveAttempt(transaction, attempt.team, attempt.id, {
      ...move,
      changes: { handle },
    });
    return moved ?? attemptById(transaction, attempt.team, attempt.id);
  });
  if (submitted?.state !== "submitted") throw new Error(`Attempt ${attempt.id} was moved on.`);
  return submitted;
}

async function follow(parts: RunParts, context: CallContext, attempt: Attempt): Promise<Attempt> {
  const followed = await followCall(parts, context, attempt);
  return followed.kind === "made"
    ? store(parts, context, attempt, followed.result)
    : followed.attempt;
}

async function send(
  parts: RunParts,
  context: CallContext,
  attempt: Attempt,
  ask = askProvider,
): Promise<Attempt> {
  const hookPath = context.provider.readHook ? await hookPathOf(parts, attempt) : null;
  const using = await usingOf(parts, context, attempt);
  checkTurn(context);
  const submission = await ask(parts, context.provider, () =>
    context.provider.submit({
      reference: attempt.reference,
      model: attempt.model,
      request: context.request(),
      seed: attempt.seed,
      hookPath,
      ...using,
      onProgress: context.onProgress,
    }),
  );
  await parts.reach("afterSubmitCall");
  return receive(parts, context, attempt, submission);
}

async function receive(
  parts: RunParts,
  context: CallContext,
  attempt: Attempt,
  submission: Submission,
): Promise<Attempt> {
  if (submission.kind === "done") return store(parts, context, attempt, submission.result);
  const submitted = await saveHandle(parts, attempt, submission.handle);
  await parts.reach("afterJobSaved");
  return submitted;
}

async function store(
  parts: RunParts,
  context: CallContext,
  attempt: Attempt,
  result: ProviderResult,
): Promise<Attempt> {
  await parts.reach("afterDownload");
  const items = await keepOutputs(
    parts,
    context.team,
    context.provider.title,
    result,
    context.request(),
  ).catch((error: unknown) => {
    throw withBill(error, result);
  });
  const stored = await moveCall(parts, attempt, "stored", {
    items,
    notes: [...result.notes],
    billedCredits: result.billedCredits,
    billedMicroDollars: result.billedMicroDollars ?? null,
  });
  await parts.reach("afterStore");
  return stored;
}

/** A result that cannot be kept was billed all the same, where the provider says so. */
function withBill(error: unknown, { billedMicroDollars }: ProviderResult): unknown {
  if (!(error instanceof RunFailure) || typeof billedMicroDollars !== "number") return error;
  return new CallFailure(error.failure, "unknown", null, billedMicroDollars);
}
