import { performance } from "node:perf_hooks";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Database } from "../store/database.ts";
import {
  forgetDeadProcesses,
  joinProcesses,
  leaveProcesses,
  renewProcess,
} from "../store/processes.ts";

/** What a presence is made of. */
export interface PresenceParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: () => string;
  /** How long a process that says nothing counts as alive. */
  readonly leaseMs: number;
  readonly warn: Log;
}

/** A time without a break during which the others count this process as alive. */
export interface Stay {
  /** The name of this process among the others for that time. */
  readonly id: string;
  /** Whether it lasts for certain: nobody has taken over what is held under it. */
  isSure(): boolean;
}

/** This process as the others on the database see it. */
export interface Presence {
  current(): Stay;
  /** Does the work, again later where the database does not answer now. */
  giveBack(work: () => Promise<void>): void;
  /** Ends the stay and gives back what is still held under it. */
  close(): Promise<void>;
}

/** A process says so often within its lease that it lives. */
const saysPerLease = 3;
/** From this part of its lease on a process is not sure any more: a call takes time to go out. */
const sureFor = 0.8;

interface OpenStay extends Stay {
  saidAt: Moment;
  isOver: boolean;
}

/** Both clocks: the one stands still while the machine sleeps, the other one is set by people. */
interface Moment {
  readonly wallMs: number;
  readonly steadyMs: number;
}

/** Begins to say that this process lives, and takes the dead ones off the list each time. */
export async function beginPresence(parts: PresenceParts): Promise<Presence> {
  const { database, clock, leaseMs } = parts;
  const closing = new AbortController();
  let unreturned: (() => Promise<void>)[] = [];
  let stay = await join(parts);
  const sayAgain = async () => {
    const now = momentOf(clock);
    if (await renewProcess(database, stay.id, leaseMs)) {
      stay.saidAt = now;
    } else {
      stay.isOver = true;
      parts.warn("taken-for-dead");
      stay = await join(parts);
    }
    await forgetDeadProcesses(database);
    for (const work of unreturned.splice(0)) presence.giveBack(work);
  };
  const sayOn = async () => {
    for (;;) {
      await clock.sleep(leaseMs / saysPerLease, closing.signal);
      if (closing.signal.aborted) return;
      await sayAgain().catch(() => parts.warn("presence-unsaid"));
    }
  };
  const presence: Presence = {
    current: () => stay,
    giveBack: (work) => {
      void work().catch(() => unreturned.push(work));
    },
    close: async () => {
      closing.abort();
      await said;
      unreturned = [];
      stay.isOver = true;
      await leaveProcesses(database, stay.id).catch(() => undefined);
    },
  };
  const said = sayOn();
  return presence;
}

async function join({ database, clock, newId, leaseMs }: PresenceParts): Promise<OpenStay> {
  const saidAt = momentOf(clock);
  const id = newId();
  await joinProcesses(database, id, leaseMs);
  const stay: OpenStay = {
    id,
    saidAt,
    isOver: false,
    isSure: () => !stay.isOver && elapsedMs(stay.saidAt, momentOf(clock)) < leaseMs * sureFor,
  };
  return stay;
}

function momentOf(clock: Clock): Moment {
  return { wallMs: clock.nowMs(), steadyMs: performance.now() };
}

function elapsedMs(from: Moment, to: Moment): number {
  return Math.max(to.wallMs - from.wallMs, to.steadyMs - from.steadyMs);
}
