import { checkModelNeeds } from "./check-model-needs.ts";
import type { Graph, Node } from "./graph.ts";
import { graphLimits } from "./graph-limits.ts";
import type { Issue } from "./issue.ts";
import type { Model } from "./model.ts";
import type { NodeOutput } from "./node-output.ts";
import { definitionOf } from "./nodes/index.ts";
import { ownValue } from "./own-value.ts";
import { modelFor } from "./settings.ts";
import { tickedItems } from "./ticked-items.ts";
import { inputsOf } from "./walk-graph.ts";

/** What is wrong with a node beside its settings and connections: its model, what it lacks, its size. */
export function checkNode(
  graph: Graph,
  node: Node,
  models: readonly Model[],
  outputs: ReadonlyMap<string, NodeOutput>,
): Issue[] {
  const model = modelFor(node, models);
  return [
    ...checkModel(node, model),
    ...checkNeeds(graph, node, model),
    ...checkLength(node, outputs),
  ];
}

function checkModel(node: Node, model: Model | null): Issue[] {
  const { task, title } = definitionOf(node.type);
  if (task === null) return [];
  const issue = (code: Issue["code"], message: string): Issue[] => [
    { code, nodeId: node.id, setting: "model", message },
  ];
  if (!model) {
    return node.model === null
      ? issue("model-unavailable", `${title} needs a provider: no model here can do it yet.`)
      : issue("model-unknown", `The model "${node.model}" is not known here. Choose another.`);
  }
  if (model.task !== task) {
    return issue(
      "model-unfit",
      `${model.title} cannot be used for ${title}. Choose another model.`,
    );
  }
  return model.unavailable === null ? [] : issue("model-unavailable", model.unavailable);
}

/** Required inputs, the inputs or settings of which one must be there, and what the model asks for. */
function checkNeeds(graph: Graph, node: Node, model: Model | null): Issue[] {
  const { inputs, params, needsOneOf, emptyHint } = definitionOf(node.type);
  const connected = new Set(inputsOf(graph, node.id).map((connection) => connection.to.port));
  const common = { code: "input-missing", nodeId: node.id, message: emptyHint } as const;
  const missing = Object.keys(inputs).find(
    (port) => inputs[port]?.isRequired === true && !connected.has(port),
  );
  if (missing !== undefined) return [{ ...common, port: missing }];
  const isThere = (name: string) => connected.has(name) || isFilled(node, name);
  if (needsOneOf.length === 0 || needsOneOf.some(isThere)) {
    return model ? checkModelNeeds(node, model, isThere) : [];
  }
  const port = needsOneOf.find((name) => ownValue(inputs, name) !== undefined);
  const setting = needsOneOf.find((name) => ownValue(params, name) !== undefined);
  return [
    { ...common, ...(port !== undefined && { port }), ...(setting !== undefined && { setting }) },
  ];
}

function isFilled(node: Node, name: string): boolean {
  const value = ownValue(node.settings, name);
  if (typeof value === "string") return value.trim() !== "";
  if (Array.isArray(value)) return tickedItems(value).length > 0;
  return value !== undefined && value !== null;
}

/** Lists that feed lists multiply. */
function checkLength(node: Node, outputs: ReadonlyMap<string, NodeOutput>): Issue[] {
  const items = outputs.get(node.id)?.maxItems ?? 0;
  if (node.type !== "list" || items <= graphLimits.calls) return [];
  const message = `"${node.title}" would hold ${items} items; at most ${graphLimits.calls} can travel at once.`;
  return [{ code: "limit", nodeId: node.id, message }];
}
