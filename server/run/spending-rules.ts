import { capUnits, refuseByCaps } from "#domain/cap";
import { formatCost, isAbove, isFree, type Cost } from "#domain/cost";
import type { Issue } from "#domain/issue";
import { basisOf, type Plan } from "#domain/plan";
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
  /** Sentences about it that stand against nothing. */
  readonly notes: string[];
}

/** Judges a price that is about to be promised; whether there still is room is asked at the start again. */
export async function judgePrice(
  { store: { database }, clock, providers }: RunParts,
  caller: Caller,
  file: string,
  plan: Plan,
): Promise<Judged> {
  const { team, member } = caller;
  const nowMs = clock.nowMs();
  const caps = await capsOn(database, team, { member, file }, nowMs);
  const message = refuseByCaps(caps, plan, nowMs);
  const isUnknown = basisOf(plan) === "unknown";
  const titles = new Map(providers.models().map(({ id, title }) => [id, title]));
  return {
    issues: message === null ? [] : [{ code: "limit", nodeId: null, message }],
    isLarge: isUnknown || isAbove(plan, await confirmAbove(database, team)),
    notes: isUnknown ? [sayUnknown(plan, titles, caps.length > 0)] : [],
  };
}

function sayUnknown(plan: Plan, titles: ReadonlyMap<string, string>, isCapped: boolean): string {
  const models = plan.steps
    .filter(({ action, priceBasis }) => action === "run" && priceBasis === "unknown")
    .map(({ model }) => titles.get(model) ?? model);
  const before = `Nobody knows what ${[...new Set(models)].join(" and ")} will cost before it runs.`;
  return isCapped ? `${before} Until then it counts as nothing against the caps.` : before;
}

/**
 * Refuses, in the transaction that holds the credits, a run that would pass a cap: many that start at
 * once wait here for each other, so that together they do not pass it either (reliability.md T13).
 */
export async function checkCaps(
  transaction: Transaction,
  caller: Caller,
  file: string,
  cost: Cost,
  nowMs: number,
): Promise<void> {
  if (isFree(cost)) return;
  const { team, member } = caller;
  const units = capUnits.filter((unit) => cost[unit] > 0);
  const caps = await lockCapsOn(transaction, team, { member, file }, nowMs, units);
  const message = refuseByCaps(caps, cost, nowMs);
  if (message !== null) throw new Refusal("cap-reached", `${message} Nothing was spent.`);
}

/** Refuses to start a large or unknown price that nobody confirmed a second time; nothing is held then. */
export function checkConfirmed(
  quote: Cost & { readonly isLarge: boolean; readonly plan: Plan },
  isConfirmed: boolean,
): void {
  if (!quote.isLarge || isConfirmed) return;
  const basis = basisOf(quote.plan);
  const price =
    basis === "unknown"
      ? "What this run will cost is not known before, and that is confirmed twice."
      : `This run may cost ${formatCost(quote, basis)}, which this team confirms twice.`;
  throw new Refusal("confirmation-missing", `${price} Confirm it again; nothing was spent.`);
}
