import type { ConnectorEnd } from "../model/connector-index.ts";
import type { FigmaDocument } from "../model/document.ts";
import { absoluteBox } from "../model/geometry.ts";
import { contains, type Layer } from "../model/layer.ts";

/**
 * Turns the ends REST gives into the model's. An unattached end names its page, or a section it
 * lies in, together with a position; the real boards prove it (simulator.md 0.6). The position is
 * in the coordinates of the layer it names (all four such ends of the board "open" fit only so).
 */
export function readEnds(document: FigmaDocument): void {
  for (const layer of document.layers.values()) {
    if (layer.type !== "CONNECTOR") continue;
    for (const member of ["connectorStart", "connectorEnd"]) {
      const end = layer.values[member] as ConnectorEnd;
      document.derive(layer, { [member]: readEnd(document, layer, end) });
    }
    document.connectors.note(layer);
  }
}

function readEnd(document: FigmaDocument, connector: Layer, end: ConnectorEnd): ConnectorEnd {
  const { endpointNodeId, position } = end;
  if (endpointNodeId === undefined || position === undefined) return end;
  const holder = document.layers.get(endpointNodeId);
  const isFree =
    holder === undefined ||
    holder.type === "PAGE" ||
    (holder.type === "SECTION" && contains(holder, connector));
  if (!isFree) return end;
  const origin =
    holder === undefined || holder.type === "PAGE" ? { x: 0, y: 0 } : absoluteBox(holder);
  return {
    position: { x: position.x + origin.x, y: position.y + origin.y },
    holderId: endpointNodeId,
  };
}

/** An end as REST tells it: a free one names the page or section it lies in. */
export function writeEnd(
  document: FigmaDocument,
  connector: Layer,
  member: string,
): Record<string, unknown> {
  const { holderId, ...end } = connector.values[member] as ConnectorEnd;
  if (end.endpointNodeId !== undefined || end.position === undefined) return end;
  let holder = holderId === undefined ? connector.parent : (document.layers.get(holderId) ?? null);
  while (holder !== null && holder.type !== "PAGE" && holder.type !== "SECTION")
    holder = holder.parent;
  const origin = holder === null || holder.type === "PAGE" ? { x: 0, y: 0 } : absoluteBox(holder);
  return {
    endpointNodeId: holder?.id ?? "0:1",
    position: { x: end.position.x - origin.x, y: end.position.y - origin.y },
  };
}
