import type { Clock } from "../../server/clock.ts";

/** A clock whose waits are over at once and are remembered; time passes by waiting alone. */
export function quickClock(): { readonly waits: number[]; readonly clock: Clock } {
  const waits: number[] = [];
  let nowMs = 1_000_000;
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
  return { waits, clock: { nowMs: () => nowMs, sleep } };
}
