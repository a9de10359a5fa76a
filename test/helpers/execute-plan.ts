import { costOfResolved } from "#domain/call-cost";
import { addCosts, noCost, type Cost } from "#domain/cost";
import { fingerprintOf } from "#domain/fingerprint";
import type { Graph, Node } from "#domain/graph";
import type { Item } from "#domain/item";
import type { Model } from "#domain/model";
import { isListOutput } from "#domain/node-output";
import { definitionOf } from "#domain/nodes/index";
import type { Plan } from "#domain/plan";
import { itemsOfSource, resolveCalls, type ArrivedItems } from "#domain/resolve-inputs";
import { effectiveSettings, modelFor } from "#domain/settings";
import type { KnownResult } from "#domain/version";
import { inputsOf, sortNodes } from "#domain/walk-graph";
import { assetItem, hashText, textItem } from "./build-graph.ts";

/** What an execution of a plan came to. */
export interface Executed {
  /** The nodes whose model was called, in order. */
  readonly called: readonly string[];
  readonly cost: Cost;
  /** What each call of a node that was called cost. */
  readonly costs: ReadonlyMap<string, readonly Cost[]>;
  /** The results afterwards, those from before among them. */
  readonly known: ReadonlyMap<string, KnownResult>;
}

/**
 * Executes a plan the plain way: node by node in the order of the graph, every call answered with at
 * least one item and at most as many as were asked for; `pick(most)` decides how many, from 1.
 */
export function executePlan(
  graph: Graph,
  plan: Plan,
  models: readonly Model[],
  before: ReadonlyMap<string, KnownResult>,
  pick: (most: number) => number,
): Executed {
  const steps = new Map(plan.steps.map((step) => [step.node, step]));
  const known = new Map(before);
  const items = new Map<string, readonly Item[]>();
  const called: string[] = [];
  const costs = new Map<string, readonly Cost[]>();
  for (const id of sortNodes(graph).order) {
    const node = graph.nodes.find((each) => each.id === id)!;
    const inputs = arrivedAt(graph, id, items);
    if (definitionOf(node.type).task === null) {
      items.set(id, itemsOfSource(node, inputs));
      continue;
    }
    if (steps.get(id)?.action === "run") {
      const made = callModel(node, models, inputs, pick);
      known.set(id, made.result);
      called.push(id);
      costs.set(id, made.costs);
    }
    items.set(id, known.get(id)?.items ?? []);
  }
  return { called, cost: [...costs.values()].flat().reduce(addCosts, noCost), costs, known };
}

function arrivedAt(
  graph: Graph,
  id: string,
  items: ReadonlyMap<string, readonly Item[]>,
): Record<string, ArrivedItems[]> {
  const inputs: Record<string, ArrivedItems[]> = {};
  for (const { from, to } of inputsOf(graph, id)) {
    const isList = isListOutput(graph, { id: from.node });
    (inputs[to.port] ??= []).push({ isList, items: items.get(from.node) ?? [] });
  }
  return inputs;
}

function callModel(
  node: Node,
  models: readonly Model[],
  inputs: Record<string, ArrivedItems[]>,
  pick: (most: number) => number,
) {
  const model = modelFor(node, models)!;
  const { settings } = effectiveSettings(node, model);
  const calls = resolveCalls(node, model, settings, inputs);
  const fingerprint = fingerprintOf({ type: node.type, model, settings, calls }, hashText);
  const most = typeof settings["count"] === "number" ? settings["count"] : 1;
  const items = calls.flatMap((_, call) =>
    Array.from({ length: pick(most) }, (_each, at) => itemOf(node, `${fingerprint} ${call} ${at}`)),
  );
  const costs = calls.map((call) => costOfResolved(model, settings, call));
  return { result: { fingerprint, items }, costs };
}

function itemOf(node: Node, name: string): Item {
  const [type] = definitionOf(node.type).output.types;
  if (type === "text") return textItem(name);
  return assetItem(
    name,
    type === "video" ? "video/mp4" : type === "audio" ? "audio/mpeg" : "image/png",
  );
}
