import { refuse } from "../errors.ts";
import type { ConnectorEnd } from "../model/connector-index.ts";
import type { Layer } from "../model/layer.ts";
import type { Session } from "./session.ts";

/** Checks an end of a connector as Figma does and answers the form it keeps (figma-platform.md 1.1, 1.2). */
export function checkEnd(
  session: Session,
  connector: Layer,
  operation: string,
  end: ConnectorEnd,
  lineType: string,
): ConnectorEnd {
  const { endpointNodeId, position, magnet } = end;
  if (position !== undefined)
    return endpointNodeId === undefined ? { position } : { endpointNodeId, position };
  checkMagnet(operation, magnet, lineType, endpointNodeId);
  if (endpointNodeId === undefined) throw refuse(operation, "Invalid endpointNodeId");
  const target = session.document.layer(endpointNodeId);
  if (target === null || target.type === "DOCUMENT" || /^I.*;/.test(endpointNodeId))
    throw refuse(operation, "Invalid endpointNodeId");
  if (target.type === "CONNECTOR" || target === connector || !isReachable(target))
    throw refuse(operation, "Connecting to this node type is not supported");
  return { endpointNodeId, ...(magnet === undefined ? {} : { magnet }) };
}

/** STRAIGHT takes CENTER or NONE, ELBOWED everything but CENTER (simulator.md 6.3, connectors). */
function checkMagnet(
  operation: string,
  magnet: string | undefined,
  lineType: string,
  target: string | undefined,
): void {
  if (target === undefined) return;
  const isStraightMagnet = magnet === "CENTER" || magnet === "NONE";
  if (lineType === "STRAIGHT" && !isStraightMagnet)
    throw refuse(
      operation,
      `Straight connectors only support magnets CENTER and NONE, got ${String(magnet)}`,
    );
  if (lineType === "ELBOWED" && magnet === "CENTER")
    throw refuse(operation, "Elbowed connectors do not support the magnet CENTER");
}

/** Hidden and locked targets are refused (figma-platform.md 1.2). */
function isReachable(target: Layer): boolean {
  return target.values.visible && !target.values.locked;
}
