import { describe, expect, test } from "vitest";
import { failpoints, noFailpoints, type Failpoint } from "../../server/failpoint.ts";
import type { RecoveryClass } from "../../server/providers/provider.ts";
import { checkLedger } from "../../server/store/check-ledger.ts";
import type { Store } from "../../server/store/open-store.ts";
import {
  openKillScene,
  runUntilKilled,
  type Kill,
  type KillPlace,
  type KillScene,
} from "./kill-together.ts";
import { pressTwice } from "./press-twice.ts";

const classes = ["A", "B", "C", "D"] as const satisfies readonly RecoveryClass[];

/** A relay of every class that is killed the first or the second time that it comes to a place. */
function killsAt(place: Failpoint): Kill[] {
  return [1, 2].flatMap((hit) => classes.map((recovery) => ({ place, recovery, hit })));
}

/** The outcome that nobody can know: the user does not pay, what was billed is the house's loss. */
function isLost({ place, recovery }: Kill): boolean {
  if (place === "afterIntent") return recovery === "C" || recovery === "D";
  return place === "afterSubmitCall" && recovery === "D";
}

/**
 * Real processes, each killed by the system at one place of a call, whose runs another one takes up, on
 * stores of one kind. The relays of the four classes share the process that is killed, which spares
 * three of four starts; each has a store, a provider and a fate of its own.
 */
export function killContract(
  name: string,
  openPlace: (folder: string) => Promise<KillPlace>,
): void {
  const processes = new Map<string, ReturnType<typeof killTogether>>();
  const kill = async ({ place, recovery, hit }: Kill) => {
    const key = `${place}:${hit}`;
    const process = processes.get(key) ?? killTogether(place, hit, openPlace);
    processes.set(key, process);
    const outcome = (await process).find(({ which }) => which.recovery === recovery);
    expect(outcome).toEqual({ which: { place, recovery, hit }, trouble: null });
  };
  const killed = new Set<Failpoint>();
  const at = (...places: Failpoint[]) => {
    for (const place of places) killed.add(place);
    return places.flatMap(killsAt);
  };
  const title = "of class $recovery at $place, hit $hit";
  const options = { timeout: 60_000 };
  describe(`a process on ${name} that is killed in a call`, () => {
    describe("F1: before the provider is asked", () => {
      test.each(at("afterReserve", "beforeIntent"))(title, options, kill);
    });
    describe("F2: after the intent", () => {
      test.each(at("afterIntent"))(title, options, kill);
    });
    describe("F3: before the answer is kept", () => {
      test.each(at("afterSubmitCall"))(title, options, kill);
    });
    describe("F4: while it asks how the call stands", () => {
      test.each(at("afterJobSaved", "afterPoll"))(title, options, kill);
    });
    describe("F5: with the result in hand", () => {
      test.each(at("afterDownload", "afterTmpWrite"))(title, options, kill);
    });
    describe("F6: with the result stored", () => {
      test.each(at("afterStore"))(title, options, kill);
    });
    describe("F7: once it is paid", () => {
      test.each(at("afterSettle"))(title, options, kill);
    });

    test("at every place of reliability.md 3.1 but the event stream's own", () => {
      expect(failpoints.filter((place) => !killed.has(place))).toEqual(["afterPublish"]);
    });
  });
}

/** Kills the relays of all classes in one process, takes their runs up, and says what was wrong with each. */
async function killTogether(
  place: Failpoint,
  hit: number,
  openPlace: (folder: string) => Promise<KillPlace>,
) {
  const scenes = await Promise.all(
    classes.map((recovery) => openKillScene({ place, recovery, hit }, openPlace)),
  );
  try {
    expect(await runUntilKilled(scenes)).toBe("SIGKILL");
    const ends = await Promise.allSettled(scenes.map(takeUp));
    return scenes.map(({ which }, at) => {
      const end = ends[at];
      return { which, trouble: end?.status === "rejected" ? (end.reason as unknown) : null };
    });
  } finally {
    await Promise.all(scenes.map((scene) => scene.close()));
  }
}

async function takeUp(scene: KillScene): Promise<void> {
  const { which, folder, place, service, hooks } = scene;
  await pressTwice({
    folder,
    databaseUrl: place.databaseUrl,
    service: service.url,
    recovery: which.recovery,
    reach: noFailpoints,
    // Class C waits for its webhook until the deadline; it has passed when somebody comes.
    aheadMs: which.place === "afterIntent" && which.recovery === "C" ? 600_000 : 0,
    onReady: hooks.goTo,
  });
  hooks.goTo(null);
  const store = await place.openStore();
  try {
    await expectOutcome(store, scene);
  } finally {
    await store.close();
  }
}

async function expectOutcome(store: Store, { which, service }: KillScene): Promise<void> {
  const { database } = store;
  expect(await checkLedger(database)).toEqual([]);
  const runs = await database.selectFrom("run").selectAll().orderBy("file").execute();
  const ends = runs.map(({ file, state }) => [file, state]);
  const lostRun = isLost(which) ? "failed" : "done";
  expect(ends).toEqual([
    ["one", lostRun],
    ["two", "done"],
  ]);
  const billed = [...service.bills.values()].map((handles) => handles.length);
  expect(billed.every((times) => times === 1)).toBe(true);
  // A lost first node leaves the second one out; a call that never arrived was not billed.
  const isFirstLost = isLost(which) && which.hit === 1;
  const isUnbilled = isLost(which) && which.place === "afterIntent";
  expect(billed).toHaveLength(4 - (isFirstLost ? 1 : 0) - (isUnbilled ? 1 : 0));
  await expectMoney(store, which, isFirstLost);
  for (const run of runs) await expectEvents(store, run.id, run.last_event);
}

async function expectMoney(store: Store, which: Kill, isFirstLost: boolean): Promise<void> {
  const accounts = await store.database.selectFrom("account").selectAll().execute();
  const balances = Object.fromEntries(accounts.map(({ name, credits }) => [name, credits]));
  const paid = (4 - (isLost(which) ? 1 : 0) - (isFirstLost ? 1 : 0)) * 5;
  expect(balances["spent:local"]).toBe(paid);
  expect(balances["held:local"]).toBe(0);
  expect(balances["available:local"]).toBe(100 - paid);
}

async function expectEvents(store: Store, run: string, last: number): Promise<void> {
  const events = await store.database
    .selectFrom("event")
    .select(["number", "is_end"])
    .where("run", "=", run)
    .orderBy("number")
    .execute();
  expect(events.map(({ number }) => number)).toEqual(
    Array.from({ length: last }, (_, at) => at + 1),
  );
  expect(events.filter((event) => event.is_end === 1)).toHaveLength(1);
}
