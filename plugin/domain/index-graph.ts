import type { Connection, Graph, Node } from "./graph.ts";

/** A graph with its look-ups. Inputs are in the order of their connections. */
export interface GraphIndex {
  /** By id; of two nodes with one id the first. */
  readonly nodes: ReadonlyMap<string, Node>;
  readonly inputs: ReadonlyMap<string, readonly Connection[]>;
  readonly outputs: ReadonlyMap<string, readonly Connection[]>;
}

const indexes = new WeakMap<Graph, GraphIndex>();

/**
 * The look-ups of a graph, made once for each graph. A graph is a value: whoever changes one makes a
 * new one, so the look-ups stay true.
 */
export function indexGraph(graph: Graph): GraphIndex {
  const known = indexes.get(graph);
  if (known) return known;
  const nodes = new Map<string, Node>();
  for (const node of graph.nodes) if (!nodes.has(node.id)) nodes.set(node.id, node);
  const inputs = groupBy(graph.connections, (connection) => connection.to.node);
  for (const list of inputs.values()) list.sort((one, other) => one.order - other.order);
  const outputs = groupBy(graph.connections, (connection) => connection.from.node);
  const index = { nodes, inputs, outputs };
  indexes.set(graph, index);
  return index;
}

function groupBy(
  connections: readonly Connection[],
  keyOf: (connection: Connection) => string,
): Map<string, Connection[]> {
  const groups = new Map<string, Connection[]>();
  for (const connection of connections) {
    const group = groups.get(keyOf(connection));
    if (group) group.push(connection);
    else groups.set(keyOf(connection), [connection]);
  }
  return groups;
}
