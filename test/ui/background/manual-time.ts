import type { Time } from "../../../ui/background/background.ts";

interface Timer {
  readonly atMs: number;
  readonly ring: () => void;
}

/** Time that stands still until it is told to go on; everybody's clock may be set differently. */
export class ManualTime {
  #nowMs = 1_000_000;
  readonly #timers = new Set<Timer>();

  readonly nowMs = (): number => this.#nowMs;

  /** Somebody's clock, so much ahead of the true one. */
  clockOf(aheadMs: number): Time {
    return {
      nowMs: () => this.#nowMs + aheadMs,
      wait: (durationMs, then) => {
        const timer = { atMs: this.#nowMs + Math.max(0, durationMs), ring: then };
        this.#timers.add(timer);
        return () => this.#timers.delete(timer);
      },
    };
  }

  /** Goes on to the next thing that falls due, and rings it. */
  ringNext(): void {
    const dues = [...this.#timers].map(({ atMs }) => atMs);
    if (dues.length > 0) this.advance(Math.max(0, Math.min(...dues) - this.#nowMs));
  }

  /** Goes on by so much, timer by timer; everything that waits for nothing else gets its turn. */
  async pass(byMs: number): Promise<void> {
    const endMs = this.#nowMs + byMs;
    for (;;) {
      await settle(400);
      if (![...this.#timers].some(({ atMs }) => atMs <= endMs)) break;
      this.ringNext();
    }
    this.#nowMs = endMs;
  }

  /** Goes on by so much at once, as after a sleep, ringing what falls due on the way, each at its own moment. */
  advance(byMs: number): void {
    const endMs = this.#nowMs + byMs;
    for (;;) {
      const due = [...this.#timers].filter(({ atMs }) => atMs <= endMs);
      const [first] = due.sort((one, other) => one.atMs - other.atMs);
      if (!first) break;
      this.#timers.delete(first);
      this.#nowMs = Math.max(this.#nowMs, first.atMs);
      first.ring();
    }
    this.#nowMs = endMs;
  }
}

/** Lets everything that waits for nothing but a promise go on. */
export async function settle(turns = 60): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
}
