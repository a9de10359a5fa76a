import type { Clock } from "../clock.ts";

/** The timeouts and intervals of one plugin run, on the stand-in's time. */
export class PluginTimers {
  readonly #clock: Clock;
  readonly #run: (functionId: number) => void;
  readonly #cancels = new Map<number, () => void>();
  #lastHandle = 0;
  #isClosed = false;

  constructor(clock: Clock, run: (functionId: number) => void) {
    this.#clock = clock;
    this.#run = run;
  }

  /** Whether any timer could still fire. */
  get isWaiting(): boolean {
    return this.#cancels.size > 0;
  }

  /** Does what the prelude asks in lines: `t`, kind, function or handle, delay; answers the handle. */
  handle(text: string): number {
    const [, kind = "", first = "", delay = "0"] = text.split("\n");
    if (kind === "clear") {
      this.#cancels.get(Number(first))?.();
      this.#cancels.delete(Number(first));
      return 0;
    }
    this.#lastHandle += 1;
    if (!this.#isClosed) this.#set(this.#lastHandle, kind, Number(first), Number(delay));
    return this.#lastHandle;
  }

  /** Cancels all of them, for good. */
  close(): void {
    this.#isClosed = true;
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }

  #set(handle: number, kind: string, functionId: number, delayMs: number): void {
    const isRepeating = kind === "interval";
    const cancel = this.#clock.after(isRepeating ? Math.max(4, delayMs) : delayMs, () => {
      this.#cancels.delete(handle);
      if (isRepeating) this.#set(handle, kind, functionId, delayMs);
      this.#run(functionId);
    });
    this.#cancels.set(handle, cancel);
  }
}
