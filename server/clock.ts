/** The time, handed in so that tests can move it. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Resolves after `durationMs`, or at once when the signal aborts. Never rejects. */
  readonly sleep: (durationMs: number, signal?: AbortSignal) => Promise<void>;
  /**
   * By how many milliseconds `nowMs` was set forward, or back where it is below 0, since the process
   * began; a machine that slept counts as one that was set forward. A clock without it is never set.
   */
  readonly setByMs?: () => number;
}

/** What Date.now() is ahead of the time that nobody sets; the two go equally fast. */
const aheadMs = (): number => Date.now() - performance.now();
const aheadAtFirstMs = aheadMs();

/** The machine's own time. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  setByMs: () => aheadMs() - aheadAtFirstMs,
  sleep: (durationMs, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, durationMs);
      signal?.addEventListener("abort", end, { once: true });
    }),
};
