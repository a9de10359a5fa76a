import type { BoardIndex } from "./board-index.ts";
import type { Node } from "./graph.ts";
import type { Issue } from "./issue.ts";
import type { Line } from "./read-line.ts";
import { readChosenOrder, readInputRecord, readNodeRecord } from "./read-records.ts";

/** A connection as a line or a record means it, before its input is chosen. */
export interface MeantConnection {
  readonly from: string;
  readonly to: string;
  /** The input that was chosen by hand; the label counts where it is not possible any more. */
  readonly port: string | null;
  readonly label: string | null;
  readonly via: string | null;
  /** Its place among the connections of its input, where a person chose one. */
  readonly order: number | null;
}

/**
 * The connections that lines and records mean, in the order of who wins: Figma's own connectors, then
 * drawn arrows, then invisible ones (figma-platform.md 11.3). A drawn line that nobody confirmed
 * counts only where `isConfirmed` says so; a free end counts for the node that it is near.
 */
export function meantConnections(
  index: BoardIndex,
  nodes: ReadonlyMap<string, Node>,
  lines: readonly Line[],
  isConfirmed: (line: Line) => boolean,
): { readonly meant: readonly MeantConnection[]; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const counted = lines.filter((line) => {
    const isWhole = line.status === "bound" || line.status === "floating";
    const isBetweenNodes = nodes.has(line.from ?? "") && nodes.has(line.to ?? "");
    return isWhole && isBetweenNodes && isConfirmed(line);
  });
  const drawn = [
    ...counted.filter((line) => line.kind === "connector"),
    ...counted.filter((line) => line.kind === "arrow"),
  ];
  const meant = drawn.map(({ from, to, port, label, layer, direction }) => {
    if (direction === "two-way") {
      const message = "This line has a head at both ends; it is read from its start to its end.";
      issues.push({ code: "line-unclear", nodeId: layer, message });
    }
    const facts = index.layers.get(layer);
    const order = facts ? readChosenOrder(facts) : null;
    return { from: from ?? "", to: to ?? "", port, label, via: layer, order };
  });
  const invisible = [...nodes.keys()].flatMap((id) => fromRecord(index, id, issues));
  return { meant: [...meant, ...invisible], issues };
}

/** A copy's invisible connections belong to the original (figma-platform.md 11.4). */
function fromRecord(index: BoardIndex, id: string, issues: Issue[]): MeantConnection[] {
  const layer = index.layers.get(id);
  if (!layer) return [];
  const own = readNodeRecord(layer).value;
  if (own && own.self !== layer.id) return [];
  const record = readInputRecord(layer);
  if (record.issue) issues.push(record.issue);
  return (record.value ?? []).map(({ src, port, order = null }) => {
    return { from: src, to: id, port, label: null, via: null, order };
  });
}
