import { costSentence } from "#domain/cost";
import type { Node } from "#domain/graph";
import { outputTypesOf } from "#domain/node-output";
import { definitionOf, nodeTypes } from "#domain/nodes/index";
import { accepts } from "#domain/port";
import { readOutputRecord } from "#domain/read-records";
import { modelFor } from "#domain/settings";
import type { Version } from "#domain/version";
import type { NodeAction, NodeView } from "../node-view.ts";
import type { FlowFacts } from "./flow-facts.ts";
import { modelChoices } from "./model-choices.ts";
import { nodeFields, problemsBeside } from "./node-fields.ts";
import { connectableNodes, nodeReferences, type LookUp } from "./node-references.ts";
import { nodeVersions } from "./node-versions.ts";
import { layersOfResults, resultLayers } from "./result-layers.ts";
import { runButton, type RunState } from "./run-button.ts";
import { failedTurnOf, statusOfNode } from "./status-of-node.ts";
import { isGoing } from "./tracked-run.ts";

/** What a node is shown with, beside the facts of its flow. */
export interface NodeContext {
  /** All its kept results, newest first; null while they are fetched. */
  readonly versions: readonly Version[] | null;
  readonly run: RunState;
  readonly nowMs: number;
  readonly lookUp: LookUp;
}

/** Everything that the Node tab shows of a node. Pure but for what `lookUp` looks up. */
export function viewOfNode(facts: FlowFacts, node: Node, context: NodeContext): NodeView {
  const { title, task } = definitionOf(node.type);
  const issues = facts.issues.get(node.id) ?? [];
  const fields = nodeFields(shownNode(facts, node), modelFor(node, facts.models), issues);
  const newest = facts.versions.get(node.id);
  const versions = context.versions ?? (newest ? [newest] : []);
  const layers = resultLayers(facts.page);
  const turn = facts.turns.get(node.id);
  return {
    id: node.id,
    type: node.type,
    typeTitle: title,
    title: node.title,
    isLocked: node.isLocked,
    status: statusOfNode(facts, node),
    actions: actionsOf(facts, node),
    references: nodeReferences(facts, node, context.lookUp),
    ...fields,
    models: task === null ? [] : modelChoices(facts, node),
    problems: problemsBeside(issues, fields),
    failure: failureOf(facts, node),
    placement: task === null ? null : placementOf(facts, node),
    versions: nodeVersions(versions, { ...context, models: facts.models, layers }),
    isLoadingVersions: task !== null && context.versions === null,
    run: runButton(facts, [node], context.run),
    activeRun: turn && isGoing(turn) ? turn.tracked.summary.id : null,
    connectable: connectableNodes(facts, node),
    nextTypes: nextTypes(facts, node),
  };
}

/** The picture of a layer is no setting that a person made: the form shows the node as it was stored. */
function shownNode({ board }: FlowFacts, node: Node): Node {
  return board.graph.nodes.find(({ id }) => id === node.id) ?? node;
}

function actionsOf(facts: FlowFacts, node: Node): NodeAction[] {
  const { params, task } = definitionOf(node.type);
  const isRunnable = task !== null;
  const hasFile = Object.values(params).some(({ control }) => control === "asset");
  const hasResult = (facts.versions.get(node.id)?.items.length ?? 0) > 0;
  return [
    "show",
    "duplicate",
    ...(nextTypes(facts, node).length > 0 ? ["add-next" as const] : []),
    ...(hasFile ? ["replace" as const] : []),
    ...(isRunnable && hasResult ? ["download" as const] : []),
    ...(layersOfResults(facts.page, node.id).length > 0 ? ["reset" as const] : []),
    ...(isRunnable ? [node.isLocked ? ("unlock" as const) : ("lock" as const)] : []),
    "delete",
  ];
}

function failureOf(facts: FlowFacts, node: Node): NodeView["failure"] {
  const step = failedTurnOf(facts, node)?.step;
  if (!step?.failure) return null;
  return { text: step.failure.message, costText: costSentence(step, step.priceBasis) };
}

function placementOf({ page }: FlowFacts, { id }: Node): "stack" | "replace" {
  const layer = page.layers.find((each) => each.id === id);
  const mode = layer ? readOutputRecord(layer).value?.mode : undefined;
  return mode === "replace" ? "replace" : "stack";
}

function nextTypes({ graph }: FlowFacts, node: Node): NodeView["nextTypes"] {
  const given = outputTypesOf(graph, node);
  return nodeTypes
    .map((type) => ({ type, ...definitionOf(type) }))
    .filter(({ inputs }) => Object.values(inputs).some((input) => accepts(input, given)))
    .map(({ type, title }) => ({ type, title }));
}
