import { checkGraph, checkOrder, checkSize } from "./check-graph.ts";
import { chooseNodes, missingTargets, type ChosenNodes } from "./choose-nodes.ts";
import { addCosts, noCost, type Cost } from "./cost.ts";
import type { HashText } from "./fingerprint.ts";
import type { Graph } from "./graph.ts";
import { graphLimits } from "./graph-limits.ts";
import { indexGraph } from "./index-graph.ts";
import type { Issue } from "./issue.ts";
import { makeStep, type StepContext } from "./make-step.ts";
import type { Model } from "./model.ts";
import { neededNodes } from "./needed-nodes.ts";
import { noPlan, type Plan, type Step } from "./plan.ts";
import type { RunTarget } from "./run-target.ts";
import { traceResults } from "./trace-results.ts";
import type { KnownResult } from "./version.ts";
import { ancestorsOf, sortNodes } from "./walk-graph.ts";

/** What a plan is made from, beside the graph. */
export interface PlanContext {
  readonly models: readonly Model[];
  /** The current result of each node that has one. */
  readonly known: ReadonlyMap<string, KnownResult>;
  readonly hashText: HashText;
  /** The nodes that were pointed at run even where their result still holds. */
  readonly isAgain: boolean;
}

/**
 * A plan, or what is wrong; with an issue the plan is empty and nothing may be spent. `costs`: what the calls
 * of each step cost at most, one after the other, and from the beginning again where there are more of them.
 */
export interface Planned {
  readonly plan: Plan;
  readonly costs: ReadonlyMap<string, readonly Cost[]>;
  readonly issues: readonly Issue[];
}

/**
 * Decides what a run does (product.md A4): which nodes run, which keep their result and why, what it
 * costs at most. Only what the run touches is judged, so trouble elsewhere on the board stops
 * nobody. Pure; the panel and the relay come to the same plan.
 */
export function planRun(graph: Graph, target: RunTarget, context: PlanContext): Planned {
  const early = checkTarget(graph, target);
  if (early.length > 0) return refuse(early);
  const chosen = chooseNodes(graph, target);
  const scope = new Set([...chosen.wanted, ...ancestorsOf(graph, chosen.wanted)]);
  const misordered = checkOrder(graph, scope);
  if (misordered.length > 0) return refuse(misordered);
  const { steps, costs, issues, judged } = makeSteps(graph, chosen, context);
  const all = [
    ...issues,
    ...checkGraph(graph, context.models, judged),
    ...checkSteps(graph, target, steps),
  ];
  return all.length > 0 ? refuse(all) : { plan: planOf(steps), costs, issues: [] };
}

function checkTarget(graph: Graph, target: RunTarget): Issue[] {
  const tooLarge = checkSize(graph);
  if (tooLarge.length > 0) return tooLarge;
  const [lost] = missingTargets(graph, target);
  if (lost === undefined) return [];
  const message = `The node ${lost} is not on the board any more.`;
  return [{ code: "node-missing", nodeId: lost, message }];
}

interface MadeSteps extends Pick<Planned, "costs"> {
  readonly steps: readonly Step[];
  readonly issues: readonly Issue[];
  /** What has to be right: the nodes that run, and the sources that feed the run. */
  readonly judged: ReadonlySet<string>;
}

function makeSteps(graph: Graph, chosen: ChosenNodes, context: PlanContext): MadeSteps {
  const known = new Map([...context.known].filter(([, result]) => result.items.length > 0));
  const { nodes } = indexGraph(graph);
  const isHeld = (id: string) => known.has(id) && nodes.get(id)?.isLocked === true;
  const needed = neededNodes(graph, chosen, isHeld);
  const visited = new Set([...needed.steps, ...needed.asTheyAre, ...needed.sources]);
  const trace = traceResults(graph, context.models, context.hashText);
  const steps = new Map<string, Step>();
  const costs = new Map<string, readonly Cost[]>();
  const issues: Issue[] = [];
  for (const id of sortNodes(graph, visited).order) {
    trace.visit(id, (traced) => {
      const own = known.get(id);
      // A locked node never runs; without a result those that need it are told so.
      if (needed.asTheyAre.has(id) || (traced.node.isLocked && !own)) return own?.items ?? null;
      const isAsked = context.isAgain && chosen.asked.has(id);
      const facts: StepContext = { graph, known, steps, isAsked };
      const made = makeStep(traced, facts);
      steps.set(id, made.step);
      costs.set(id, made.costs);
      issues.push(...made.issues);
      return made.step.action === "reuse" ? (own?.items ?? null) : null;
    });
  }
  const running = [...steps.values()].filter((step) => step.action === "run");
  const judged = new Set([...running.map((step) => step.node), ...needed.sources]);
  return { steps: [...steps.values()], costs, issues, judged };
}

function checkSteps(graph: Graph, target: RunTarget, steps: readonly Step[]): Issue[] {
  if (steps.length === 0) return [nothingToRun(graph, target)];
  const calls = steps.reduce((total, step) => total + step.calls, 0);
  if (calls <= graphLimits.calls) return [];
  const most = steps.reduce((one, other) => (other.calls > one.calls ? other : one));
  const title = indexGraph(graph).nodes.get(most.node)?.title ?? most.node;
  const message = `This run could make ${calls} calls, most of them in "${title}"; at most ${graphLimits.calls} are allowed at once. Use fewer items, or run a part of it.`;
  return [{ code: "limit", nodeId: null, message }];
}

function nothingToRun(graph: Graph, target: RunTarget): Issue {
  const nodeId = "node" in target ? target.node : null;
  const node = nodeId === null ? undefined : indexGraph(graph).nodes.get(nodeId);
  const message = node?.isLocked
    ? `"${node.title}" is locked and has no result. Unlock it to run it.`
    : "Nothing here runs. Point at a generator, or at something that feeds one.";
  return { code: "nothing-to-run", nodeId, message };
}

function planOf(steps: readonly Step[]): Plan {
  const endMs = new Map<string, number>();
  let expectedMs = 0;
  for (const step of steps) {
    const readyMs = step.needs.reduce((latest, id) => Math.max(latest, endMs.get(id) ?? 0), 0);
    endMs.set(step.node, readyMs + step.expectedMs);
    expectedMs = Math.max(expectedMs, readyMs + step.expectedMs);
  }
  return { steps: [...steps], ...steps.reduce(addCosts, noCost), expectedMs };
}

function refuse(issues: readonly Issue[]): Planned {
  const seen = new Set<string>();
  const once = issues.filter(({ code, nodeId, port, setting }) => {
    const key = JSON.stringify([code, nodeId, port, setting]);
    return seen.size < seen.add(key).size;
  });
  return { plan: noPlan, costs: new Map(), issues: once };
}

/**
 * The nodes whose result does not fit their inputs and settings any more, by their own change or by
 * that of something above them (product.md A4.6). A node without a result is not stale but empty; a
 * locked one is never stale; on and below a circle nothing can be told.
 */
export function findStale(graph: Graph, context: Omit<PlanContext, "isAgain">): Set<string> {
  const trace = traceResults(graph, context.models, context.hashText);
  const stale = new Set<string>();
  for (const id of sortNodes(graph).order) {
    trace.visit(id, ({ fingerprint, node }) => {
      const known = context.known.get(id);
      if (!known || known.items.length === 0) return null;
      if (node.isLocked || known.fingerprint === fingerprint) return known.items;
      stale.add(id);
      return null;
    });
  }
  return stale;
}
