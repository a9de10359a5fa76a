import type { Model, Task } from "#domain/model";
import { largestSeed, type Param } from "#domain/param";
import { free } from "#domain/price";
import type { SavedWorkflow } from "#domain/workflow";
import type { BoundInput, WorkflowUse } from "#domain/workflow-use";
import { ownValueOf, type ApiGraph } from "./api-graph.ts";
import { inputInfoOf, type InputInfo, type ObjectInfo } from "./object-info.ts";
import { readWorkflow } from "./read-workflow.ts";

/** A workflow that a team keeps, with the workflow itself. */
export interface KeptWorkflow extends SavedWorkflow, WorkflowUse {
  readonly graph: ApiGraph;
  /** Changes with every change of it. */
  readonly revision: number;
}

const longestText = 8_000;
const mostOfUnknown = 1_000_000;

/** The input of a node of ours that a role is filled from, by task. */
const portOf: Readonly<Record<string, string>> = {
  prompt: "prompt",
  reference: "references",
  mask: "mask",
  first: "first",
  last: "last",
  sound: "audio",
};

/** The name of a node's setting for an input of a workflow. */
export function settingNameOf({ node, input }: Pick<BoundInput, "node" | "input">): string {
  return `${node}.${input}`;
}

/**
 * A workflow as a model: its price is nothing, its params are the inputs that were made settings, with
 * what the server says of them. `unavailable` where the server that runs it does not answer.
 */
export function workflowModel(
  workflow: KeptWorkflow,
  info: ObjectInfo | null,
  unavailable: string | null,
): Model {
  const { id, title, graph, inputs, revision } = workflow;
  const task = taskOf(workflow);
  const taken = inputs.flatMap(({ role }) => portOf[role] ?? []);
  const counts = new Map<string, number>();
  for (const port of taken.filter((each) => isPortOf(task, each))) {
    counts.set(port, port === "prompt" ? 99 : (counts.get(port) ?? 0) + 1);
  }
  return {
    id: `comfyui:${id}`,
    provider: "comfyui",
    title,
    description: "A workflow of your own, run by your ComfyUI.",
    task,
    fidelity: "generated",
    version: String(revision),
    inputs: Object.fromEntries(counts),
    limits: {},
    outputsPerCall: 1,
    maxPromptCharacters: longestText,
    params: Object.fromEntries(
      inputs
        .filter(({ role }) => role === "setting")
        .map((bound) => [settingNameOf(bound), paramOf(bound, graph, info)]),
    ),
    price: free,
    priceBasis: "list",
    expectedMs: 30_000,
    unavailable,
    isRetired: false,
    source: "Your own workflow.",
  };
}

/** What a workflow makes, by the node whose result is taken. */
export function taskOf({ graph, output }: Pick<KeptWorkflow, "graph" | "output">): Task {
  const { outputs } = readWorkflow(graph, null);
  return outputs.find(({ node }) => node === output)?.kind ?? "image";
}

function isPortOf(task: Task, port: string): boolean {
  if (port === "prompt") return true;
  if (task === "image") return port === "references" || port === "mask";
  return task === "video" && port !== "mask";
}

function paramOf(bound: BoundInput, graph: ApiGraph, info: ObjectInfo | null): Param {
  const node = graph[bound.node];
  const value = node ? ownValueOf(node, bound.input) : null;
  const told = node && info ? inputInfoOf(info, node.class_type, bound.input) : null;
  const { label } = bound;
  if (typeof value === "boolean") return { control: "switch", label, default: value };
  if (typeof value === "number") return numberParam(label, value, told);
  const text = value ?? "";
  if (told?.kind === "choice" && told.values.length > 0) {
    const values = told.values.includes(text) ? told.values : [text, ...told.values];
    return {
      control: "choice",
      label,
      options: values.map((each) => ({ value: each, label: each })),
      default: text,
    };
  }
  return { control: "text", label, maxCharacters: longestText, default: text };
}

/** The workflow's own value is always allowed, whatever the server says of the range and its steps. */
function numberParam(label: string, value: number, told: InputInfo | null): Param {
  const range = told?.kind === "number" ? told : null;
  const isWhole = range?.isWhole ?? Number.isInteger(value);
  const step = range?.step ?? (isWhole ? 1 : 0.01);
  const least = Math.max(range?.min ?? -mostOfUnknown, -largestSeed);
  const most = Math.min(range?.max ?? mostOfUnknown, largestSeed);
  // Counted from the value itself, so that it lies on a step.
  const min = value - Math.floor(Math.max(0, value - least) / step) * step;
  return { control: "number", label, min, max: Math.max(most, value), step, default: value };
}
