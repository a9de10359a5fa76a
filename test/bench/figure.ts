import { formatTable } from "./measure.ts";

/** One figure beside its limit and, where it runs here, a peer measured in the same minute. */
export interface Figure {
  readonly name: string;
  readonly ours: number;
  readonly limit: string | null;
  readonly holds: boolean | null;
  readonly peer: Peer | null;
}

/** What something else took for the same, and ours over it. */
export interface Peer {
  readonly name: string;
  readonly value: number;
  readonly ratio: number;
}

/** A figure that must not be above its limit; without one it is only told. */
export function atMost(
  name: string,
  ours: number,
  limit: number | null,
  peer: Peer | null,
): Figure {
  const holds = limit === null ? null : ours <= limit;
  return { name, ours: rounded(ours), limit: limit === null ? null : `<= ${limit}`, holds, peer };
}

/** A figure that must not be below its limit. */
export function atLeast(name: string, ours: number, limit: number, peer: Peer | null): Figure {
  return { name, ours: rounded(ours), limit: `>= ${limit}`, holds: ours >= limit, peer };
}

/** A peer's figure beside ours. */
export function peerOf(name: string, ours: number, value: number): Peer {
  return { name, value: rounded(value), ratio: rounded(ours / value) };
}

/** Figures as lines of a table. */
export function tableOf(title: string, figures: readonly Figure[]): string[] {
  const rows = figures.map(({ name, ours, limit, holds, peer }) => [
    name,
    ours,
    limit ?? "",
    holds === null ? "" : holds ? "holds" : "MISSED",
    peer === null ? "" : `${peer.value} (${peer.name}; ours is ${peer.ratio} times it)`,
  ]);
  return [title, ...formatTable([["", "ours", "limit", "", "peer"], ...rows])];
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}
