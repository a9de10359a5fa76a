import { formatCost } from "#domain/cost";
import type { Graph, Node } from "#domain/graph";
import { definitionOf } from "#domain/nodes/index";
import type { RunTarget } from "#domain/run-target";
import { basisOf } from "#domain/plan";
import { planRun, type Planned } from "#domain/plan-run";
import { outputsOf } from "#domain/walk-graph";
import type { RunButtonView } from "../node-view.ts";
import type { FlowFacts } from "./flow-facts.ts";
import { hashText } from "./hash.ts";
import { rememberByFacts } from "./remember-by-facts.ts";

/** What stands in the way of every run, in a sentence; null when nothing does. */
export interface RunState {
  readonly obstacle: string | null;
  /** A run is being prepared. */
  readonly isBusy: boolean;
}

interface Mode {
  readonly target: RunTarget;
  readonly label: string;
}

/** A run as it is asked for. */
interface Asked {
  readonly target: RunTarget;
  readonly isAgain: boolean;
}

/** The plan of a run as far as this panel can tell; the relay plans again. */
export const planHere = rememberByFacts(
  ({ graph, models, versions: known }, { target, isAgain }: Asked): Planned => {
    return planRun(graph, target, { models, known, hashText, isAgain });
  },
  (asked) => JSON.stringify(asked),
);

/**
 * The run button of a node, and of several. The first mode is what the button does: what is asked
 * most, or else the first that can be done at all.
 */
export function runButton(
  facts: FlowFacts,
  nodes: readonly Node[],
  state: RunState,
): RunButtonView | null {
  const [first] = nodes;
  const modes = nodes.length > 1 ? modesOfSeveral(nodes) : first ? modesOf(facts.graph, first) : [];
  if (modes.length === 0) return null;
  const planned = withoutTwins(
    modes.map((mode) => ({
      ...mode,
      planned: planHere(facts, { target: mode.target, isAgain: false }),
    })),
  );
  const problemOf = (each: Planned) => state.obstacle ?? each.issues[0]?.message ?? null;
  const usual = planned[0];
  const open = planned.find((mode) => mode.planned.issues.length === 0);
  const best = usual && isForWantOfResults(usual.planned) ? (open ?? usual) : usual;
  if (!best) return null;
  const sorted = [best, ...planned.filter((mode) => mode !== best)];
  const { plan, issues } = best.planned;
  const isReady = issues.length === 0;
  const isDone = isReady && plan.steps.every(({ action }) => action === "reuse");
  return {
    label: isDone ? "Up to date" : best.target.mode === "this-node" ? "Run" : best.label,
    priceText: isReady && !isDone ? formatCost(plan, basisOf(plan)) : null,
    problem: problemOf(best.planned),
    isBusy: state.isBusy,
    modes: sorted.map((mode) => ({
      target: mode.target,
      label: mode.label,
      problem: problemOf(mode.planned),
    })),
  };
}

function modesOfSeveral(nodes: readonly Node[]): Mode[] {
  const target: RunTarget = { mode: "selected", nodes: nodes.map(({ id }) => id) };
  return [
    { target, label: "Run selected" },
    { target: { mode: "all" }, label: "Run all" },
  ];
}

/** A source runs nothing itself: only what it feeds. */
function modesOf(graph: Graph, { id, type }: Node): Mode[] {
  const isRunnable = definitionOf(type).task !== null;
  const feeds = outputsOf(graph, id).length > 0;
  if (!isRunnable && !feeds) return [];
  const own: Mode[] = [
    { target: { mode: "this-node", node: id }, label: "This node only" },
    { target: { mode: "up-to-here", node: id }, label: "Run up to here" },
  ];
  return [
    ...(isRunnable ? own : []),
    ...(feeds
      ? [{ target: { mode: "from-here", node: id }, label: "Run from here" } as const]
      : []),
    { target: { mode: "all" }, label: "Run all" },
  ];
}

interface PlannedMode extends Mode {
  readonly planned: Planned;
}

/** A mode that would do the same as one before it is no choice. */
function withoutTwins(modes: readonly PlannedMode[]): PlannedMode[] {
  const keyOf = ({ planned: { plan } }: PlannedMode) =>
    plan.steps.map(({ node }) => node).join(" ");
  const seen = new Set<string>();
  return modes.filter((mode) => {
    const key = keyOf(mode);
    return key === "" || seen.size < seen.add(key).size;
  });
}

/** Whether all that is missing are results that a longer run would make. */
function isForWantOfResults({ issues }: Planned): boolean {
  return issues.length > 0 && issues.every(({ code }) => code === "input-empty");
}
