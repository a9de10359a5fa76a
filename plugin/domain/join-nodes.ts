import { byId } from "./by-id.ts";
import { choosePort, type ChosenPort } from "./connect.ts";
import type { Connection, Graph, Node } from "./graph.ts";
import { graphLimits } from "./graph-limits.ts";
import type { Issue } from "./issue.ts";
import { definitionOf } from "./nodes/index.ts";
import { ownValue } from "./own-value.ts";
import type { MeantConnection } from "./read-connections.ts";

/** The connections of a board, and what is wrong with those that could not be. */
export interface JoinedNodes {
  readonly connections: Connection[];
  readonly issues: readonly Issue[];
}

/**
 * Chooses the input of each connection and drops what is there twice. What enters lists comes first,
 * since it settles what they give.
 */
export function joinNodes(
  nodes: ReadonlyMap<string, Node>,
  meant: readonly MeantConnection[],
): JoinedNodes {
  const joined = new Joined(nodes);
  const issues: Issue[] = [];
  const isIntoList = ({ to }: MeantConnection) => nodes.get(to)?.type === "list";
  const sorted = [...meant.filter(isIntoList), ...meant.filter((each) => !isIntoList(each))];
  for (const each of sorted) {
    const message = joined.add(each);
    if (message === null) continue;
    issues.push({ code: "line-unclear", nodeId: each.via ?? each.to, message });
  }
  const connections = joined.inOrder();
  if (connections.length > graphLimits.connections) {
    const message = `The page has ${connections.length} connections; the first ${graphLimits.connections} are read.`;
    issues.push({ code: "limit", nodeId: null, message });
  }
  return { connections: connections.slice(0, graphLimits.connections), issues };
}

/** Connections so far, with what the next one needs to know of them at hand. */
class Joined {
  readonly #connections: Connection[] = [];
  readonly #chosen = new Map<Connection, number>();
  readonly #nodes: ReadonlyMap<string, Node>;
  readonly #seen = new Set<string>();
  readonly #intoLists = new Map<string, Connection[]>();
  /** Only what enters an input with few places: the others never run full. */
  readonly #intoFew = new Map<string, Connection[]>();
  readonly #counts = new Map<string, number>();

  constructor(nodes: ReadonlyMap<string, Node>) {
    this.#nodes = nodes;
  }

  /** Adds a connection unless it is there; answers why it cannot be, null when all is well. */
  add(meant: MeantConnection): string | null {
    const [from, to] = [this.#nodes.get(meant.from), this.#nodes.get(meant.to)];
    if (!from || !to || from.id === to.id) return null;
    const graph = this.#around(from, to);
    const keyOf = (port: string) => JSON.stringify([from.id, to.id, port]);
    const isThere = (choice: ChosenPort) => "port" in choice && this.#seen.has(keyOf(choice.port));
    const wished = choose(graph, from, to, meant);
    if (isThere(wished)) return null;
    const connections = [...graph.connections, ...(this.#intoFew.get(to.id) ?? [])];
    const chosen = choose({ nodes: graph.nodes, connections }, from, to, meant);
    if (isThere(chosen)) return null;
    if ("reason" in chosen) return chosen.reason;
    if ("port" in wished) this.#seen.add(keyOf(wished.port));
    this.#seen.add(keyOf(chosen.port));
    this.#connect(from, to, chosen.port, meant);
    return null;
  }

  /** Chosen places count first; connections without one come behind, as they were read. */
  inOrder(): Connection[] {
    if (this.#chosen.size === 0) return this.#connections;
    const placeOf = (connection: Connection) => this.#chosen.get(connection) ?? Infinity;
    const counts = new Map<string, number>();
    const orders = new Map<Connection, number>();
    const sorted = [...this.#connections].sort((one, other) => {
      const [first, second] = [placeOf(one), placeOf(other)];
      return first === second ? one.order - other.order : first - second;
    });
    for (const connection of sorted) {
      const key = JSON.stringify(connection.to);
      const order = counts.get(key) ?? 0;
      counts.set(key, order + 1);
      orders.set(connection, order);
    }
    return this.#connections.map((each) => ({ ...each, order: orders.get(each) ?? each.order }));
  }

  #connect(from: Node, to: Node, port: string, { via, order: chosen }: MeantConnection): void {
    const definition = definitionOf(to.type).inputs[port];
    const place = JSON.stringify([to.id, port]);
    const order = this.#counts.get(place) ?? 0;
    this.#counts.set(place, order + 1);
    const start = { node: from.id, port: definitionOf(from.type).output.port };
    const connection = { from: start, to: { node: to.id, port }, order, via };
    this.#connections.push(connection);
    if (chosen !== null) this.#chosen.set(connection, chosen);
    if (to.type === "list") append(this.#intoLists, to.id, connection);
    if (typeof definition?.max === "number") append(this.#intoFew, to.id, connection);
  }

  /** As much of the graph as decides what `from` gives: a list gives what it is fed by. */
  #around(from: Node, to: Node): Graph {
    const nodes = byId([from, to]);
    const connections: Connection[] = [];
    const open = from.type === "list" && to.type !== "list" ? [from] : [];
    for (let list = open.pop(); list; list = open.pop()) {
      for (const connection of this.#intoLists.get(list.id) ?? []) {
        connections.push(connection);
        const source = this.#nodes.get(connection.from.node);
        if (!source || nodes.has(source.id)) continue;
        nodes.set(source.id, source);
        if (source.type === "list") open.push(source);
      }
    }
    return { nodes: [...nodes.values()], connections };
  }
}

function choose(graph: Graph, from: Node, to: Node, meant: MeantConnection): ChosenPort {
  const { port, label } = meant;
  const isInput = port !== null && ownValue(definitionOf(to.type).inputs, port) !== undefined;
  return choosePort(graph, from, to, isInput ? port : (label ?? port));
}

function append(map: Map<string, Connection[]>, key: string, connection: Connection): void {
  const list = map.get(key);
  if (list) list.push(connection);
  else map.set(key, [connection]);
}
