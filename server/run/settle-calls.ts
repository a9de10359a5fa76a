import { costOfResolved } from "#domain/call-cost";
import {
  addCosts,
  cheapestOf,
  formatDollars,
  noCost,
  worstBasis,
  type Cost,
  type PriceBasis,
} from "#domain/cost";
import { settleAttempts, type Attempt } from "../store/attempts.ts";
import { attemptsOf } from "../store/find-attempts.ts";
import type { Transaction } from "../store/database.ts";
import { post, voidHold } from "../store/ledger.ts";
import { openHolds, type Hold } from "../store/read-ledger.ts";
import type { RunRow } from "../store/runs.ts";
import type { ReadyNode } from "./run-inputs.ts";
import type { RunParts } from "./run-parts.ts";

/** What calls came to, and how far that is certain. */
export interface Paid {
  readonly cost: Cost;
  readonly priceBasis: PriceBasis;
}

/** What the calls of a node came to. */
export interface Settled {
  /** Those whose results are kept. */
  readonly kept: Paid & { readonly notes: readonly string[] };
  /** All of them. */
  readonly all: Paid;
  /** That a call which came to nothing may have been billed all the same, in a sentence; else null. */
  readonly doubt: string | null;
}

/** A call with everything that its end is judged by. */
interface EndedCall {
  readonly hold: Hold;
  /** Its newest try; none where it was never made. */
  readonly attempt: Attempt | undefined;
  /** What the provider said that it took for the tries that came to nothing. */
  readonly lostMicroDollars: number;
}

/**
 * Ends every hold of a node: what was made is paid, the rest is given back. What providers took on the
 * team's own account is written beside, as they told it or else as it was quoted.
 */
export async function settleCalls(
  parts: RunParts,
  transaction: Transaction,
  run: RunRow,
  ready: ReadyNode,
  attempts: readonly Attempt[],
): Promise<Settled> {
  const newest = new Map(attempts.map((attempt) => [attempt.call, attempt]));
  const tries = isSold(parts) ? [] : await triesOf(transaction, run, ready.node.id, attempts);
  const kept: Paid[] = [];
  const lost: Paid[] = [];
  const notes: string[] = [];
  for (const hold of await openHolds(transaction, run.team, run.id, ready.node.id)) {
    const attempt = newest.get(hold.call);
    const failed = tries.filter(({ call, state }) => call === hold.call && state !== "stored");
    const lostMicroDollars = sumOf(failed);
    const ended = { hold, attempt, lostMicroDollars };
    if (attempt?.state === "stored") {
      kept.push(await payCall(parts, transaction, run, ready, { ...ended, attempt }));
      notes.push(...noteOf(parts, hold, attempt));
    } else lost.push(await giveBack(parts, transaction, run, ended));
  }
  await moveStored(parts, transaction, run, attempts);
  const isInDoubt = lost.some(({ priceBasis }) => priceBasis === "unknown");
  const title = parts.providers.providerOf(ready.model.id)?.title ?? ready.model.title;
  return {
    kept: { ...together(kept), notes },
    all: together([...kept, ...lost]),
    doubt: isInDoubt ? `${title} may have billed your own account for it.` : null,
  };
}

/** Pays for a call: its quoted price, never above the hold; what the provider took more is our loss. */
async function payCall(
  parts: RunParts,
  transaction: Transaction,
  run: RunRow,
  ready: ReadyNode,
  { hold, attempt, lostMicroDollars }: EndedCall & { readonly attempt: Attempt },
): Promise<Paid> {
  const nowMs = parts.clock.nowMs();
  const call = ready.calls[hold.call];
  if (!call) throw new Error(`${ready.node.id} has no call ${hold.call}.`);
  const { model, settings } = ready;
  const quoted = cheapestOf(costOfResolved(model, settings, call), hold);
  const { credits } = quoted;
  const overrun = Math.max(0, (billedCreditsOf(parts, attempt) ?? credits) - hold.credits);
  const billed = isSold(parts) ? null : attempt.billedMicroDollars;
  const microDollars = (billed ?? quoted.microDollars) + lostMicroDollars;
  await post(transaction, run.team, { hold: hold.id, credits, microDollars, overrun, nowMs });
  return {
    cost: { credits, microDollars },
    priceBasis: billed === null ? model.priceBasis : "list",
  };
}

async function giveBack(
  parts: RunParts,
  transaction: Transaction,
  run: RunRow,
  { hold, attempt, lostMicroDollars: microDollars }: EndedCall,
): Promise<Paid> {
  const nowMs = parts.clock.nowMs();
  const mayBeBilled = attempt !== undefined && wasPerhapsBilled(attempt);
  const houseLoss = mayBeBilled ? hold.credits : 0;
  await voidHold(transaction, run.team, { hold: hold.id, houseLoss, microDollars, nowMs });
  const isTold = attempt?.billedMicroDollars !== null || hold.microDollars === 0;
  const priceBasis = mayBeBilled && !isTold ? "unknown" : "list";
  return { cost: { ...noCost, microDollars }, priceBasis };
}

/** Every try of a node. Where each call was made at its first one, these are known already. */
async function triesOf(
  transaction: Transaction,
  run: RunRow,
  node: string,
  newest: readonly Attempt[],
): Promise<readonly Attempt[]> {
  const isFirst = newest.every(({ state, tryNumber }) => state === "stored" && tryNumber === 1);
  return isFirst ? newest : attemptsOf(transaction, run.team, run.id, node);
}

async function moveStored(
  parts: RunParts,
  transaction: Transaction,
  run: RunRow,
  attempts: readonly Attempt[],
): Promise<void> {
  const stored = attempts.filter(({ state }) => state === "stored").map(({ id }) => id);
  if (stored.length === 0) return;
  const moved = await settleAttempts(transaction, run.team, stored, parts.clock.nowMs());
  if (!moved) throw new Error(`An attempt of ${run.id} was settled by somebody else.`);
}

/** A lost answer or a result that cannot be used may have been billed; the user does not pay for it. */
function wasPerhapsBilled(attempt: Attempt): boolean {
  return attempt.state === "unknown" || attempt.failure?.code === "result-invalid";
}

/** Whoever runs the relay pays the providers and sells credits to the team. */
function isSold({ providers }: RunParts): boolean {
  return providers.creditsPerDollar !== null;
}

/** What a provider took in the credits that it is sold for. */
function billedCreditsOf(
  { providers: { creditsPerDollar } }: RunParts,
  { billedCredits, billedMicroDollars }: Attempt,
): number | null {
  if (billedCredits !== null || creditsPerDollar === null || billedMicroDollars === null) {
    return billedCredits;
  }
  return Math.ceil((billedMicroDollars / 1e6) * creditsPerDollar);
}

/** What was billed above the price that was shown was billed to the team, not by us: it is told. */
function noteOf(parts: RunParts, hold: Hold, { model, billedMicroDollars }: Attempt): string[] {
  const shown = hold.microDollars;
  if (isSold(parts) || shown === 0 || (billedMicroDollars ?? 0) <= shown) return [];
  const title = parts.providers.providerOf(model)?.title ?? model;
  return [
    `${title} took ${formatDollars(billedMicroDollars ?? 0)} on your own account, more than the ${formatDollars(shown)} that was shown before.`,
  ];
}

function sumOf(attempts: readonly Attempt[]): number {
  return attempts.reduce((sum, { billedMicroDollars }) => sum + (billedMicroDollars ?? 0), 0);
}

function together(paid: readonly Paid[]): Paid {
  return {
    cost: paid.map(({ cost }) => cost).reduce(addCosts, noCost),
    priceBasis: worstBasis(paid.map(({ priceBasis }) => priceBasis)),
  };
}
