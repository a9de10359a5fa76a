import { randomBytes } from "node:crypto";
import { systemClock } from "../../server/clock.ts";
import { noFailpoints } from "../../server/failpoint.ts";
import { quoteRun, startRun } from "../../server/run/start-run.ts";
import type { RunParts } from "../../server/run/run-parts.ts";
import { grant } from "../../server/store/ledger.ts";
import { createDevice, ensureTeam } from "../../server/store/members.ts";
import { openDiskHost } from "../helpers/open-disk-host.ts";
import { layeredGraph } from "./layered-graph.ts";
import { paidProvider } from "./paid-provider.ts";

/** More than any benchmark spends. */
const credits = 1_000_000_000;
/** Runs that are kept at the same time, so that they share commits. */
const together = 32;

/** The people of a benchmark: each team has so many members, each of them one paired device. */
export interface Crowd {
  readonly teams: number;
  readonly membersPerTeam: number;
  /** Runs in all, quoted, held and begun as a press of Run does it, none of them taken on yet. */
  readonly openRuns: number;
}

/** A member at a paired device. */
export interface Person {
  readonly team: string;
  readonly member: string;
  readonly token: string;
}

/**
 * Makes a relay's store with teams that have credits, and their open runs. What one team or one device
 * may have or ask at a time is a rule of the product: whoever wants more here takes more of them.
 */
export async function seedStore(folder: string, crowd: Crowd): Promise<readonly Person[]> {
  const { parts } = await openDiskHost({
    folder,
    databaseUrl: null,
    leaseMs: 30_000,
    providers: [paidProvider("never")],
    clock: systemClock,
    reach: noFailpoints,
  });
  const people: Person[] = [];
  for (let at = 0; at < crowd.teams; at += 1) {
    people.push(...(await seedTeam(parts, `team-${at}`, crowd.membersPerTeam)));
  }
  await openRuns(parts, people, crowd.openRuns);
  await parts.store.close();
  return people;
}

async function seedTeam(parts: RunParts, team: string, members: number): Promise<Person[]> {
  const { store, newId, clock } = parts;
  return store.transaction(async (transaction) => {
    await ensureTeam(transaction, team, newId);
    await grant(transaction, team, { id: `grant-of-${team}`, credits, nowMs: 0 });
    const people: Person[] = [];
    for (let at = 0; at < members; at += 1) {
      const member = `member-${at}`;
      const values = { member, name: "bench", nowMs: clock.nowMs(), random: randomBytes };
      const { token } = await createDevice(transaction, team, values);
      people.push({ team, member, token });
    }
    return people;
  });
}

/** Dealt out evenly, so that a press meets as few others of its own team as can be. */
async function openRuns(parts: RunParts, people: readonly Person[], count: number): Promise<void> {
  const { graph } = layeredGraph(1, 1, 1, () => 0);
  let next = 0;
  const press = async () => {
    for (let at = next++; at < count; at = next++) {
      const person = people[at % people.length];
      if (!person) throw new Error("Nobody is there to press Run.");
      const request = {
        file: `open-${at}`,
        graph,
        target: { mode: "all" as const },
        isAgain: false,
      };
      const caller = { ...person, device: "bench" };
      const quote = await quoteRun(parts, caller, request);
      await startRun(parts, caller, `press-of-open-run-${at}`, { ...request, quote: quote.id });
    }
  };
  await Promise.all(Array.from({ length: together }, press));
}
