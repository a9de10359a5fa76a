import type { Node } from "#domain/graph";
import { indexGraph } from "#domain/index-graph";
import { inputsOf } from "#domain/walk-graph";
import { factsOf, Hindrance, type ActionContext } from "./action-context.ts";
import { drawConnection } from "./draw-connection.ts";

/** Duplicates a node with its results and what feeds it; what it feeds is not fed twice. */
export async function duplicateNode(context: ActionContext, node: Node): Promise<void> {
  const { graph } = factsOf(context);
  const sources = inputsOf(graph, node.id).flatMap(({ from }) => {
    return indexGraph(graph).nodes.get(from.node) ?? [];
  });
  await context.edits.flush();
  const { layer, message } = await context.channel.ask("duplicateLayer", { layer: node.id });
  if (layer === null) throw new Hindrance(message ?? "The node could not be duplicated.");
  for (const source of sources) await drawConnection(context, source, { ...node, id: layer });
  await context.channel.ask("show", { layers: [layer] });
}
