import type { Clock } from "../clock.ts";

/**
 * Wakes whoever waits for news under a name: a run, an attempt, a place that came free. It carries no
 * news itself; those are in the store.
 */
export interface EventHub {
  /** Tells that there is news. */
  readonly notify: (name: string) => void;
  /** Calls `wake` at each news, and whenever some may have been missed, until the answer is called. */
  readonly listen: (name: string, wake: () => void) => () => void;
}

/** A hub for the listeners of this process. */
export interface LocalEventHub extends EventHub {
  /** Wakes everybody. */
  readonly wakeAll: () => void;
}

/** A hub for the listeners of this process. */
export function createEventHub(): LocalEventHub {
  const listeners = new Map<string, Set<() => void>>();
  return {
    notify: (name) => listeners.get(name)?.forEach((wake) => wake()),
    listen: (name, wake) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(wake));
      return () => {
        set.delete(wake);
        if (set.size === 0) listeners.delete(name);
      };
    },
    wakeAll: () => {
      for (const set of [...listeners.values()]) for (const wake of [...set]) wake();
    },
  };
}

/** A wait for news that began to listen when it was made. */
export interface NewsWait {
  /** Resolves at the first news since then, or after `durationMs`. */
  readonly atMost: (durationMs: number) => Promise<void>;
  readonly stop: () => void;
}

/** Listens for news from now on, so that none slips in between a look at the store and the wait. */
export function waitForNews(
  { hub, clock }: { readonly hub: EventHub; readonly clock: Clock },
  name: string,
): NewsWait {
  const woken = new AbortController();
  const stop = hub.listen(name, () => woken.abort());
  return {
    atMost: async (durationMs) => {
      await clock.sleep(durationMs, woken.signal);
      stop();
    },
    stop,
  };
}
