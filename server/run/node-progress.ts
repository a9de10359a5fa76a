import { isWorthTelling } from "#domain/queue-position";
import type { RunEvent } from "#domain/run-event";
import { appendEvent } from "../store/run-events.ts";
import type { RunRow } from "../store/runs.ts";
import type { RunParts } from "./run-parts.ts";

/** Progress is told at most this often for a node, and only when it moved by this much. */
const leastMs = 500;
const leastStep = 0.05;
/** A place in line is told at most this often for a node, and so many times; then only its end. */
const queueMs = 2_000;
const mostPositions = 40;

/** The progress of a node over all its calls. */
export interface Progress {
  /** A call has come so far, from 0 to 1. */
  tell(call: number, done: number): void;
  /** A call waits at this place in its provider's line, the next one at 1; 0 once it waits no more. */
  wait(call: number, position: number): void;
  /** What a call made waits for room in the storage, or does so no more. */
  room(isWaiting: boolean): void;
  /** A call has ended: only the others count for where the node stands in line. */
  end(call: number): void;
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
  let withoutRoom = 0;
  let writing: Promise<void> = Promise.resolve();
  const write = async (event: RunEvent) => {
    if (isOver) return;
    await parts.store.transaction((transaction) =>
      appendEvent(transaction, run.team, run.id, event, parts.clock.nowMs()),
    );
    parts.hub.notify(run.id);
  };
  const tellEvent = (event: RunEvent) => {
    writing = writing
      .then(() => write(event))
      .catch(() => parts.warn("progress-lost", { run: run.id }));
  };
  const queue = createQueueNews(parts.clock.nowMs, (position) =>
    tellEvent({ type: "node-queued", node, position }),
  );
  return {
    tell: (call, value) => {
      done[call] = Math.min(Math.max(value, 0), 1);
      const total = done.reduce((sum, part) => sum + part, 0) / calls;
      const nowMs = parts.clock.nowMs();
      if (isOver || total - told < leastStep || nowMs - toldAtMs < leastMs) return;
      told = total;
      toldAtMs = nowMs;
      tellEvent({ type: "node-progress", node, done: total });
    },
    room: (isWaiting) => {
      withoutRoom += isWaiting ? 1 : -1;
      const isFirst = isWaiting && withoutRoom === 1;
      if (isFirst || withoutRoom === 0) tellEvent({ type: "node-no-room", node, isWaiting });
    },
    wait: queue.stand,
    end: queue.end,
    finish: () => {
      isOver = true;
      return writing;
    },
  };
}

/** Where a node stands: it waits while none of its calls is at work, at the place of its first one. */
function createQueueNews(nowMs: () => number, tell: (position: number) => void) {
  const positions = new Map<number, number>();
  let told = 0;
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let count = 0;
  const tellChange = () => {
    const position = positions.size > 0 ? Math.min(...positions.values()) : told;
    const isTooSoon = Math.abs(nowMs() - toldAtMs) < queueMs || count >= mostPositions;
    if (!isWorthTelling(told, position) || (position > 0 && isTooSoon)) return;
    told = position;
    toldAtMs = nowMs();
    count += 1;
    tell(position);
  };
  return {
    stand: (call: number, position: number) => {
      positions.set(call, position);
      tellChange();
    },
    end: (call: number) => {
      positions.delete(call);
      tellChange();
    },
  };
}
