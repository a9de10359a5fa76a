import { indexBoard } from "#domain/board-index";
import { definitionOf, type NodeType } from "#domain/nodes/index";
import { batchMembers } from "#domain/read-nodes";
import type { RecordWrite } from "#domain/repair-copies";
import { suggestNode } from "#domain/suggest-node";
import { addInvisible, arrowRecordOf } from "./connection-records.ts";
import type { FlowFacts } from "./flow-facts.ts";
import { newNodeRecord } from "./node-record.ts";
import { setRecord } from "./set-record.ts";

/**
 * The records that make nodes and connections of suggestions. A drawn arrow takes those at its ends
 * along: alone it would join nothing.
 */
export function acceptSuggestions(
  facts: Pick<FlowFacts, "page" | "board">,
  layers: readonly string[],
  newId: () => string,
): RecordWrite[] {
  const { board } = facts;
  const suggestions = new Map(board.suggestions.map((each) => [each.layer, each]));
  const lines = new Map(board.lines.map((line) => [line.layer, line]));
  const ends = layers.flatMap((id) => {
    const line = suggestions.get(id)?.type === "connection" ? lines.get(id) : undefined;
    return [line?.from, line?.to].filter((end) => end != null);
  });
  return [...new Set([...ends, ...layers])].flatMap((id) => {
    const suggestion = suggestions.get(id);
    if (!suggestion) return [];
    if (suggestion.type === "connection") return acceptLine(facts, id);
    return useLayer(facts, id, suggestion.type, newId);
  });
}

/**
 * The records that make a layer a node of a type. A section that becomes a list takes what lies in it
 * as nodes that feed it, in reading order.
 */
export function useLayer(
  { page, board }: Pick<FlowFacts, "page" | "board">,
  id: string,
  type: NodeType,
  newId: () => string,
): RecordWrite[] {
  const layer = page.layers.find((each) => each.id === id);
  if (!layer) return [];
  const own: RecordWrite = { layer: id, key: "node", value: newNodeRecord(id, type) };
  if (type !== "list" || layer.type !== "SECTION") return [own];
  const nodes = new Set(board.graph.nodes.map((node) => node.id));
  const members = batchMembers(indexBoard(page), layer);
  const used = members.flatMap((member): RecordWrite[] => {
    const suggested = nodes.has(member.id) ? undefined : suggestNode(member)?.type;
    if (!suggested) return [];
    return [{ layer: member.id, key: "node", value: newNodeRecord(member.id, suggested) }];
  });
  const [port] = Object.keys(definitionOf("list").inputs);
  let filled = layer;
  for (const member of members) {
    filled = setRecord(filled, addInvisible(filled, member.id, port ?? "items", newId()));
  }
  const value = filled.records.in ?? "";
  return [own, ...used, ...(members.length > 0 ? [{ layer: id, key: "in" as const, value }] : [])];
}

function acceptLine({ page, board }: Pick<FlowFacts, "page" | "board">, id: string): RecordWrite[] {
  const line = board.lines.find(({ layer }) => layer === id);
  const find = (layer: string | null | undefined) => page.layers.find((each) => each.id === layer);
  const [drawn, from, to] = [find(id), find(line?.from), find(line?.to)];
  if (!drawn || !from || !to) return [];
  const record = arrowRecordOf(drawn, from, to);
  return [{ layer: id, key: "edge", value: JSON.stringify(record) }];
}
