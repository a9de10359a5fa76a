import { formatMessage } from "#domain/event-stream";
import type { NumberedEvent } from "#domain/run-event";
import type { Handler } from "../handler.ts";
import { eventsAfter } from "../store/run-events.ts";
import { createStreamCount } from "./count-streams.ts";
import type { RouteParts } from "./route-parts.ts";
import { findRun } from "./runs.ts";
import { watchToken } from "./watch-token.ts";

/** A quiet stream says so this often, so that a dead connection is noticed at both ends. */
const heartbeatMs = 15_000;
/** When a reader comes back to a relay that stopped: the next one has started by then. */
const comeBackMs = 1_000;
/** Events read from the store at a time: a slow reader costs one page of memory, not the run. */
const pageSize = 256;

/**
 * The events of a run as a stream: first those behind Last-Event-ID, then new ones as they come,
 * without a gap at the seam, until run-end. A number from another run or the future is answered from
 * where the run stands, so that a client can always come back.
 */
export function runEvents(parts: RouteParts): Handler<"runEvents"> {
  const enter = createStreamCount();
  return async ({ caller, path, header, signal }) => {
    const run = await findRun(parts, caller.team, path["run"]);
    const ends = [enter(caller), parts.traffic.enter(), parts.metrics.streamOpened()];
    const leave = () => {
      for (const end of ends.splice(0)) end();
    };
    const after = Number(/^\d{1,9}$/.exec(header("last-event-id") ?? "")?.[0] ?? 0);
    if (after > run.lastEvent) parts.metrics.streamReset();
    const left = new AbortController();
    const ended = AbortSignal.any([signal, left.signal]);
    // The end of a run that is over is told to whoever asks: nothing else would ever come.
    const newest = run.state === "running" ? run.lastEvent : run.lastEvent - 1;
    const from = Math.min(after, newest);
    const isWelcome = watchToken(parts, caller);
    const pieces = readPieces(parts, caller.team, run.id, from, ended, isWelcome);
    return new Response(toStream(pieces, left, leave), {
      headers: { "Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no" },
    });
  };
}

async function* readPieces(
  parts: RouteParts,
  team: string,
  run: string,
  after: number,
  signal: AbortSignal,
  isStillPaired: () => Promise<boolean>,
): AsyncGenerator<string> {
  const news = createBell();
  const stopListening = parts.hub.listen(run, news.ring);
  const hangUp = () => news.ring();
  const { stopping } = parts.traffic;
  for (const end of [signal, stopping]) end.addEventListener("abort", hangUp, { once: true });
  try {
    for (let last = after; !signal.aborted;) {
      if (stopping.aborted) {
        yield `retry: ${comeBackMs}\n\n`;
        return;
      }
      if (!(await isStillPaired())) return;
      const page = await eventsAfter(parts.store.database, team, run, last, pageSize);
      for (const numbered of page) {
        yield formatEvent(numbered);
        await parts.reach("afterPublish");
        last = numbered.number;
        if (numbered.event.type === "run-end") return;
      }
      if (page.length > 0) continue;
      if (!(await news.wait(parts.clock.sleep, heartbeatMs))) yield ": still running\n\n";
    }
  } finally {
    stopListening();
    for (const end of [signal, stopping]) end.removeEventListener("abort", hangUp);
  }
}

function formatEvent(numbered: NumberedEvent): string {
  const id = String(numbered.number);
  return formatMessage({ id, type: "run", data: JSON.stringify(numbered) });
}

/** Remembers a ring that came while nobody waited, so that no event falls into the gap. */
function createBell() {
  let hasRung = false;
  let wake: (() => void) | null = null;
  return {
    ring: (): void => {
      hasRung = true;
      wake?.();
    },
    /** True when it rang, false when the time ran out first. */
    wait: async (
      sleep: (durationMs: number, signal?: AbortSignal) => Promise<void>,
      durationMs: number,
    ) => {
      const done = new AbortController();
      const rang = new Promise<void>((resolve) => {
        wake = resolve;
        if (hasRung) resolve();
      });
      await Promise.race([rang, sleep(durationMs, done.signal)]);
      done.abort();
      wake = null;
      const answer = hasRung;
      hasRung = false;
      return answer;
    },
  };
}

function toStream(
  pieces: AsyncGenerator<string>,
  left: AbortController,
  leave: () => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await pieces.next().catch((error: unknown) => {
        leave();
        throw error;
      });
      if (!next.done) {
        controller.enqueue(encoder.encode(next.value));
        return;
      }
      controller.close();
      leave();
    },
    cancel: async () => {
      left.abort();
      await pieces.return(undefined).finally(leave);
    },
  });
}
