import type { Clock } from "../clock.ts";
import type { Provider } from "../providers/provider.ts";
import type { Database } from "../store/database.ts";
import { leavePlace, leaveRun, takePlace, takeRun } from "../store/turns.ts";
import { waitForNews, type EventHub } from "./event-hub.ts";
import { createLimiter, type Limiter } from "./limit-provider.ts";
import type { Presence } from "./presence.ts";
import { createLocalTurns, RelayStops, type Turn, type Turns } from "./turns.ts";

/** What turns over several processes are made of. */
export interface SharedTurnsParts {
  readonly database: Database;
  readonly hub: EventHub;
  readonly clock: Clock;
  readonly presence: Presence;
}

/** Whoever waits looks this often: a dead process does not say that it leaves. */
const lookMs = 1_000;

/**
 * Turns among all processes on a PostgreSQL database. What a process has taken is a row that goes with
 * its presence; within the process those who come first are served first.
 */
export function createSharedTurns(parts: SharedTurnsParts): Turns {
  const local = createLocalTurns();
  const limiters = new Map<string, Limiter>();
  return {
    takeRun: async (run, signal) => {
      const own = await local.takeRun(run, signal);
      try {
        const name = `turn-of-${run}`;
        const shared = await waitFor(parts, name, signal, () => tryRun(parts, name, run));
        return {
          isOurs: shared.isOurs,
          leave: () => {
            shared.leave();
            own.leave();
          },
        };
      } catch (error) {
        own.leave();
        throw error;
      }
    },
    limiterOf: (provider) => {
      const limiter = limiters.get(provider.id) ?? shareLimiter(parts, provider);
      limiters.set(provider.id, limiter);
      return limiter;
    },
  };
}

async function tryRun(
  { database, hub, presence }: SharedTurnsParts,
  name: string,
  run: string,
): Promise<Turn | null> {
  const stay = presence.current();
  if (!(await takeRun(database, run, stay.id))) return null;
  const leave = async () => {
    await leaveRun(database, run, stay.id);
    hub.notify(name);
  };
  return { isOurs: () => stay.isSure(), leave: () => presence.giveBack(leave) };
}

/** A provider's places for all processes together. */
function shareLimiter(parts: SharedTurnsParts, { id, concurrency }: Provider): Limiter {
  const { database, hub, presence } = parts;
  const name = `place-of-${id}`;
  // One at a time asks for this process, so that the first to come is the first to get a place.
  const line = createLimiter(1);
  const tryEnter = async () => {
    const stay = presence.current();
    const place = await takePlace(database, id, concurrency, stay.id);
    if (place === null) return null;
    const leave = async () => {
      await leavePlace(database, id, place, stay.id);
      hub.notify(name);
    };
    return () => presence.giveBack(leave);
  };
  return {
    run: async (work) => {
      const leave = await line.run(() => waitFor(parts, name, null, tryEnter));
      try {
        return await work();
      } finally {
        leave();
      }
    },
    tryEnter,
  };
}

async function waitFor<Taken>(
  parts: SharedTurnsParts,
  name: string,
  signal: AbortSignal | null,
  take: () => Promise<Taken | null>,
): Promise<Taken> {
  for (;;) {
    const waiting = waitForNews(parts, name);
    try {
      const taken = await take();
      if (taken !== null) return taken;
      if (signal?.aborted) throw new RelayStops();
      await waiting.atMost(lookMs);
    } finally {
      waiting.stop();
    }
  }
}
