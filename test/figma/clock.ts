import { nextTurn } from "./host/next-turn.ts";
import type { Random } from "./random.ts";

/** A thing to do at a moment of the stand-in's time. */
interface Timer {
  readonly id: number;
  readonly atMs: number;
  readonly run: () => void;
}

/**
 * The time of a stand-in. Timers fire only when time is advanced; answers of Figma (`soon`) come on
 * later turns by themselves, in an order drawn from the seed, never inside the call that asked.
 */
export class Clock {
  nowMs: number;
  readonly #random: Random;
  #timers: Timer[] = [];
  #ready: (() => void)[] = [];
  #lastId = 0;
  #isPumping = false;
  #outside = 0;
  #waiting: (() => void)[] = [];

  constructor(random: Random, startMs = Date.UTC(2026, 0, 1)) {
    this.#random = random;
    this.nowMs = startMs;
  }

  /** Runs `task` on a later turn; tasks that are ready together run in seeded order. */
  soon(task: () => void): void {
    this.#ready.push(task);
    this.#startPump();
  }

  /** Runs `task` after `delayMs` of the stand-in's time; the answer takes it back. */
  after(delayMs: number, task: () => void): () => void {
    const timer = { id: ++this.#lastId, atMs: this.nowMs + Math.max(0, delayMs), run: task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Keeps `idle` waiting for work that runs outside (a download, a picture being painted). */
  async outside<T>(work: Promise<T>): Promise<T> {
    this.#outside += 1;
    try {
      return await work;
    } finally {
      this.#outside -= 1;
      this.#wake();
    }
  }

  /** Lets `ms` of time pass: every timer due fires in order, answers settle in between. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.nowMs + ms;
    await this.idle();
    for (;;) {
      const due = this.#nextTimer(untilMs);
      if (due === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== due);
      this.nowMs = Math.max(this.nowMs, due.atMs);
      due.run();
      await this.idle();
    }
    this.nowMs = untilMs;
  }

  /** Lets the stand-in's time run with the real one, for people and browsers; the answer stops it. */
  followRealTime(): () => void {
    let lastMs = performance.now();
    let isBusy = false;
    const handle = setInterval(() => {
      if (isBusy) return;
      const nowMs = performance.now();
      isBusy = true;
      void this.advance(nowMs - lastMs).finally(() => {
        isBusy = false;
      });
      lastMs = nowMs;
    }, 10);
    return () => clearInterval(handle);
  }

  /** Resolves when no answer is under way; timers may still be waiting for time to pass. */
  async idle(): Promise<void> {
    await new Promise<void>((resolve) => nextTurn(resolve));
    while (this.#ready.length > 0 || this.#outside > 0)
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
  }

  #nextTimer(untilMs: number): Timer | undefined {
    const due = this.#timers.filter((timer) => timer.atMs <= untilMs);
    return due.sort((a, b) => a.atMs - b.atMs || a.id - b.id)[0];
  }

  #turn(): void {
    this.#isPumping = false;
    const index = Math.floor(this.#random() * this.#ready.length);
    const [task] = this.#ready.splice(index, 1);
    try {
      task?.();
    } finally {
      if (this.#ready.length > 0) this.#startPump();
      this.#wake();
    }
  }

  #startPump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    nextTurn(() => this.#turn());
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
