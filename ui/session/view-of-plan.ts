import { formatCeiling, formatCost, formatCredits } from "#domain/cost";
import { indexGraph } from "#domain/index-graph";
import type { Model } from "#domain/model";
import type { Graph } from "#domain/graph";
import { basisOf } from "#domain/plan";
import type { Quote } from "#domain/relay";
import type { PlanView } from "../panel-view.ts";
import { formatDuration, reasonTexts } from "./words.ts";

/** What a quote is shown with. */
export interface PlanContext {
  readonly graph: Graph;
  readonly models: readonly Model[];
  readonly isBusy: boolean;
  /** A large price was confirmed once. */
  readonly isConfirmed: boolean;
  /** What went wrong with an earlier try to start it. */
  readonly problem: string | null;
}

const agreeToLarge = "This is a large price. Press again to agree to it.";
const agreeToUnknown = "The whole price is not known. Press again to agree to it all the same.";

/** The sheet that a person confirms: what runs, what is reused and why, what it costs, what is left. */
export function viewOfPlan(quote: Quote, context: PlanContext): PlanView {
  const { graph, models, isBusy, isConfirmed, problem } = context;
  const { plan, credits, balance } = quote;
  const basis = basisOf(plan);
  const isPaidElsewhere = quote.microDollars > 0 || basis === "unknown";
  const isShort = credits > balance;
  const missing = `This run may cost ${formatCredits(credits)}, and the team has ${balance} left. Run less, or ask who keeps the credits for more.`;
  const steps = plan.steps.map((step) => {
    const node = indexGraph(graph).nodes.get(step.node);
    return {
      node: step.node,
      title: node?.title ?? step.node,
      type: node?.type ?? ("media" as const),
      action: step.action,
      reason: step.reason,
      reasonText: reasonTexts[step.reason],
      modelTitle: models.find(({ id }) => id === step.model)?.title ?? step.model,
      calls: step.calls,
      priceText: step.action === "reuse" ? "" : formatCost(step, step.priceBasis),
    };
  });
  return {
    steps,
    totalText: formatCeiling(quote, basis),
    priceText: basis === "unknown" ? "price not known" : formatCeiling(quote, basis),
    balanceText:
      isPaidElsewhere && credits === 0
        ? null
        : isShort
          ? `${balance} credits left now`
          : `${balance - credits} credits left after`,
    timeText: formatDuration(plan.expectedMs),
    notes: [
      ...(quote.microDollars > 0 ? ["Dollars are paid on the team's own provider accounts."] : []),
      ...quote.notes,
    ],
    problems: [
      ...quote.issues.map(({ message }) => message),
      ...(isShort ? [missing] : []),
      ...(isConfirmed ? [basis === "unknown" ? agreeToUnknown : agreeToLarge] : []),
      ...(problem === null ? [] : [problem]),
    ],
    confirmText: isConfirmed ? "Agree and run" : "Run",
    isBusy,
    canConfirm:
      !isBusy &&
      !isShort &&
      quote.issues.length === 0 &&
      plan.steps.some((step) => step.action === "run"),
  };
}
