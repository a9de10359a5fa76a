import type { Clock } from "../../server/clock.ts";

interface Timer {
  readonly atMs: number;
  readonly ring: () => void;
}

/** A clock that stands still until it is told to go on. */
export class VirtualClock implements Clock {
  #nowMs = Date.UTC(2026, 0, 1);
  #timers: Timer[] = [];
  #setBackMs = 0;
  #setByMs = 0;

  /** By how much it was set back in all. */
  get setBackMs(): number {
    return this.#setBackMs;
  }

  readonly nowMs = (): number => this.#nowMs;

  readonly setByMs = (): number => this.#setByMs;

  readonly sleep = (durationMs: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const timer = { atMs: this.#nowMs + durationMs, ring: resolve };
      this.#timers.push(timer);
      signal?.addEventListener("abort", () => {
        this.#timers = this.#timers.filter((each) => each !== timer);
        resolve();
      });
    });

  /** Goes on to the next timer and rings all that are due; false when nobody waits. */
  ringNext(): boolean {
    const [first] = [...this.#timers].sort((one, other) => one.atMs - other.atMs);
    if (!first) return false;
    this.#goOn(Math.max(0, first.atMs - this.#nowMs));
    return true;
  }

  /** Moves the time, forward or back, as a machine's clock can; what is due rings. */
  jump(byMs: number): void {
    this.#setByMs += byMs;
    this.#setBackMs += Math.max(0, -byMs);
    this.#goOn(byMs);
  }

  #goOn(byMs: number): void {
    this.#nowMs += byMs;
    const due = this.#timers.filter((timer) => timer.atMs <= this.#nowMs);
    this.#timers = this.#timers.filter((timer) => timer.atMs > this.#nowMs);
    for (const timer of due) timer.ring();
  }

  /** Whoever waits waits for ever: the process that they were in is dead. */
  forgetAll(): void {
    this.#timers = [];
  }
}
