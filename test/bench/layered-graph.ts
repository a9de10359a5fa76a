import type { Connection, Graph, Node } from "#domain/graph";

/** A graph of nodes that only take time, and how long each takes. */
export interface TimedGraph {
  readonly graph: Graph;
  readonly durationMs: ReadonlyMap<string, number>;
  /** The nodes that each node waits for. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
  /** The longest chain in milliseconds: no schedule can be faster. */
  readonly criticalMs: number;
}

/**
 * A random graph of `count` assistants in layers, each fed by one to three of the layer above; the
 * same seed gives the same graph. Durations come from `durationOf`.
 */
export function layeredGraph(
  count: number,
  layers: number,
  seed: number,
  durationOf: (random: () => number) => number,
): TimedGraph {
  const random = createRandom(seed);
  const nodes: Node[] = [];
  const connections: Connection[] = [];
  const durationMs = new Map<string, number>();
  const needs = new Map<string, string[]>();
  const finishMs = new Map<string, number>();
  let above: string[] = [];
  for (let layer = 0; layer < layers; layer += 1) {
    const end = Math.round(((layer + 1) * count) / layers);
    const current: string[] = [];
    while (nodes.length < end) {
      const id = `n${nodes.length}`;
      const own = pick(above, random);
      nodes.push(timedNode(id));
      own.forEach((from, order) => {
        connections.push({
          from: { node: from, port: "text" },
          to: { node: id, port: "text" },
          order,
          via: null,
        });
      });
      const takesMs = durationOf(random);
      durationMs.set(id, takesMs);
      needs.set(id, own);
      finishMs.set(id, takesMs + Math.max(0, ...own.map((from) => finishMs.get(from) ?? 0)));
      current.push(id);
    }
    above = current;
  }
  const criticalMs = Math.max(...finishMs.values());
  return { graph: { nodes, connections }, durationMs, needs, criticalMs };
}

function timedNode(id: string): Node {
  const settings = { instruction: id, seed: 1 };
  return { id, type: "assistant", title: id, model: "timed:wait", settings, isLocked: false };
}

function pick(above: readonly string[], random: () => number): string[] {
  if (above.length === 0) return [];
  const wanted = 1 + Math.floor(random() * 3);
  const chosen = new Set<string>();
  for (let each = 0; each < wanted; each += 1) {
    chosen.add(above[Math.floor(random() * above.length)]!);
  }
  return [...chosen];
}

/** Mulberry32: small, seeded, good enough to lay out a benchmark. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
