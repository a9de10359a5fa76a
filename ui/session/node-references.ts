import { choosePort, reasonAgainst } from "#domain/connect";
import type { Connection, Node } from "#domain/graph";
import { indexGraph } from "#domain/index-graph";
import type { Item } from "#domain/item";
import { outputTypesOf } from "#domain/node-output";
import { definitionOf } from "#domain/nodes/index";
import { accepts } from "#domain/port";
import { itemsOfSource } from "#domain/resolve-inputs";
import { descendantsOf, inputsOf } from "#domain/walk-graph";
import type { NodeView, ReferenceView, Thumbnail } from "../node-view.ts";
import { connectionKey } from "./connection-records.ts";
import type { FlowFacts, StillFacts } from "./flow-facts.ts";
import { rememberByFacts } from "./remember-by-facts.ts";
import type { ThumbnailSource } from "./thumbnail-source.ts";

/** Looks a thumbnail up; null while there is none. */
export type LookUp = (source: ThumbnailSource) => Thumbnail | null;

/** The longest text of a reference that is shown. */
const longestTextShown = 300;
/** A board of hundreds of nodes needs no longer list to choose from. */
const mostConnectable = 40;

/** What feeds a node, input by input, each in the order of its connections. */
export function nodeReferences(facts: FlowFacts, node: Node, lookUp: LookUp): ReferenceView[] {
  const { graph } = facts;
  const ports = Object.keys(definitionOf(node.type).inputs);
  const sorted = ports.flatMap((port) => {
    return inputsOf(graph, node.id).filter(({ to }) => to.port === port);
  });
  return sorted.flatMap((connection, at): ReferenceView[] => {
    const source = indexGraph(graph).nodes.get(connection.from.node);
    if (!source) return [];
    const item = itemOf(facts, source);
    return [
      {
        connection: connectionKey(connection),
        number: at + 1,
        node: source.id,
        title: source.title,
        type: source.type,
        port: connection.to.port,
        portLabel: definitionOf(node.type).inputs[connection.to.port]?.label ?? connection.to.port,
        otherPorts: otherPorts(facts, connection, source, node),
        thumbnail: thumbnailOf(facts, source, item, lookUp),
        text: item?.kind === "text" ? item.text.slice(0, longestTextShown) : null,
        kind: kindOf(facts, connection),
      },
    ];
  });
}

/** The nodes that may feed a node, as things are now. */
export const connectableNodes = rememberByFacts(connectableTo, (node: Node) => node.id);

function connectableTo({ graph, models }: StillFacts, node: Node): NodeView["connectable"] {
  const below = descendantsOf(graph, [node.id]).add(node.id);
  const found: { readonly node: string; readonly title: string }[] = [];
  for (const other of graph.nodes) {
    if (found.length >= mostConnectable) break;
    if (below.has(other.id)) continue;
    const chosen = choosePort(graph, other, node, null);
    if ("reason" in chosen) continue;
    const from = { node: other.id, port: definitionOf(other.type).output.port };
    const to = { node: node.id, port: chosen.port };
    if (reasonAgainst(graph, from, to, models) === null) {
      found.push({ node: other.id, title: other.title });
    }
  }
  return found;
}

/** What a node gives first: its own text or file, or its newest result. */
function itemOf({ versions }: FlowFacts, node: Node): Item | null {
  if (definitionOf(node.type).task !== null) return versions.get(node.id)?.items[0] ?? null;
  return itemsOfSource(node, {})[0] ?? null;
}

function thumbnailOf(
  { pictures }: FlowFacts,
  node: Node,
  item: Item | null,
  lookUp: LookUp,
): Thumbnail | null {
  const picture = pictures.get(node.id);
  const alt = node.title;
  if (picture && picture.how !== "kept") {
    return lookUp({ kind: "layer", layer: picture.layer, key: picture.key, alt });
  }
  return item?.kind === "asset" ? lookUp({ kind: "asset", asset: item.asset, alt }) : null;
}

function otherPorts(
  { graph }: FlowFacts,
  connection: Connection,
  source: Node,
  node: Node,
): ReferenceView["otherPorts"] {
  const types = outputTypesOf(graph, source);
  return Object.entries(definitionOf(node.type).inputs)
    .filter(([port, input]) => port !== connection.to.port && accepts(input, types))
    .map(([port, { label }]) => ({ port, label }));
}

function kindOf({ board }: FlowFacts, { via }: Connection): ReferenceView["kind"] {
  if (via === null) return "invisible";
  const line = board.lines.find(({ layer }) => layer === via);
  return line?.kind === "arrow" ? "drawn" : "connector";
}
