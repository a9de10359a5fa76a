import type { AskOf } from "./channel.ts";
import { stampArrow, type JoinedLayer } from "./arrow-record.ts";
import type { Box, Point } from "./layer.ts";
import { definitionOf, type NodeType } from "./nodes/index.ts";
import { inputPlace, outputPlace } from "./port-place.ts";
import { routeLink } from "./route-link.ts";

/** A link as it is asked of the main thread. */
export type LinkDrawing = AskOf<"drawLinks">["links"][number];

/** A node that a link joins. */
export interface LinkedNode extends JoinedLayer {
  readonly type: NodeType;
}

/** A new link from a node into an input of another one. Its `record` gets `self` when it is drawn. */
export function linkDrawing(
  from: LinkedNode,
  to: LinkedNode,
  port: string,
  obstacles: readonly Box[] = [],
): LinkDrawing {
  const points = linkPath(from.box, to, port, obstacles);
  const record = stampArrow({ self: "", from, to, made: "plugin", port }, points);
  return {
    layer: null,
    points,
    type: from.type,
    record: JSON.stringify(record),
    from: from.id,
    to: to.id,
  };
}

/** The path of a link of ours into an input; a layer that has no such input is entered as the only one. */
export function linkPath(
  from: Box,
  to: { readonly box: Box; readonly type: NodeType | null },
  port: string | null,
  obstacles: readonly Box[],
): Point[] {
  const inputs = to.type === null ? [] : Object.keys(definitionOf(to.type).inputs);
  const at = Math.max(0, inputs.indexOf(port ?? ""));
  const start = outputPlace(from);
  const end = inputPlace(to.box, at, inputs.length);
  return routeLink({ from, to: to.box, start, end }, obstacles);
}
