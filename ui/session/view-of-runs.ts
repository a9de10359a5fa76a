import { dearestOf, formatCost, isFree, type PriceBasis } from "#domain/cost";
import { indexGraph } from "#domain/index-graph";
import { ownValue } from "#domain/own-value";
import type { Graph } from "#domain/graph";
import { basisOf, type Step } from "#domain/plan";
import type { RunSummary } from "#domain/relay";
import { outcomeOf, type Outcome, type RunStep } from "#domain/run";
import type { RunStepView, RunView } from "../panel-view.ts";
import { isRunning, type TrackedRun } from "./tracked-run.ts";
import { formatMoment, outcomeTexts, runningText, skippedText } from "./words.ts";

/** The runs of a file as the Runs tab shows them, newest first. */
export function viewOfRuns(
  runs: readonly TrackedRun[],
  graph: Graph | null,
  nowMs: number,
): RunView[] {
  return runs.map((tracked) => viewOfRun(tracked, graph, nowMs));
}

function viewOfRun(tracked: TrackedRun, graph: Graph | null, nowMs: number): RunView {
  const { summary, run } = tracked;
  const outcome = outcomeOfTracked(tracked);
  const isHeard = run.lastEvent > 0;
  const steps = summary.plan.steps.map((step) =>
    viewOfStep(step, isHeard ? ownValue(run.steps, step.node) : undefined, graph),
  );
  return {
    id: summary.id,
    outcome,
    outcomeText: run.isStopping && outcome === "running" ? "Stopping" : outcomeTexts[outcome],
    startedText: formatMoment(summary.startedAtMs, nowMs),
    startedBy: summary.startedBy,
    costText: formatCost(dearestOf(summary, run), isHeard ? run.priceBasis : basisSoFar(summary)),
    canCancel: isRunning(tracked),
    isStopping: run.isStopping,
    steps,
  };
}

/** The events know more than the summary; before they were heard the summary alone speaks. */
function outcomeOfTracked({ summary, run }: TrackedRun): Outcome {
  if (run.lastEvent > 0 && run.state !== "running") return outcomeOf(run);
  if (summary.state === "running" || summary.state === "cancelled") return summary.state;
  return summary.state === "done" ? "completed" : "failed";
}

function viewOfStep(step: Step, told: RunStep | undefined, graph: Graph | null): RunStepView {
  const node = graph ? indexGraph(graph).nodes.get(step.node) : undefined;
  const state = told?.state ?? (step.action === "reuse" ? "reused" : "waiting");
  return {
    node: step.node,
    title: node?.title ?? "A node that is not on this page",
    type: node?.type ?? "media",
    state,
    stateText: stateText(state, told, graph),
    done: told?.done ?? null,
    failure: told?.failure?.message ?? null,
    costText: told && isWorthTelling(told) ? formatCost(told, told.priceBasis) : "",
  };
}

function isWorthTelling(told: RunStep): boolean {
  return !isFree(told) || told.state === "failed" || told.priceBasis === "unknown";
}

/** Of what has ended; nothing has been paid of the rest. */
function basisSoFar({ state, plan }: RunSummary): PriceBasis {
  return state === "running" ? "list" : basisOf(plan);
}

function stateText(
  state: RunStepView["state"],
  told: RunStep | undefined,
  graph: Graph | null,
): string {
  switch (state) {
    case "waiting":
      return "Queued";
    case "running":
      return runningText(told);
    case "done":
      return "Done";
    case "failed":
      return "Failed";
    case "reused":
      return "Up to date";
    case "skipped":
      return skippedText(told?.because, graph);
  }
}
