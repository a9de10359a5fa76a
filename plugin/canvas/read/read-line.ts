import type { Cap, ConnectorEnd, ConnectorFacts, PathFacts, Point } from "#domain/layer";
import { connectorDirection } from "#domain/connector-direction";
import { distanceToBox } from "#domain/geometry";
import { pathOfNetwork, type VectorNetworkFacts } from "#domain/vector-path";

/** How each end of a line looks, by the plugin API's names (`ConnectorStrokeCap`, `StrokeCap`). */
const arrows = ["ARROW_LINES", "ARROW_EQUILATERAL", "TRIANGLE_FILLED"];
const dots = ["CIRCLE_FILLED", "DIAMOND_FILLED"];

/** A connector: the layer that each end is tied to, or where on the page it is free, and its heads. */
export function readConnector(node: ConnectorNode): ConnectorFacts {
  return {
    start: endOf(node.connectorStart, node),
    end: endOf(node.connectorEnd, node),
    direction: connectorDirection(capOf(node.connectorStartStrokeCap), () =>
      capOf(node.connectorEndStrokeCap),
    ),
  };
}

/** The path of a LINE or VECTOR on the page; null for what is not drawn, or is not one open line. */
export function readPath(node: LineNode | VectorNode): PathFacts | null {
  const isDrawn = node.strokes.some((stroke) => stroke.visible !== false && stroke.opacity !== 0);
  const strokeWeight = typeof node.strokeWeight === "number" ? node.strokeWeight : 1;
  if (!isDrawn || strokeWeight === 0) return null;
  const cap = typeof node.strokeCap === "string" ? capOf(node.strokeCap) : null;
  const toPage = placing(node.absoluteTransform);
  if (node.type === "VECTOR") {
    const network = readNetwork(node);
    return network && pathOfNetwork(network, { toPage, cap, strokeWeight });
  }
  const points = [toPage({ x: 0, y: 0 }), toPage({ x: node.width, y: 0 })];
  // One value stands for both ends, so a head may be at either.
  const caps = cap === "none" ? ({ start: "none", end: "none" } as const) : null;
  return { points, caps, strokeWeight };
}

/** A free end may name the page, or the section, that the connector lies in (simulator.md 4). */
function endOf(end: ConnectorEndpoint, connector: ConnectorNode): ConnectorEnd {
  const layer = "endpointNodeId" in end ? end.endpointNodeId : null;
  const position = "position" in end ? { x: end.position.x, y: end.position.y } : null;
  const holder = layer && position ? holderNamed(layer, connector) : null;
  if (!holder || !position) return { layer, position };
  return { layer: null, position: onPage(position, holder, connector) };
}

function holderNamed(id: string, connector: ConnectorNode): BaseNode | null {
  let at: BaseNode | null = connector.parent;
  while (at && at.id !== id) at = at.parent;
  return at;
}

/**
 * Where a free end is on the page. REST counts from the corner of a section that is named, and of the
 * plugin API both is told; the end that lies at the connector's own box is right.
 */
function onPage(position: Point, holder: BaseNode, connector: ConnectorNode): Point {
  const corner = "absoluteBoundingBox" in holder ? holder.absoluteBoundingBox : null;
  const box = connector.absoluteBoundingBox;
  if (!corner || !box) return position;
  const counted = { x: corner.x + position.x, y: corner.y + position.y };
  return distanceToBox(box, counted) < distanceToBox(box, position) ? counted : position;
}

function capOf(name: string): Cap {
  if (arrows.includes(name)) return "arrow";
  return dots.includes(name) ? "dot" : "none";
}

function placing(transform: Transform): (point: Point) => Point {
  const [[a, c, e], [b, d, f]] = transform;
  return ({ x, y }) => ({ x: a * x + c * y + e, y: b * x + d * y + f });
}

/** Read once only: the getter may throw on imported artwork, and is costly (figma-platform.md 1.5). */
function readNetwork(node: VectorNode): VectorNetworkFacts | null {
  try {
    const { vertices, segments, regions } = node.vectorNetwork;
    return {
      vertices: vertices.map(({ x, y, strokeCap }) => {
        return { x, y, cap: strokeCap === undefined ? null : capOf(strokeCap) };
      }),
      segments,
      hasRegions: (regions ?? []).length > 0,
    };
  } catch {
    return null;
  }
}
