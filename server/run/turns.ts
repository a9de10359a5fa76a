import type { Provider } from "../providers/provider.ts";
import { createLimiter, type Limiter } from "./limit-provider.ts";

/** The right to work on a run, for as long as it is not given back. */
export interface Turn {
  /**
   * Whether nobody else can have begun to work on the run. False in a process that was cut off from
   * the others for so long that they took it for dead: it must not ask for anything that costs.
   */
  readonly isOurs: () => boolean;
  readonly leave: () => void;
}

/** Who works on what, so that nothing is done by two and no provider is asked more than it allows. */
export interface Turns {
  /** Waits until nobody else works on the run. Throws when the signal aborts before. */
  readonly takeRun: (run: string, signal: AbortSignal) => Promise<Turn>;
  readonly limiterOf: (provider: Provider) => Limiter;
}

/** Turns among the passes of this process. */
export function createLocalTurns(): Turns {
  const busy = new Map<string, Promise<void>>();
  const limiters = new Map<string, Limiter>();
  return {
    takeRun: async (run, signal) => {
      // A process that slept past its own lease, as a laptop does, is given a run that it has in hand.
      for (let other = busy.get(run); other; other = busy.get(run)) {
        await Promise.race([other, rejectOn(signal)]);
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      busy.set(run, promise);
      return {
        isOurs: () => true,
        leave: () => {
          busy.delete(run);
          resolve();
        },
      };
    },
    limiterOf: ({ id, concurrency }) => {
      const limiter = limiters.get(id) ?? createLimiter(concurrency);
      limiters.set(id, limiter);
      return limiter;
    },
  };
}

/**
 * Throws in a process that may have been taken for dead: nothing that costs leaves it, because the one
 * that took its run over asks by itself. The engine comes back to the run later.
 */
export function checkTurn({ isOurs }: Pick<Turn, "isOurs">): void {
  if (!isOurs()) throw new Error("Another process may work on this run by now.");
}

/** The relay stops; whoever waits for a turn will not get it. */
export class RelayStops extends Error {
  override readonly name = "RelayStops";

  constructor() {
    super("The relay is being stopped.");
  }
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = () => reject(new RelayStops());
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
