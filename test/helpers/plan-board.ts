import { expect } from "vitest";
import type { Graph } from "#domain/graph";
import { noPlan } from "#domain/plan";
import type { RunTarget } from "#domain/run-target";
import { planRun, type PlanContext } from "#domain/plan-run";
import type { KnownResult } from "#domain/version";
import { buildGraph, changeNode, hashText } from "./build-graph.ts";
import { executePlan } from "./execute-plan.ts";
import { testModels } from "./test-models.ts";

const nothing: ReadonlyMap<string, KnownResult> = new Map();
/** A plan with the models for tests; nothing is known unless it is said. */
export const plan = (graph: Graph, target: RunTarget, changes: Partial<PlanContext> = {}) =>
  planRun(graph, target, {
    models: testModels,
    known: nothing,
    hashText,
    isAgain: false,
    ...changes,
  });
/** Each step as "node: action, reason". */
export const steps = (graph: Graph, target: RunTarget, changes: Partial<PlanContext> = {}) => {
  const made = plan(graph, target, changes);
  expect(made.issues).toEqual([]);
  return made.plan.steps.map((step) => `${step.node}: ${step.action}, ${step.reason}`);
};
/** What stops a plan, each as "code node port"; the plan is then empty. */
export const complaints = (graph: Graph, target: RunTarget, changes: Partial<PlanContext> = {}) => {
  const made = plan(graph, target, changes);
  expect(made.plan).toEqual(noPlan);
  return made.issues.map(({ code, nodeId, port }) =>
    [code, nodeId, port].filter(Boolean).join(" "),
  );
};
/** What everything knows after all of it ran. */
export const ran = (graph: Graph) =>
  executePlan(graph, plan(graph, { mode: "all" }).plan, testModels, nothing, (most) => most).known;
/** The board with another prompt in a node. */
export const changed = (graph: Graph, id: string) =>
  changeNode(graph, id, (node) => ({ ...node, settings: { ...node.settings, prompt: "new" } }));
/** The board with a node locked. */
export const lock = (graph: Graph, id: string) =>
  changeNode(graph, id, (node) => ({ ...node, isLocked: true }));

/** t -> a -> b -> c, and a -> side; apart from them: lone. */
export const board = buildGraph()
  .text("t")
  .image("a")
  .image("b")
  .image("c")
  .upscaler("side")
  .image("lone")
  .join("t", "a")
  .join("a", "b", "references")
  .join("b", "c", "references")
  .join("a", "side")
  .done();
