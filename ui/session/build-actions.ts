import type { Node } from "#domain/graph";
import { indexGraph } from "#domain/index-graph";
import type { NodeType } from "#domain/nodes/index";
import { acceptSuggestions, useLayer } from "./accept-suggestions.ts";
import { factsOf, Hindrance, type ActionContext } from "./action-context.ts";
import { drawConnection } from "./draw-connection.ts";
import { newNode } from "./new-node.ts";
import { readSelection } from "./selection-target.ts";
import { templates } from "./templates.ts";

/** Adds a node, after another one where that is given, and shows it. */
export async function addNode(
  context: ActionContext,
  type: NodeType,
  after: string | null,
  prompt: string | null = null,
): Promise<void> {
  const before = after === null ? null : findNode(context, after);
  const node = await createNode(context, type, after, prompt);
  if (before) await drawConnection(context, before, node);
  await context.channel.ask("show", { layers: [node.id] });
}

/** Adds the nodes of a template in a row, each feeding the next, and shows them. */
export async function addTemplate(context: ActionContext, id: string): Promise<void> {
  const template = templates.find((each) => each.id === id);
  const nodes: Node[] = [];
  for (const type of template?.nodes ?? []) {
    const last = nodes[nodes.length - 1];
    const node = await createNode(context, type, last?.id ?? null, null);
    nodes.push(node);
    if (last) await drawConnection(context, last, node);
  }
  await context.channel.ask("show", { layers: nodes.map((node) => node.id) });
}

/** Makes nodes of the selected layers. */
export async function useSelectionAs(context: ActionContext, type: NodeType): Promise<void> {
  const facts = factsOf(context);
  const { layers } = readSelection(context.selection(), facts.page, facts.graph);
  if (layers.length === 0) throw new Hindrance("Select a layer that is not part of a flow yet.");
  await context.edits.write(layers.flatMap((layer) => useLayer(facts, layer, type, context.newId)));
}

/** Makes nodes and connections of suggestions. */
export function accept(context: ActionContext, layers: readonly string[]): Promise<void> {
  return context.edits.write(acceptSuggestions(factsOf(context), layers, context.newId));
}

/** Connects two nodes of the page. */
export function connect(context: ActionContext, from: string, to: string): Promise<void> {
  return drawConnection(context, findNode(context, from), findNode(context, to));
}

/** A node of the page; a hindrance when it is gone. */
export function findNode(context: ActionContext, id: string): Node {
  const node = indexGraph(factsOf(context).graph).nodes.get(id);
  if (!node) throw new Hindrance("This node is gone.");
  return node;
}

async function createNode(
  { channel, facts }: ActionContext,
  type: NodeType,
  after: string | null,
  prompt: string | null,
): Promise<Node> {
  const { node, ask } = newNode(type, facts()?.models ?? [], prompt);
  const { layer, message } = await channel.ask("createNode", { ...ask, after });
  if (layer === null) throw new Hindrance(message ?? "The node could not be drawn.");
  return { ...node, id: layer };
}
