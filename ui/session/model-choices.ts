import { priceTextOf } from "#domain/call-cost";
import { checkGraph } from "#domain/check-graph";
import type { Graph, Node } from "#domain/graph";
import type { Model } from "#domain/model";
import { arrivingAt, measureOutputs } from "#domain/node-output";
import { effectiveSettings, modelFor, modelsOfTask } from "#domain/settings";
import { ancestorsOf } from "#domain/walk-graph";
import type { ModelChoice } from "../node-view.ts";
import type { StillFacts } from "./flow-facts.ts";
import { rememberByFacts } from "./remember-by-facts.ts";

/** The models that a node can run on, those first that can run now; each that does not fit here with the reason. */
export const modelChoices = rememberByFacts(choicesOf, (node: Node) => node.id);

function choicesOf({ graph, models }: StillFacts, node: Node): ModelChoice[] {
  const around = upTo(graph, node);
  const chosen = modelFor(node, models);
  const outputs = measureOutputs(
    around,
    (each) => effectiveSettings(each, modelFor(each, models)).settings,
  );
  const arriving = arrivingAt(graph, node.id, outputs);
  const choices = modelsOfTask(node, models);
  const isReady = ({ unavailable }: Model) => unavailable === null;
  const inOrder = [...choices.filter(isReady), ...choices.filter((model) => !isReady(model))];
  return inOrder.map((model) => {
    const { settings } = effectiveSettings({ ...node }, model);
    return {
      id: model.id,
      title: model.title,
      provider: model.provider,
      description: model.description,
      priceText: priceTextOf(node.type, model, settings, arriving),
      unfit: model.unavailable ?? reasonUnfit(around, node, model, models),
      isChosen: model === chosen,
    };
  });
}

/** As much of the graph as decides what arrives at a node. */
function upTo(graph: Graph, node: Node): Graph {
  const ids = ancestorsOf(graph, [node.id]).add(node.id);
  return {
    nodes: graph.nodes.filter(({ id }) => ids.has(id)),
    connections: graph.connections.filter(({ to }) => ids.has(to.node)),
  };
}

function reasonUnfit(
  graph: Graph,
  node: Node,
  model: Model,
  models: readonly Model[],
): string | null {
  const nodes = graph.nodes.map((each) =>
    each.id === node.id ? { ...each, model: model.id } : each,
  );
  const issues = checkGraph({ ...graph, nodes }, models, new Set([node.id]));
  return issues.find(({ code }) => code === "model-unfit")?.message ?? null;
}
