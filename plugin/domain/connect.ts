import type { Connection, Graph, Node } from "./graph.ts";
import { indexGraph } from "./index-graph.ts";
import { outputTypesOf } from "./node-output.ts";
import type { Model } from "./model.ts";
import { definitionOf } from "./nodes/index.ts";
import { ownValue } from "./own-value.ts";
import { accepts, withArticle, type Input, type PortType } from "./port.ts";
import { modelsOfTask } from "./settings.ts";
import { descendantsOf, inputsOf } from "./walk-graph.ts";

/** The longest label of a connector that is read as the name of an input. */
const longestLabel = 40;

/** Other words that people write on a connector, and the input they mean. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  start: ["first"],
  end: ["last"],
  image: ["image", "references", "reference"],
  picture: ["image", "references", "reference"],
  reference: ["references", "reference"],
  references: ["references", "reference"],
  style: ["references", "reference"],
  text: ["text", "prompt"],
  script: ["prompt"],
  prompt: ["prompt", "text"],
  sound: ["audio"],
};

/** An input that a connection may enter, or the reason why there is none. */
export type ChosenPort = { readonly port: string } | { readonly reason: string };

/**
 * Why an output may not enter an input, in a sentence, or null when it may: the one rule of
 * connections, for the canvas, the panel and the relay alike.
 */
export function reasonAgainst(
  graph: Graph,
  from: Connection["from"],
  to: Connection["to"],
  models: readonly Model[],
): string | null {
  const { nodes } = indexGraph(graph);
  const source = nodes.get(from.node);
  const target = nodes.get(to.node);
  if (!source || !target) return "One of the two nodes is gone.";
  if (source.id === target.id) return "A node cannot feed itself.";
  const input = inputOf(target, to.port);
  if (!input) return `${nameOf(target)} has no input "${to.port}".`;
  if (definitionOf(source.type).output.port !== from.port) {
    return `${nameOf(source)} has no output "${from.port}".`;
  }
  const types = outputTypesOf(graph, source);
  const refusal = refuseType(target, input, types) ?? refuseMixing(graph, target, types);
  if (refusal !== null) return refusal;
  const there = inputsOf(graph, to.node).filter((each) => each.to.port === to.port);
  if (there.some((each) => each.from.node === from.node)) return "They are already connected.";
  if (isFull(input, there.length)) return fullSentence(target, input);
  const tooMany = refuseByModels(target, to.port, there.length + 1, models);
  if (tooMany !== null) return tooMany;
  if (descendantsOf(graph, [target.id]).has(source.id)) {
    return `That would close a circle: ${nameOf(source)} already depends on ${nameOf(target)}.`;
  }
  return null;
}

/** Why an input takes none of these types, or null. */
export function refuseType(target: Node, input: Input, types: readonly PortType[]): string | null {
  if (accepts(input, types)) return null;
  const [first] = types;
  const title = definitionOf(target.type).title;
  if (first === undefined) return `${article(title)} takes nothing of that kind.`;
  const isTaken = Object.values(definitionOf(target.type).inputs).some((each) =>
    accepts(each, types),
  );
  return isTaken
    ? `The input "${input.label}" takes ${input.accepts.map(withArticle).join(" or ")}, not ${withArticle(first)}.`
    : `${article(title)} takes no ${first}.`;
}

/** A list holds one type, which is settled by the first thing in it (product.md A2.10). */
function refuseMixing(graph: Graph, target: Node, types: readonly PortType[]): string | null {
  if (target.type !== "list") return null;
  const held = outputTypesOf(graph, target);
  const [first] = types;
  if (first === undefined || types.some((type) => held.includes(type))) return null;
  return `A List holds one type: this one holds ${held.join(" or ")} and takes no ${first}.`;
}

/** Refused only when no model of the task takes so many; another one can be chosen otherwise. */
function refuseByModels(
  target: Node,
  port: string,
  connections: number,
  models: readonly Model[],
): string | null {
  const input = inputOf(target, port);
  if (input?.max !== "model") return null;
  const most = modelsOfTask(target, models).map((model) => ownValue(model.inputs, port) ?? 0);
  if (most.length === 0 || connections <= Math.max(...most)) return null;
  return `No model takes more than ${Math.max(...most)} at "${input.label}".`;
}

/**
 * The input of `to` for something that comes from `from`: the one that the label names, else the
 * first that takes the type and has room. `graph` holds the connections made so far.
 */
export function choosePort(graph: Graph, from: Node, to: Node, label: string | null): ChosenPort {
  const types = outputTypesOf(graph, from);
  const inputs = Object.entries(definitionOf(to.type).inputs);
  const title = article(definitionOf(to.type).title);
  if (inputs.length === 0) return { reason: `${title} takes no connections.` };
  const named = namedPorts(to, label);
  const candidates = named.length > 0 ? inputs.filter(([port]) => named.includes(port)) : inputs;
  const fitting = candidates.filter(([, input]) => accepts(input, types));
  const [first] = fitting;
  if (!first) {
    const input = candidates[0]?.[1];
    const reason = input ? refuseType(to, input, types) : null;
    return { reason: reason ?? `${title} takes nothing of that kind.` };
  }
  const free = fitting.find(([port, input]) => !isFull(input, countAt(graph, to.id, port)));
  return free ? { port: free[0] } : { reason: fullSentence(to, first[1]) };
}

/** Whether an input has no room left; an input whose number its model decides is judged with it. */
export function isFull(input: Input, connections: number): boolean {
  return typeof input.max === "number" && connections >= input.max;
}

/** The sentence for an input that has no room left. */
export function fullSentence(target: Node, input: Input): string {
  return `The input "${input.label}" of ${nameOf(target)} takes only ${String(input.max)}.`;
}

function inputOf(node: Node, port: string): Input | undefined {
  return ownValue(definitionOf(node.type).inputs, port);
}

function namedPorts(node: Node, label: string | null): readonly string[] {
  const word = label?.trim().toLowerCase() ?? "";
  if (word === "" || word.length > longestLabel) return [];
  const inputs = Object.entries(definitionOf(node.type).inputs);
  const direct = inputs.filter(
    ([port, input]) => port.toLowerCase() === word || input.label.toLowerCase() === word,
  );
  if (direct.length > 0) return direct.map(([port]) => port);
  return (ownValue(synonyms, word) ?? []).filter((port) => inputs.some(([name]) => name === port));
}

function countAt(graph: Graph, node: string, port: string): number {
  return inputsOf(graph, node).filter((each) => each.to.port === port).length;
}

function nameOf(node: Node): string {
  return node.title.trim() === "" ? definitionOf(node.type).title : `"${node.title}"`;
}

/** "An Image Upscaler", "A List"; a title in the plural stands alone: "Camera Angles". */
function article(title: string): string {
  if (title.endsWith("s")) return title;
  return `${/^[AEIOU]/.test(title) ? "An" : "A"} ${title}`;
}
