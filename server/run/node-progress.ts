import { appendEvent } from "../store/run-events.ts";
import type { RunRow } from "../store/runs.ts";
import type { RunParts } from "./run-parts.ts";

/** Progress is told at most this often for a node, and only when it moved by this much. */
const leastMs = 500;
const leastStep = 0.05;

/** The progress of a node over all its calls. */
export interface Progress {
  /** A call has come so far, from 0 to 1. */
  tell(call: number, done: number): void;
  /** Resolves when nothing more will be told; call it before the node's end is told. */
  finish(): Promise<void>;
}

/** Tells a node's progress as events, seldom enough that a chatty provider costs nothing. */
export function createProgress(
  parts: RunParts,
  run: RunRow,
  node: string,
  calls: number,
): Progress {
  const done = new Array<number>(calls).fill(0);
  let told = 0;
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let isOver = false;
  let writing: Promise<void> = Promise.resolve();
  const write = async (total: number) => {
    if (isOver) return;
    const event = { type: "node-progress", node, done: total } as const;
    await parts.store.transaction((transaction) =>
      appendEvent(transaction, run.team, run.id, event, parts.clock.nowMs()),
    );
    parts.hub.notify(run.id);
  };
  return {
    tell: (call, value) => {
      done[call] = Math.min(Math.max(value, 0), 1);
      const total = done.reduce((sum, part) => sum + part, 0) / calls;
      const nowMs = parts.clock.nowMs();
      if (isOver || total - told < leastStep || nowMs - toldAtMs < leastMs) return;
      told = total;
      toldAtMs = nowMs;
      writing = writing
        .then(() => write(total))
        .catch(() => parts.warn("progress-lost", { run: run.id }));
    },
    finish: () => {
      isOver = true;
      return writing;
    },
  };
}
