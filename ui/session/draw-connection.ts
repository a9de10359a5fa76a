import { choosePort, reasonAgainst } from "#domain/connect";
import { stampArrow } from "#domain/arrow-record";
import type { Graph, Node } from "#domain/graph";
import { linkDrawing } from "#domain/link-drawing";
import { definitionOf } from "#domain/nodes/index";
import { factsOf, Hindrance, type ActionContext } from "./action-context.ts";
import { addInvisible } from "./connection-records.ts";

/**
 * Connects two nodes at the input that fits best: by a connector in FigJam, by a link in Design, and
 * invisibly where neither can be drawn. Either may be a node that was made a moment ago.
 */
export async function drawConnection(context: ActionContext, from: Node, to: Node): Promise<void> {
  const facts = factsOf(context);
  const graph = withNodes(facts.graph, [from, to]);
  const chosen = choosePort(graph, from, to, null);
  if ("reason" in chosen) throw new Hindrance(chosen.reason);
  const output = { node: from.id, port: definitionOf(from.type).output.port };
  const input = { node: to.id, port: chosen.port };
  const reason = reasonAgainst(graph, output, input, facts.models);
  if (reason !== null) throw new Hindrance(reason);
  const message = await draw(context, from, to, chosen.port);
  if (message === null) return;
  const layer = facts.page.layers.find(({ id }) => id === to.id);
  if (!layer) throw new Hindrance(message);
  await context.edits.write([addInvisible(layer, from.id, chosen.port, context.newId())]);
}

/** Null when it was drawn, else why it could not be. */
async function draw(
  context: ActionContext,
  from: Node,
  to: Node,
  port: string,
): Promise<string | null> {
  const { channel } = context;
  const { boxes } = await channel.ask("readBoxes", { layers: [from.id, to.id] });
  const [fromBox, toBox] = [from, to].map(({ id }) => boxes.find(({ layer }) => layer === id)?.box);
  if (!fromBox || !toBox) return "One of the two layers is gone.";
  const [start, end] = [
    { id: from.id, box: fromBox, type: from.type },
    { id: to.id, box: toBox, type: to.type },
  ];
  if (context.editor() === "figjam") {
    const stamp = { self: "new", from: start, to: end, made: "plugin", port } as const;
    const record = JSON.stringify(stampArrow(stamp, []));
    const ends = { from: from.id, to: to.id };
    return (await channel.ask("drawConnector", { ...ends, label: null, record })).message;
  }
  const link = linkDrawing(start, end, port, obstaclesAround(context, [from.id, to.id]));
  const { layers, refused } = await channel.ask("drawLinks", { links: [link] });
  return layers[0] == null ? (refused[0]?.message ?? "The link could not be drawn.") : null;
}

function obstaclesAround(context: ActionContext, ends: readonly string[]) {
  const { page, graph } = factsOf(context);
  const others = new Set(graph.nodes.map(({ id }) => id).filter((id) => !ends.includes(id)));
  return page.layers.flatMap(({ id, box }) => (box && others.has(id) ? [box] : []));
}

function withNodes(graph: Graph, nodes: readonly Node[]): Graph {
  const unknown = nodes.filter((node) => !graph.nodes.some(({ id }) => id === node.id));
  return unknown.length === 0 ? graph : { ...graph, nodes: [...graph.nodes, ...unknown] };
}
