import { checkArriving } from "./check-arriving.ts";
import { fullSentence, isFull, refuseType } from "./connect.ts";
import type { Connection, Graph, Node } from "./graph.ts";
import { indexGraph } from "./index-graph.ts";
import type { Issue } from "./issue.ts";
import { portTypeOfItem } from "./item.ts";
import type { Model } from "./model.ts";
import { arrivingAt, type NodeOutput } from "./node-output.ts";
import { definitionOf } from "./nodes/index.ts";
import { ownValue } from "./own-value.ts";
import { accepts, type PortType } from "./port.ts";
import { tickedItems } from "./ticked-items.ts";
import { inputsOf } from "./walk-graph.ts";

/**
 * What is wrong with the connections into a node: unknown ends, wrong types, too many. The model is
 * null where it is at fault itself, and then not asked what it takes.
 */
export function checkConnections(
  graph: Graph,
  outputs: ReadonlyMap<string, NodeOutput>,
  node: Node,
  model: Model | null,
): Issue[] {
  const connections = inputsOf(graph, node.id);
  const wrong = connections.flatMap((connection) => checkOne(graph, outputs, node, connection));
  const mixed = node.type === "list" ? checkMixing(outputs, node, connections) : [];
  const full = Object.entries(definitionOf(node.type).inputs).flatMap(([port, input]): Issue[] => {
    const count = connections.filter((connection) => connection.to.port === port).length;
    if (count === 0 || !isFull(input, count - 1)) return [];
    return [{ code: "input-full", nodeId: node.id, port, message: fullSentence(node, input) }];
  });
  const issues = [...wrong, ...mixed, ...full];
  if (issues.length > 0) return issues;
  return checkArriving(node, model, arrivingAt(graph, node.id, outputs));
}

function checkOne(
  graph: Graph,
  outputs: ReadonlyMap<string, NodeOutput>,
  node: Node,
  { from, to }: Connection,
): Issue[] {
  const common = { nodeId: node.id, port: to.port };
  const source = indexGraph(graph).nodes.get(from.node);
  if (!source) {
    const message = `A connection into "${node.title}" comes from a node that is gone.`;
    return [{ ...common, code: "node-missing", message }];
  }
  const { inputs, title } = definitionOf(node.type);
  const input = ownValue(inputs, to.port);
  if (!input) {
    const message =
      Object.keys(inputs).length === 0
        ? `"${node.title}" is a node of type ${title} and takes no connections.`
        : `${title} has no input "${to.port}".`;
    return [{ ...common, code: "port-unknown", message }];
  }
  if (definitionOf(source.type).output.port !== from.port) {
    const message = `"${source.title}" has no output "${from.port}".`;
    return [{ ...common, code: "port-unknown", message }];
  }
  const refusal = refuseType(node, input, outputs.get(from.node)?.types ?? []);
  return refusal === null ? [] : [{ ...common, code: "type-mismatch", message: refusal }];
}

/** A list holds one type (product.md A2.10): that of its first entry or connection. */
function checkMixing(
  outputs: ReadonlyMap<string, NodeOutput>,
  node: Node,
  connections: readonly Connection[],
): Issue[] {
  const offers = [
    ...tickedItems(node.settings["items"]).map((item): readonly PortType[] => [
      portTypeOfItem(item),
    ]),
    ...connections.map(({ from }) => outputs.get(from.node)?.types ?? []),
  ].filter((types) => types.length > 0);
  let held = offers[0] ?? [];
  for (const types of offers) {
    if (!accepts({ accepts: held }, types)) {
      const message = `A List holds one type, and "${node.title}" has ${held.join(" or ")} and ${types.join(" or ")}.`;
      return [{ code: "type-mismatch", nodeId: node.id, port: "items", message }];
    }
    held = held.filter((type) => types.includes(type));
  }
  return [];
}
