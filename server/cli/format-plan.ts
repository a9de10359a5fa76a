import type { Graph } from "#domain/graph";
import type { Model } from "#domain/model";
import { formatCeiling, formatCost, isFree } from "#domain/cost";
import { basisOf, type Plan, type StepReason } from "#domain/plan";
import { alignColumns } from "./format-table.ts";

const reasons: Readonly<Record<StepReason, string>> = {
  "first-run": "first run",
  changed: "input or setting changed",
  "upstream-runs": "a node above it runs",
  "asked-again": "asked again",
  "up-to-date": "up to date",
  locked: "locked",
};

/** A plan as lines for people: each step with what it does, why, by which model and for how much. */
export function formatPlan(graph: Graph, models: readonly Model[], plan: Plan): string[] {
  const titles = new Map(graph.nodes.map((node) => [node.id, node.title]));
  const names = new Map(models.map((model) => [model.id, model.title]));
  const rows = plan.steps.map((step) => [
    step.action === "run" ? "run" : "reuse",
    titles.get(step.node) ?? step.node,
    step.action === "run" ? (names.get(step.model) ?? step.model) : "",
    step.calls > 1 ? `up to ${step.calls} calls` : "",
    step.action === "run" ? formatCost(step, step.priceBasis) : "",
    `(${reasons[step.reason]})`,
  ]);
  return [...alignColumns(rows), priceOf(plan)];
}

function priceOf(plan: Plan): string {
  const basis = basisOf(plan);
  if (!isFree(plan)) return `It costs ${formatCeiling(plan, basis)}.`;
  return basis === "unknown" ? "What it costs is not known." : "It costs nothing.";
}
