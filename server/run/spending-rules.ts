import { refuseByCaps } from "#domain/cap";
import type { Issue } from "#domain/issue";
import type { Caller } from "../handler.ts";
import { Refusal } from "../refusal.ts";
import { capsOn, lockCapsOn } from "../store/caps.ts";
import type { Transaction } from "../store/database.ts";
import { confirmAbove } from "../store/spending-settings.ts";
import type { RunParts } from "./run-parts.ts";

/** What a team's own rules say of a price before a run. */
export interface Judged {
  readonly issues: readonly Issue[];
  /** It needs a second confirmation. */
  readonly isLarge: boolean;
}

/** Judges a price that is about to be promised; whether there still is room is asked at the start again. */
export async function judgePrice(
  { store: { database }, clock }: RunParts,
  caller: Caller,
  file: string,
  credits: number,
): Promise<Judged> {
  const { team, member } = caller;
  const nowMs = clock.nowMs();
  const message = refuseByCaps(
    await capsOn(database, team, { member, file }, nowMs),
    credits,
    nowMs,
  );
  return {
    issues: message === null ? [] : [{ code: "limit", nodeId: null, message }],
    isLarge: credits > (await confirmAbove(database, team)),
  };
}

/**
 * Refuses, in the transaction that holds the credits, a run that would pass a cap: many that start at
 * once wait here for each other, so that together they do not pass it either (reliability.md T13).
 */
export async function checkCaps(
  transaction: Transaction,
  caller: Caller,
  file: string,
  credits: number,
  nowMs: number,
): Promise<void> {
  if (credits === 0) return;
  const { team, member } = caller;
  const caps = await lockCapsOn(transaction, team, { member, file }, nowMs);
  const message = refuseByCaps(caps, credits, nowMs);
  if (message !== null) throw new Refusal("cap-reached", `${message} Nothing was spent.`);
}

/** Refuses to start a large price that nobody confirmed a second time; nothing is held then. */
export function checkConfirmed(isLarge: boolean, isConfirmed: boolean, credits: number): void {
  if (!isLarge || isConfirmed) return;
  throw new Refusal(
    "confirmation-missing",
    `This run may cost ${credits} credits, which this team confirms twice. Confirm it again; nothing was spent.`,
  );
}
