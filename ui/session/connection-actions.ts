import { byId } from "#domain/by-id";
import type { Connection } from "#domain/graph";
import type { LayerFacts } from "#domain/layer";
import { readArrowRecord } from "#domain/read-records";
import { factsOf, Hindrance, type ActionContext } from "./action-context.ts";
import { acceptSuggestions } from "./accept-suggestions.ts";
import {
  arrowRecordOf,
  chooseForConnection,
  findConnection,
  moveWithin,
  removeInvisible,
  type ConnectionLayers,
} from "./connection-records.ts";
import { removeLayers } from "./remove-layers.ts";

const notKept =
  "What lies in a section feeds its list in reading order. Move it on the canvas instead.";

/** Takes a connection away, with the line that draws it. */
export async function disconnect(context: ActionContext, key: string): Promise<void> {
  const connection = connectionBy(context, key);
  if (connection.via !== null) return removeLine(context, connection.via);
  const { to } = layersOf(context, connection);
  const write = removeInvisible(to, connection);
  if (!write) throw new Hindrance(notKept);
  await context.edits.write([write]);
}

/** Moves a connection before or behind its neighbour at the same input. */
export async function moveReference(
  context: ActionContext,
  key: string,
  by: -1 | 1,
): Promise<void> {
  const { graph } = factsOf(context);
  const moved = moveWithin(graph, connectionBy(context, key), by) ?? [];
  // One record may hold several connections, so each write builds on the one before.
  for (const [order, connection] of moved.entries()) {
    const write = chooseForConnection(layersOf(context, connection), connection, { order });
    if (!write) throw new Hindrance(notKept);
    void context.edits.write([write], "burst");
  }
  await context.edits.flush();
}

/** Lets a connection enter another input, also one that a line's key names (line tab). */
export async function choosePort(
  context: ActionContext,
  keyOrLine: string,
  port: string,
): Promise<void> {
  const { graph, board } = factsOf(context);
  const byLine = graph.connections.find(({ via }) => via === keyOrLine);
  if (!byLine && board.suggestions.some(({ layer }) => layer === keyOrLine)) {
    throw new Hindrance("Use the line as a connection first, then choose its input.");
  }
  const connection = byLine ?? connectionBy(context, keyOrLine);
  const write = chooseForConnection(layersOf(context, connection), connection, { port });
  if (!write) throw new Hindrance(notKept);
  await context.edits.write([write]);
}

/** Turns a line around; one that was only suggested is a connection from then on. */
export async function turnLine(context: ActionContext, layer: string): Promise<void> {
  const facts = factsOf(context);
  const line = facts.board.lines.find((each) => each.layer === layer);
  if (!line) throw new Hindrance("This line is gone.");
  if (line.kind === "connector") {
    const { message } = await context.channel.ask("turnConnector", { layer });
    if (message !== null) throw new Hindrance(message);
    return;
  }
  const drawn = layerOf(context, layer);
  const [from, to] = [layerOf(context, line.from), layerOf(context, line.to)];
  const ends = line.isInferred ? acceptSuggestions(facts, [layer], context.newId) : [];
  const { v, self, src, dst, made, flip } = arrowRecordOf(drawn, from, to);
  // What was chosen for it was chosen for the other end.
  const turned = { v, self, src: dst, dst: src, made, ...(flip === true ? {} : { flip: true }) };
  const value = JSON.stringify(turned);
  const others = ends.filter((write) => write.layer !== layer);
  await context.edits.write([...others, { layer, key: "edge", value }]);
}

/** Takes a line off the canvas, and the connection with it. */
export function removeLine(context: ActionContext, layer: string): Promise<void> {
  return removeLayers(context, [layer]);
}

/** The lines of ours that a node hangs on: they go with it. */
export function ownLinesAt(context: ActionContext, node: string): string[] {
  const { board, page } = factsOf(context);
  const layers = byId(page.layers);
  return board.lines
    .filter(({ from, to }) => from === node || to === node)
    .map(({ layer }) => layer)
    .filter((id) => {
      const layer = layers.get(id);
      return layer && readArrowRecord(layer).value?.made === "plugin";
    });
}

function connectionBy(context: ActionContext, key: string): Connection {
  const connection = findConnection(factsOf(context).graph, key);
  if (!connection) throw new Hindrance("This connection is gone.");
  return connection;
}

function layersOf(context: ActionContext, { from, to, via }: Connection): ConnectionLayers {
  return {
    line: via === null ? null : layerOf(context, via),
    from: layerOf(context, from.node),
    to: layerOf(context, to.node),
  };
}

function layerOf(context: ActionContext, id: string | null): LayerFacts {
  // What was wanted a moment ago counts, also before the canvas has it.
  const layer = context.edits.page.peek()?.layers.find((each) => each.id === id);
  if (!layer) throw new Hindrance("A layer of this connection is gone.");
  return layer;
}
