import type { Clock } from "../clock.ts";
import type { LineCall, LineNews } from "../store/line-changes.ts";
import { LinePositions, tellPosition, type Standing } from "./line-positions.ts";
import type { Asker, LineBook, ProviderLine, Ticket } from "./provider-line.ts";

/** What a line is made of. */
export interface ProviderLineParts {
  readonly book: LineBook;
  readonly clock: Clock;
  readonly newId: () => string;
}

interface Held extends Standing {
  readonly call: LineCall;
  readonly known: PromiseWithResolvers<void>;
  readonly entered: PromiseWithResolvers<void>;
  isIn: boolean;
  /** Whether the right to start that came with the place is unused. */
  mayStart: boolean;
}

/** Whoever waits in a shared line looks this often: a dead process does not say that it leaves. */
const lookMs = 1_000;

/** The line of one process over its book: what comes up at one moment is written down together. */
export function createProviderLine(parts: ProviderLineParts): ProviderLine {
  return new Line(parts);
}

class Line implements ProviderLine {
  readonly #parts: ProviderLineParts;
  readonly #positions = new LinePositions();
  readonly #waiting = new Map<string, Held>();
  #arrivals: Held[] = [];
  readonly #leaving = new Set<string>();
  readonly #restarts = new Set<() => void>();
  /** Until when the provider asked to be left alone, where the book does not know it yet; else 0. */
  #pausedUntilMs = 0;
  #turn: "none" | "on" | "again" = "none";
  #timer = new AbortController();
  #isClosed = false;

  constructor(parts: ProviderLineParts) {
    this.#parts = parts;
  }

  async ask(asker: Asker): Promise<Ticket> {
    const { team, member, startsCall } = asker;
    const held: Held = {
      call: { id: this.#parts.newId(), team, member, startsCall },
      tell: asker.tell,
      known: Promise.withResolvers(),
      entered: Promise.withResolvers(),
      isIn: false,
      mayStart: startsCall,
      told: 0,
      toldAtMs: 0,
    };
    this.#arrivals.push(held);
    this.look();
    await held.known.promise;
    return {
      hasPlace: () => held.isIn,
      wait: (signal) => this.#wait(held, signal),
      start: (signal) => this.#start(held, signal),
      pause: (durationMs) => {
        const untilMs = this.#parts.clock.nowMs() + durationMs;
        this.#pausedUntilMs = Math.max(this.#pausedUntilMs, untilMs);
        tellPosition(held, 1);
        this.look();
      },
      leave: () => this.#leave(held),
    };
  }

  look(): void {
    if (this.#turn !== "none") this.#turn = "again";
    else if (this.#hasWork()) void this.#takeTurns();
  }

  close(): void {
    this.#isClosed = true;
    this.#timer.abort();
  }

  #hasWork(): boolean {
    const somebody = this.#waiting.size + this.#arrivals.length + this.#restarts.size;
    return somebody > 0 || this.#leaving.size > 0 || this.#pausedUntilMs > 0;
  }

  async #wait(held: Held, signal: AbortSignal | null): Promise<boolean> {
    const stopped = Promise.withResolvers<void>();
    const stop = () => stopped.resolve();
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
    // A place that it has wins over a stop of the same moment.
    await Promise.race([held.entered.promise, stopped.promise]);
    signal?.removeEventListener("abort", stop);
    if (!held.isIn) this.#leave(held);
    return held.isIn;
  }

  async #start(held: Held, signal: AbortSignal | null): Promise<void> {
    if (held.mayStart) {
      held.mayStart = false;
      return;
    }
    const started = Promise.withResolvers<void>();
    const go = () => started.resolve();
    this.#restarts.add(go);
    signal?.addEventListener("abort", go, { once: true });
    if (signal?.aborted) go();
    else this.look();
    await started.promise;
    signal?.removeEventListener("abort", go);
    this.#restarts.delete(go);
    tellPosition(held, 0);
  }

  #leave(held: Held): void {
    this.#waiting.delete(held.call.id);
    this.#leaving.add(held.call.id);
    tellPosition(held, 0);
    this.look();
  }

  async #takeTurns(): Promise<void> {
    this.#timer.abort();
    for (;;) {
      this.#turn = "on";
      await Promise.resolve();
      const waitMs = await this.#exchange();
      if (this.#isToldAgain() || waitMs === 0) continue;
      this.#turn = "none";
      this.#lookIn(waitMs);
      return;
    }
  }

  #isToldAgain(): boolean {
    return this.#turn === "again";
  }

  /** One exchange with the book; answers in how long it is worth another one, null for never. */
  async #exchange(): Promise<number | null> {
    const { book, clock } = this.#parts;
    const arrivals = this.#arrivals.splice(0);
    const leaving = [...this.#leaving];
    const pausedUntilMs = this.#pausedUntilMs;
    const nowMs = clock.nowMs();
    const wantsPositions = this.#positions.dueInMs(this.#waiting.values(), nowMs) === 0;
    let news: LineNews;
    try {
      news = await book.exchange({
        arrivals: arrivals.map(({ call }) => call),
        leaving,
        restarts: this.#restarts.size,
        pauseMs: Math.max(0, pausedUntilMs - nowMs),
        wantsPositions,
      });
    } catch (error) {
      for (const { call, known } of arrivals) {
        // It may have been written down all the same; nobody waits for it any more.
        this.#leaving.add(call.id);
        known.reject(error);
      }
      return lookMs;
    }
    if (this.#pausedUntilMs === pausedUntilMs) this.#pausedUntilMs = 0;
    for (const id of leaving) this.#leaving.delete(id);
    for (const held of arrivals) this.#waiting.set(held.call.id, held);
    const entered = news.entered.flatMap((id) => this.#waiting.get(id) ?? []);
    for (const held of entered) this.#enter(held);
    for (const { known } of arrivals) known.resolve();
    for (const go of [...this.#restarts].slice(0, news.restarted)) {
      this.#restarts.delete(go);
      go();
    }
    if (book.isShared || arrivals.length + leaving.length + entered.length > 0) {
      this.#positions.move();
    }
    if (news.positions) this.#positions.tellAll(this.#waiting, news.positions, nowMs);
    return this.#nextLookMs(news);
  }

  #nextLookMs({ waitMs }: LineNews): number | null {
    const waiting = this.#waiting.values();
    const looks = [this.#positions.dueInMs(waiting, this.#parts.clock.nowMs())];
    if (this.#waiting.size + this.#restarts.size > 0) {
      if (waitMs !== null) looks.push(waitMs);
      if (this.#parts.book.isShared) looks.push(lookMs);
    }
    const soonest = Math.min(...looks);
    return Number.isFinite(soonest) ? soonest : null;
  }

  #enter(held: Held): void {
    this.#waiting.delete(held.call.id);
    held.isIn = true;
    held.entered.resolve();
    tellPosition(held, 0);
  }

  #lookIn(waitMs: number | null): void {
    if (waitMs === null || this.#isClosed) return;
    const timer = new AbortController();
    this.#timer = timer;
    void this.#parts.clock.sleep(waitMs, timer.signal).then(() => {
      if (!timer.signal.aborted) this.look();
    });
  }
}
