import { definitionOf, nodeTypes } from "#domain/nodes/index";
import { indexGraph } from "#domain/index-graph";
import { outputTypesOf } from "#domain/node-output";
import { accepts } from "#domain/port";
import type { LayerFacts } from "#domain/layer";
import type { Line } from "#domain/read-line";
import type { NodeTabView, SuggestionView } from "../panel-view.ts";
import type { FlowFacts } from "./flow-facts.ts";
import { possibleUses } from "./possible-uses.ts";
import { runButton } from "./run-button.ts";
import { readSelection } from "./selection-target.ts";
import { templates } from "./templates.ts";
import { viewOfNode, type NodeContext } from "./view-of-node.ts";

/** What the Node tab shows for a selection. */
export function viewOfSelection(
  facts: FlowFacts,
  selection: readonly string[],
  context: NodeContext,
): NodeTabView {
  const { graph, page } = facts;
  const target = readSelection(selection, page, graph);
  const nodes = target.nodes.flatMap((id) => indexGraph(graph).nodes.get(id) ?? []);
  const [node] = nodes;
  if (node && nodes.length === 1) return { kind: "node", node: viewOfNode(facts, node, context) };
  if (nodes.length > 1) {
    const run = runButton(facts, nodes, context.run);
    if (run) {
      const rows = nodes.map(({ id, title, type }) => {
        return { id, title, type, typeTitle: definitionOf(type).title };
      });
      return { kind: "several", nodes: rows, run };
    }
  }
  const chosen = new Set(target.layers);
  const layers = page.layers.filter(({ id }) => chosen.has(id));
  const line = layers.length === 1 && lineOf(facts, layers[0]);
  if (line) return viewOfLine(facts, line);
  return layers.length > 0 ? viewOfLayers(facts, layers) : viewOfNothing(facts);
}

/** What the Node tab shows while nothing is selected, or before the page was read. */
export function viewOfNothing(facts: FlowFacts | null): NodeTabView {
  return {
    kind: "nothing",
    nodeTypes: nodeTypes.map((type) => {
      const { title, description } = definitionOf(type);
      return { type, title, description };
    }),
    templates: templates.map(({ id, title, description }) => ({ id, title, description })),
    suggestions: facts ? suggestionsOf(facts) : [],
    nodeCount: facts?.graph.nodes.length ?? 0,
  };
}

function viewOfLayers(facts: FlowFacts, layers: readonly LayerFacts[]): NodeTabView {
  const ids = new Set(layers.map(({ id }) => id));
  return {
    kind: "layers",
    names: layers.map(({ name }) => name),
    uses: possibleUses(facts.page, layers),
    suggestions: suggestionsOf(facts).filter(({ layer }) => ids.has(layer)),
  };
}

function suggestionsOf({ page, board }: FlowFacts): SuggestionView[] {
  const names = new Map(page.layers.map(({ id, name }) => [id, name]));
  return board.suggestions.map(({ layer, type, reason }) => ({
    layer,
    name: names.get(layer) ?? "",
    type,
    typeTitle: type === "connection" ? "Connection" : definitionOf(type).title,
    reason,
  }));
}

/** A line that nobody would take for a connection is a plain layer. */
function lineOf({ board }: FlowFacts, layer: LayerFacts | undefined): Line | null {
  const line = board.lines.find((each) => each.layer === layer?.id);
  if (!line) return null;
  return line.kind === "arrow" && line.status === "rejected" ? null : line;
}

function viewOfLine(facts: FlowFacts, line: Line): NodeTabView {
  const { graph, board, page } = facts;
  const { nodes } = indexGraph(graph);
  const titleOf = (id: string | null) => {
    if (id === null) return null;
    return nodes.get(id)?.title ?? page.layers.find((layer) => layer.id === id)?.name ?? null;
  };
  const [from, to] = [nodes.get(line.from ?? ""), nodes.get(line.to ?? "")];
  const types = from ? outputTypesOf(graph, from) : [];
  const inputs = to ? Object.entries(definitionOf(to.type).inputs) : [];
  const connection = graph.connections.find(({ via }) => via === line.layer);
  const isSuggestion = board.suggestions.some(({ layer }) => layer === line.layer);
  const issue = board.issues.find(({ nodeId }) => nodeId === line.layer);
  const between = from && to ? null : "It joins a node only when both its ends are on nodes.";
  return {
    kind: "line",
    layer: line.layer,
    fromTitle: titleOf(line.from),
    toTitle: titleOf(line.to),
    port: connection?.to.port ?? null,
    ports: inputs
      .filter(([, input]) => accepts(input, types))
      .map(([port, { label }]) => ({ port, label })),
    problem: line.reason ?? issue?.message ?? (isSuggestion || connection ? null : between),
    isSuggestion,
    canTurn: line.from !== null && line.to !== null,
  };
}
