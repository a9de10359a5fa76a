import type { Time } from "./background.ts";

/** Work that is done one turn at a time, however often it is asked for. */
export interface Turn {
  /** Asks for a turn in so many milliseconds, or sooner where one is due already. */
  readonly soon: (delayMs: number) => void;
  readonly stop: () => void;
}

/**
 * Runs `work` one at a time; asked for during a turn, it gets another one behind it. `failed` hears
 * what a turn threw: the one place where the unexpected in the background is caught.
 */
export function createTurn(
  time: Time,
  work: () => Promise<void>,
  failed: (error: unknown) => void,
): Turn {
  let due: { readonly atMs: number; readonly callOff: () => void } | null = null;
  let isRunning = false;
  let isStopped = false;
  const begin = async () => {
    due = null;
    isRunning = true;
    try {
      await work();
    } catch (error) {
      if (!isStopped) failed(error);
    }
    isRunning = false;
    if (wished !== null) soon(Math.max(0, wished - time.nowMs()));
  };
  let wished: number | null = null;
  const soon = (delayMs: number) => {
    if (isStopped) return;
    const atMs = time.nowMs() + delayMs;
    if (isRunning) {
      wished = wished === null ? atMs : Math.min(wished, atMs);
      return;
    }
    wished = null;
    if (due !== null && due.atMs <= atMs) return;
    due?.callOff();
    due = { atMs, callOff: time.wait(delayMs, () => void begin()) };
  };
  const stop = () => {
    isStopped = true;
    due?.callOff();
  };
  return { soon, stop };
}
