import type { Cap, ConnectorDirection } from "./layer.ts";

/**
 * Which way a connector runs: from its start to its end, unless only its start has a head
 * (figma-platform.md 11.3). The end is looked at only where it decides: each look costs a crossing.
 */
export function connectorDirection(start: Cap, lookAtEnd: () => Cap): ConnectorDirection {
  if (start !== "arrow") return "forward";
  return lookAtEnd() === "arrow" ? "two-way" : "backward";
}
