import type { Clock } from "../../server/clock.ts";

/** A clock whose waits are over at once and are remembered; time passes by waiting, or by a jump. */
export function quickClock(): {
  readonly waits: number[];
  readonly clock: Clock;
  readonly jump: (byMs: number) => void;
} {
  const waits: number[] = [];
  let nowMs = Date.UTC(2026, 0, 1);
  let isWatch = true;
  const sleep = (durationMs: number, signal?: AbortSignal) => {
    // The first wait is the host's own watch over open runs; it must not spin.
    if (isWatch) {
      isWatch = false;
      return new Promise<void>((resolve) => {
        signal?.addEventListener("abort", () => resolve());
      });
    }
    waits.push(durationMs);
    nowMs += durationMs;
    return Promise.resolve();
  };
  const jump = (byMs: number) => {
    nowMs += byMs;
  };
  return { waits, clock: { nowMs: () => nowMs, sleep }, jump };
}
