import { indexBoard, inherit, type BoardIndex } from "./board-index.ts";
import type { Graph, Node } from "./graph.ts";
import { createHitTest, type HitTarget } from "./hit-test.ts";
import type { Issue } from "./issue.ts";
import { joinNodes } from "./join-nodes.ts";
import type { PageFacts } from "./layer.ts";
import type { NodeType } from "./nodes/index.ts";
import { outermostOf } from "./outermost-of.ts";
import { meantConnections } from "./read-connections.ts";
import { readConnector, type Line, type LineContext } from "./read-line.ts";
import { readNodes } from "./read-nodes.ts";
import { readArrowRecord } from "./read-records.ts";
import { readDrawnLine, readStampedArrow } from "./recognise-arrow.ts";
import { suggestLayers, type Suggestion } from "./suggest-layers.ts";
import { canBeUsed, isLineTarget, suggestNode } from "./suggest-node.ts";

/** What a page holds, as the product sees it. */
export interface Board {
  readonly graph: Graph;
  readonly suggestions: readonly Suggestion[];
  readonly lines: readonly Line[];
  readonly issues: readonly Issue[];
}

/** What a person said about a page beyond what its layers remember. */
export interface ReadOptions {
  /** Layers used as nodes of a type; they win over records and suggestions. */
  readonly uses: ReadonlyMap<string, NodeType>;
  /** Whether a layer that is not on this page is on another one of the file. */
  readonly isElsewhere?: (id: string) => boolean;
  /** Takes suggestions without asking where they feed a node; generators are never made so. */
  readonly isAutoAdopt?: boolean;
}

/**
 * Reads a page: its nodes by their records and what a person said, its lines, the connections that
 * they make, and what looks like more. Pure; anything odd becomes an issue that names its layer.
 */
export function readBoard(page: PageFacts, options: ReadOptions): Board {
  const index = indexBoard(page);
  for (let { uses } = options; ;) {
    const board = readWith(index, { ...options, uses });
    const wanted = options.isAutoAdopt ? adoptInputs(board) : [];
    const adopted = wanted.filter(([layer]) => !uses.has(layer));
    if (adopted.length === 0) return board;
    uses = new Map([...uses, ...adopted]);
  }
}

function readWith(index: BoardIndex, options: ReadOptions): Board {
  const { nodes, fillings, issues } = readNodes(index, options.uses);
  const context = lineContext(index, nodes, options.isElsewhere ?? (() => false));
  const read = readLines(index, nodes, context);
  const isConfirmed = (line: Line) =>
    line.kind === "connector" || !line.isInferred || options.isAutoAdopt === true;
  const drawn = meantConnections(index, nodes, read.lines, isConfirmed);
  const joined = joinNodes(nodes, [...fillings, ...drawn.meant]);
  return {
    graph: { nodes: [...nodes.values()], connections: joined.connections },
    suggestions: suggestLayers(index, nodes, read.lines),
    lines: read.lines,
    issues: [...issues, ...read.issues, ...drawn.issues, ...joined.issues],
  };
}

/** The suggestions that feed a node. */
function adoptInputs({ graph, suggestions, lines }: Board): (readonly [string, NodeType])[] {
  const nodes = new Set(graph.nodes.map(({ id }) => id));
  const feeding = new Set(
    lines.filter(({ to }) => to !== null && nodes.has(to)).map(({ from }) => from),
  );
  return suggestions.flatMap(({ layer, type }) => {
    return type !== "connection" && feeding.has(layer) ? [[layer, type] as const] : [];
  });
}

function lineContext(
  index: BoardIndex,
  nodes: ReadonlyMap<string, Node>,
  isElsewhere: (id: string) => boolean,
): LineContext {
  const nodeAt = inherit(index.layers, (layer, around: string | null) => {
    return nodes.has(layer.id) ? layer.id : around;
  });
  const usableAt = inherit(index.layers, (layer, around: string | null) => {
    return canBeUsed(layer) ? layer.id : around;
  });
  const targets = index.page.layers.flatMap((layer): HitTarget[] => {
    const { id, box } = layer;
    const isOwn = nodes.has(id) || (isLineTarget(layer) && nodeAt(id) === null);
    const isTarget = isOwn && !index.isArtwork(id) && index.isShown(id);
    return box && isTarget ? [{ id, box }] : [];
  });
  return {
    index,
    hitTest: createHitTest(targets, index.isInside),
    standInOf: (id) => {
      const at = index.layers.has(id) ? id : outermostOf(id);
      return nodeAt(at) ?? index.instanceOf(at) ?? usableAt(at);
    },
    typeOf: (id) => {
      const layer = index.layers.get(id);
      return nodes.get(id)?.type ?? (layer && suggestNode(layer)?.type) ?? null;
    },
    isElsewhere,
  };
}

function readLines(
  index: BoardIndex,
  nodes: ReadonlyMap<string, Node>,
  context: LineContext,
): { readonly lines: Line[]; readonly issues: Issue[] } {
  const isInCard = inherit(index.layers, (layer, around: boolean | null) => {
    return (around ?? false) || nodes.has(layer.parent ?? "");
  });
  const lines: Line[] = [];
  const issues: Issue[] = [];
  for (const layer of index.page.layers) {
    const { id, path } = layer;
    const record = readArrowRecord(layer);
    if (record.issue) issues.push(record.issue);
    const connector = readConnector(layer, context);
    if (connector) {
      lines.push(connector);
      continue;
    }
    if (!index.isShown(id) || index.isArtwork(id) || isInCard(id)) continue;
    if (record.value) lines.push(readStampedArrow(layer, record.value, context));
    else if (path) lines.push(readDrawnLine(layer, path, context));
  }
  return { lines, issues };
}
