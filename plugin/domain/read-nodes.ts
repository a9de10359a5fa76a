import type { BoardIndex } from "./board-index.ts";
import { readingOrder } from "./geometry.ts";
import type { Node } from "./graph.ts";
import { graphLimits } from "./graph-limits.ts";
import type { Issue } from "./issue.ts";
import type { LayerFacts } from "./layer.ts";
import type { NodeType } from "./nodes/index.ts";
import type { MeantConnection } from "./read-connections.ts";
import { readNode } from "./read-node.ts";
import { checkResultRecords, readNodeRecord } from "./read-records.ts";
import { ownTextOf, readText } from "./read-text.ts";
import { suggestNode } from "./suggest-node.ts";

/** The nodes of a page by their id, what fills its batches, and what is wrong with its records. */
export interface ReadNodes {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly fillings: readonly MeantConnection[];
  readonly issues: readonly Issue[];
}

/**
 * Reads the nodes of a page in the order of its layers: what a person said a layer is, else what it
 * remembers. A section that is used as a list is a batch: what lies in it are nodes that fill it.
 */
export function readNodes(index: BoardIndex, uses: ReadonlyMap<string, NodeType>): ReadNodes {
  const batches = readBatches(index, uses);
  const nodes = new Map<string, Node>();
  const issues: Issue[] = [];
  for (const layer of index.page.layers) {
    const record = readNodeRecord(layer);
    if (record.issue) issues.push(record.issue);
    issues.push(...checkResultRecords(layer));
    const used = uses.get(layer.id) ?? (record.value ? undefined : batches.members.get(layer.id));
    const type = used ?? record.value?.kind;
    // An instance's own layers come with its component; only the instance itself can be a node.
    if (type === undefined || (used === undefined && layer.id.includes(";"))) continue;
    const own = record.value?.kind === type ? record.value : null;
    // What a node that runs made may lie in its layer, and is not what the node is called.
    const text = own && type !== "text" ? ownTextOf(layer) : readText(index, layer);
    const read = readNode({ layer, record: own, text }, type);
    nodes.set(layer.id, read.node);
    issues.push(...read.issues);
  }
  if (nodes.size > graphLimits.nodes) {
    const message = `The page has ${nodes.size} nodes; the first ${graphLimits.nodes} are read.`;
    issues.push({ code: "limit", nodeId: null, message });
  }
  const kept = new Map([...nodes].slice(0, graphLimits.nodes));
  return { nodes: kept, fillings: batches.fillings, issues };
}

function readBatches(
  index: BoardIndex,
  uses: ReadonlyMap<string, NodeType>,
): {
  readonly members: ReadonlyMap<string, NodeType>;
  readonly fillings: readonly MeantConnection[];
} {
  const members = new Map<string, NodeType>();
  const fillings: MeantConnection[] = [];
  for (const [id, type] of uses) {
    const section = index.layers.get(id);
    if (type !== "list" || section?.type !== "SECTION" || section.records.node) continue;
    for (const member of batchMembers(index, section)) {
      const suggested = suggestNode(member)?.type;
      if (suggested !== undefined) members.set(member.id, suggested);
      fillings.push({
        from: member.id,
        to: id,
        port: "items",
        label: null,
        via: null,
        order: null,
      });
    }
  }
  return { members, fillings };
}

/** What a section holds as a batch: what is shown in it and can be a source, in reading order. */
export function batchMembers(index: BoardIndex, section: LayerFacts): LayerFacts[] {
  const children = index.childrenOf(section.id).filter((child) => {
    const type = suggestNode(child)?.type;
    return child.isVisible && (type === "text" || type === "media");
  });
  return readingOrder(children);
}
