/** The limits that a graph must keep before any work is done on it (reliability.md T17). */
export const graphLimits = { nodes: 2_000, connections: 8_000, depth: 200, calls: 500 } as const;
