import type { SavedWorkflow } from "#domain/workflow";
import type { Handler } from "../handler.ts";
import { readApiGraph, type ApiGraph } from "../providers/comfyui/api-graph.ts";
import { readWorkflow } from "../providers/comfyui/read-workflow.ts";
import { Refusal } from "../refusal.ts";
import { listWorkflows, removeWorkflow, saveWorkflow } from "../store/workflows.ts";
import type { RouteParts } from "./route-parts.ts";

/** The workflows of the team, and whether they can run. */
export function workflows({ store, comfyUi }: RouteParts): Handler<"workflows"> {
  return async ({ caller }) => {
    const kept = await listWorkflows(store.database, caller.team);
    return { workflows: kept.map(shown), unavailable: await comfyUi.unavailable() };
  };
}

/** What can be chosen in a workflow. */
export function workflowRead({ comfyUi }: RouteParts): Handler<"workflowRead"> {
  return async ({ body }) => readWorkflow(parsed(body.workflow), await comfyUi.info());
}

/** Keeps a workflow. */
export function workflowSave({ store, newId }: RouteParts): Handler<"workflowSave"> {
  return async ({ caller, body }) => {
    const { id: stated, workflow, ...use } = body;
    const graph = parsed(workflow);
    const { inputs, outputs } = readWorkflow(graph, null);
    const has = (node: string, input: string) =>
      inputs.some((each) => each.node === node && each.input === input);
    const stray = use.inputs.find(({ node, input }) => !has(node, input));
    if (stray) {
      throw new Refusal("request-invalid", `The workflow has no input "${stray.label}".`);
    }
    if (!outputs.some(({ node }) => node === use.output) && !graph[use.output]) {
      throw new Refusal("request-invalid", "Choose the node whose result is taken.");
    }
    const id = stated ?? newId().slice(-16);
    const kept = { ...use, graph };
    await store.transaction((transaction) => saveWorkflow(transaction, caller.team, id, kept));
    return { id, title: use.title };
  };
}

/** Takes a workflow away; nodes that use it say so. */
export function workflowRemove({ store }: RouteParts): Handler<"workflowRemove"> {
  return async ({ caller, path }) => {
    const id = path["workflow"] ?? "";
    const isGone = await store.transaction((transaction) =>
      removeWorkflow(transaction, caller.team, id),
    );
    if (!isGone) throw new Refusal("not-found", "There is no such workflow.");
    return {};
  };
}

function parsed(workflow: unknown): ApiGraph {
  const graph = readApiGraph(workflow);
  if (typeof graph === "string") throw new Refusal("request-invalid", graph);
  return graph;
}

function shown({ id, title }: SavedWorkflow): SavedWorkflow {
  return { id, title };
}
