import { costOfResolved, costsOfUnresolved } from "./call-cost.ts";
import { checkArriving } from "./check-arriving.ts";
import { checkPictures } from "./check-pictures.ts";
import { checkPrompt } from "./check-prompt.ts";
import { addCosts, noCost, timesCost, type Cost } from "./cost.ts";
import type { Graph } from "./graph.ts";
import { indexGraph } from "./index-graph.ts";
import type { Issue } from "./issue.ts";
import { feedersOf } from "./needed-nodes.ts";
import { maxCalls } from "./node-output.ts";
import type { Step, StepReason } from "./plan.ts";
import type { TracedNode } from "./trace-results.ts";
import type { KnownResult } from "./version.ts";

/** How many calls of one node a provider commonly works on side by side; for expected times only. */
const usualConcurrency = 4;

/** What a step is decided by, beside the node itself. */
export interface StepContext {
  readonly graph: Graph;
  /** The results that nodes have, none of them empty. */
  readonly known: ReadonlyMap<string, KnownResult>;
  /** The steps above it. */
  readonly steps: ReadonlyMap<string, Step>;
  /** Whether a person asked this node to run again. */
  readonly isAsked: boolean;
}

/**
 * A step, and what stands against running it. `costs`: what its calls cost at most, one after the other, and
 * from the beginning again where there are more of them.
 */
export interface MadeStep {
  readonly step: Step;
  readonly costs: readonly Cost[];
  readonly issues: readonly Issue[];
}

/** Decides whether a node runs, why, and what that can cost at most. */
export function makeStep(traced: TracedNode, context: StepContext): MadeStep {
  const { node, model, arriving, calls, fingerprint } = traced;
  const feeders = feedersOf(context.graph, node.id);
  const known = context.known.get(node.id);
  const reason = reasonOf(traced, known, context.isAsked);
  const shared = {
    node: node.id,
    reason,
    model: model?.id ?? node.model ?? "none",
    needs: [...feeders.keys()].filter((id) => context.steps.has(id)),
  };
  if (known && (reason === "locked" || reason === "up-to-date")) {
    const idle = { calls: 0, ...noCost, priceBasis: "list", expectedMs: 0 } as const;
    const { fingerprint } = known;
    return { step: { ...shared, ...idle, fingerprint, action: "reuse" }, costs: [], issues: [] };
  }
  const costs = costsOf(traced);
  const times = calls ? 1 : maxCalls(node, arriving);
  const count = costs.length * times;
  const step: Step = {
    ...shared,
    action: "run",
    calls: count,
    ...timesCost(costs.reduce(addCosts, noCost), times),
    priceBasis: model?.priceBasis ?? "list",
    expectedMs: (model?.expectedMs ?? 0) * Math.ceil(count / usualConcurrency),
    fingerprint,
  };
  const issues = [...checkFeeders(traced, feeders, context), ...checkCalls(traced)];
  return { step, costs, issues };
}

/** What each call costs where the calls are known, else the most that each for one set of inputs can cost. */
function costsOf({ node, model, settings, arriving, calls }: TracedNode): Cost[] {
  if (!model) return (calls ?? [node]).map(() => noCost);
  return calls
    ? calls.map((call) => costOfResolved(model, settings, call))
    : costsOfUnresolved(node.type, model, settings, arriving);
}

function reasonOf(
  { node, fingerprint, calls }: TracedNode,
  known: KnownResult | undefined,
  isAsked: boolean,
): StepReason {
  if (!known) return "first-run";
  if (node.isLocked) return "locked";
  if (isAsked) return "asked-again";
  if (calls === null) return "upstream-runs";
  return known.fingerprint === fingerprint ? "up-to-date" : "changed";
}

/** A node above that neither has a result nor gets one in this run. */
function checkFeeders(
  { node }: TracedNode,
  feeders: ReadonlyMap<string, string>,
  { graph, known, steps }: StepContext,
): Issue[] {
  return [...feeders].flatMap(([id, port]): Issue[] => {
    if (steps.has(id) || known.has(id)) return [];
    const source = indexGraph(graph).nodes.get(id);
    const remedy = source?.isLocked
      ? "Unlock it, then run it."
      : "Run it first, or run up to here.";
    const message = `"${source?.title ?? id}" has no result yet, and "${node.title}" needs it. ${remedy}`;
    return [{ code: "input-empty", nodeId: node.id, port, message }];
  });
}

function checkCalls({ node, model, arriving, calls }: TracedNode): Issue[] {
  const issues = checkArriving(node, model, arriving);
  if (issues.length > 0 || calls === null || !model) return issues;
  if (calls.length > 0) {
    return [...checkPrompt(node, model, calls), ...checkPictures(node, model, calls)];
  }
  const message = `The list that feeds "${node.title}" has no ticked items.`;
  return [{ code: "input-empty", nodeId: node.id, message }];
}
