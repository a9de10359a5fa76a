import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { hostedRuns, hostWaiting, waitingMembers } from "../store/hosted-runs.ts";
import type { Store } from "../store/open-store.ts";
import type { RunRow } from "../store/runs.ts";
import type { Engine, RunAddress } from "./engine.ts";

/** What handing over works with. */
export interface HandOverParts {
  readonly store: Pick<Store, "database" | "transaction">;
  readonly engine: Pick<Engine, "hasRoom" | "give" | "giveAgain">;
  readonly clock: Clock;
  readonly warn: Log;
}

/** Whose runs wait for each other. */
export type RunMember = Pick<RunRow, "team" | "member">;

/** Hands runs over to the engine, one in a turn of the event loop; nobody is kept waiting for it. */
export interface HandOver {
  readonly give: (address: RunAddress) => void;
  /** Before all others: one that was stopped is over in a moment. */
  readonly giveFirst: (address: RunAddress) => void;
  /** Whatever of a member waits and has room now. */
  readonly giveNextOf: (member: RunMember) => void;
  /** Everything that is worked on or has room, also where the engine has forgotten it (I11). */
  readonly giveAll: () => void;
  /** The engine may have room again. */
  readonly look: () => void;
  /** Hands over no more; what waits is in the store. */
  readonly stop: () => Promise<void>;
}

/** What the database cannot do now it is asked for again after this time. */
const againMs = 1_000;

type Work = () => Promise<void>;

/** A line of what is to be handed over, in the memory of this process; each thing stands in it once. */
export function createHandOver({ store, engine, clock, warn }: HandOverParts): HandOver {
  const stopping = new AbortController();
  const { signal } = stopping;
  /** What is to be looked up, and the runs that wait for room, by name. */
  const lookUps = new Map<string, Work>();
  let runs = new Map<string, Work>();
  let handing: Promise<void> | null = null;
  const isWorth = (line: Map<string, Work>) => line.size > 0 && (line !== runs || engine.hasRoom());
  const handAll = async () => {
    for (let isRunsTurn = true; ; isRunsTurn = !isRunsTurn) {
      // Requests are read before each.
      await nextTurn();
      // In turn: with every press there is something to look up, and no end of it.
      const line = (isRunsTurn ? [runs, lookUps] : [lookUps, runs]).find(isWorth);
      const [first] = line ?? [];
      if (!line || !first || signal.aborted) break;
      const [name, work] = first;
      line.delete(name);
      try {
        await work();
      } catch {
        warn("resume-failed", {});
        line.set(name, work);
        await clock.sleep(againMs, signal);
      }
    }
    handing = null;
  };
  const look = () => void (handing ??= handAll());
  const add = (line: Map<string, Work>, name: string, work: Work) => {
    if (!line.has(name)) line.set(name, work);
    look();
  };
  const giveNextOf = ({ team, member }: RunMember) => {
    add(lookUps, JSON.stringify([team, member]), async () => {
      for (const run of await hostWaiting(store, team, member)) give({ team, run });
    });
  };
  const give = (address: RunAddress) => add(runs, address.run, () => engine.give(address));
  const giveAll = async () => {
    for (const address of await hostedRuns(store.database)) {
      add(runs, address.run, () => engine.giveAgain(address));
    }
    for (const member of await waitingMembers(store.database)) giveNextOf(member);
  };
  return {
    give,
    giveFirst: (address) => {
      runs = new Map([[address.run, () => engine.give(address)], ...runs]);
      look();
    },
    giveNextOf,
    giveAll: () => add(lookUps, "all", giveAll),
    look,
    stop: async () => {
      stopping.abort();
      await handing;
    },
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
