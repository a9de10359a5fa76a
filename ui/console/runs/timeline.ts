import { applyEvent, newRun, type Run } from "#domain/run";
import type { NumberedEvent, RunEvent } from "#domain/run-event";

/** What a node did for a while: waited for others, in a line or for room, or was at work. */
export type Phase = "waiting" | "queued" | "running";

/** A while in the life of a node, in milliseconds since the run began; never empty. */
export interface Segment {
  readonly phase: Phase;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What a run did, node by node in the order of its plan; `segments` follow each other without a gap. */
export interface Timeline {
  readonly run: Run;
  readonly lengthMs: number;
  readonly rows: readonly { readonly node: string; readonly segments: readonly Segment[] }[];
}

/** Since when a node has been what it is; null once it ended. */
interface Since {
  readonly phase: Phase | null;
  readonly fromMs: number;
}

/**
 * A run's events as bars. What has not ended reaches until now, or until the last event where this
 * machine's clock is behind the relay's. A clock that was set back while the run went on makes no bar.
 */
export function readTimeline(
  id: string,
  events: readonly NumberedEvent[],
  nowMs: number,
): Timeline {
  let run = newRun(id);
  let atMs = 0;
  const startMs = events[0]?.atMs ?? nowMs;
  const since = new Map<string, Since>();
  const segments = new Map<string, Segment[]>();
  const turn = (node: string, phase: Phase | null): void => {
    const before = since.get(node);
    if (before?.phase === phase) return;
    if (before?.phase != null && atMs > before.fromMs) {
      const ended = { phase: before.phase, fromMs: before.fromMs, untilMs: atMs };
      segments.get(node)?.push(ended);
    }
    since.set(node, { phase, fromMs: atMs });
  };
  for (const numbered of events) {
    run = applyEvent(run, numbered);
    atMs = Math.max(atMs, numbered.atMs - startMs);
    if (numbered.event.type === "run-start") {
      for (const { node, action } of numbered.event.plan.steps) {
        segments.set(node, []);
        if (action === "run") turn(node, "waiting");
      }
    }
    const turned = turnOf(numbered.event);
    if (turned !== null && segments.has(turned.node)) turn(turned.node, turned.phase);
  }
  if (run.state === "running") atMs = Math.max(atMs, nowMs - startMs);
  for (const node of segments.keys()) turn(node, null);
  const rows = [...segments].map(([node, own]) => ({ node, segments: own }));
  return { run, lengthMs: atMs, rows };
}

/** What an event makes of a node; null for one that leaves it as it is. */
function turnOf(event: RunEvent): { readonly node: string; readonly phase: Phase | null } | null {
  switch (event.type) {
    case "node-start":
      return { node: event.node, phase: "running" };
    case "node-queued":
      return { node: event.node, phase: event.position > 0 ? "queued" : "running" };
    case "node-no-room":
      return { node: event.node, phase: event.isWaiting ? "queued" : "running" };
    case "node-end":
    case "node-reused":
    case "node-failure":
    case "node-skipped":
      return { node: event.node, phase: null };
    case "run-start":
    case "node-progress":
    case "run-cancel":
    case "run-end":
      return null;
  }
}

/** How long a node was in a phase, all in all. */
export function lengthOf(segments: readonly Segment[], phase: Phase): number {
  return segments
    .filter((segment) => segment.phase === phase)
    .reduce((sum, { fromMs, untilMs }) => sum + untilMs - fromMs, 0);
}

const roundStepsMs = [
  ...[100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000],
  ...[120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000],
];

/** The moments that stand above the bars: round ones, at most six. */
export function ticksOf(lengthMs: number): number[] {
  const stepMs = roundStepsMs.find((each) => lengthMs / each <= 5) ?? Math.max(1, lengthMs / 5);
  const count = Math.floor(lengthMs / stepMs);
  return Array.from({ length: count + 1 }, (_, at) => at * stepMs);
}
