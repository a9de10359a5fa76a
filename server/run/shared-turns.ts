import type { Clock } from "../clock.ts";
import type { Database } from "../store/database.ts";
import type { LineLimits } from "../store/line-changes.ts";
import type { Store } from "../store/open-store.ts";
import { leaveRun, takeRun } from "../store/turns.ts";
import { waitForNews, type EventHub } from "./event-hub.ts";
import type { Presence } from "./presence.ts";
import { createSharedBook, lineName } from "./shared-book.ts";
import { createProviderLines, createRunTurns, RelayStops, type Turn, type Turns } from "./turns.ts";

/** What turns over several processes are made of. */
export interface SharedTurnsParts {
  readonly database: Database;
  readonly transaction: Store["transaction"];
  readonly newId: () => string;
  readonly hub: EventHub;
  readonly clock: Clock;
  readonly presence: Presence;
}

/** Whoever waits looks this often: a dead process does not say that it leaves. */
const lookMs = 1_000;

/**
 * Turns among all processes on a PostgreSQL database. What a process has taken, or waits for, is a row
 * that goes with its presence.
 */
export function createSharedTurns(parts: SharedTurnsParts): Turns {
  const takeHere = createRunTurns();
  const stops: (() => void)[] = [];
  const lines = createProviderLines(parts, (provider: LineLimits) => {
    const name = lineName(provider.id);
    stops.push(parts.hub.listen(name, () => lines.lineOf(provider).look()));
    return createSharedBook(parts, provider);
  });
  return {
    takeRun: async (run, signal) => {
      const own = await takeHere(run, signal);
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
    lineOf: lines.lineOf,
    close: () => {
      for (const stop of stops) stop();
      lines.close();
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

async function waitFor<Taken>(
  parts: SharedTurnsParts,
  name: string,
  signal: AbortSignal,
  take: () => Promise<Taken | null>,
): Promise<Taken> {
  for (;;) {
    const waiting = waitForNews(parts, name);
    try {
      const taken = await take();
      if (taken !== null) return taken;
      if (signal.aborted) throw new RelayStops();
      await waiting.atMost(lookMs);
    } finally {
      waiting.stop();
    }
  }
}
