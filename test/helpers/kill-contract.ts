import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { failpoints, noFailpoints } from "../../server/failpoint.ts";
import type { RecoveryClass } from "../../server/providers/provider.ts";
import { checkLedger } from "../../server/store/check-ledger.ts";
import type { Store } from "../../server/store/open-store.ts";
import { childEnvironment } from "./child-environment.ts";
import { pressTwice, type ServiceHook } from "./press-twice.ts";
import { openProviderService, type ProviderService } from "./provider-service.ts";

const program = fileURLToPath(new URL("./killable-runs.ts", import.meta.url));

/** Every place of reliability.md 3.1 that a call passes; afterPublish belongs to the event stream. */
const places = failpoints.filter((place) => place !== "afterPublish");
const classes = ["A", "B", "C", "D"] as const satisfies readonly RecoveryClass[];
const cases = places.flatMap((place) =>
  classes.flatMap((recovery) => [1, 2].map((hit) => ({ place, recovery, hit }))),
);
type Case = (typeof cases)[number];

/** The outcome that nobody can know: the user does not pay, what was billed is the house's loss. */
function isLost({ place, recovery }: Case): boolean {
  if (place === "afterIntent") return recovery === "C" || recovery === "D";
  return place === "afterSubmitCall" && recovery === "D";
}

/** Where the killed processes of one case keep their runs. */
export interface KillPlace {
  /** A PostgreSQL database; null for the folder. */
  readonly databaseUrl: string | null;
  /** Opens the store once they have ended. */
  openStore(): Promise<Store>;
}

/** What one case has for itself. */
interface Scene {
  readonly which: Case;
  readonly folder: string;
  readonly place: KillPlace;
  readonly service: ProviderService;
  readonly hooks: Hooks;
}

/**
 * Real processes, each killed by the system at one place of a call, whose runs another one takes up, on
 * stores of one kind; `together` of them at a time.
 */
export function killContract(
  name: string,
  together: number,
  openPlace: (folder: string) => Promise<KillPlace>,
): void {
  describe(`a process on ${name} that is killed in a call`, { concurrent: together > 1 }, () => {
    test.each(cases)("of class $recovery at $place, hit $hit", async (which) => {
      const folder = await mkdtemp(join(tmpdir(), "spaces-kill-"));
      const hooks = createHooks(which.recovery);
      const service = await openProviderService(which.recovery, hooks.send);
      try {
        const place = await openPlace(folder);
        await killAndTakeUp({ which, folder, place, service, hooks });
      } finally {
        await service.close();
        await rm(folder, { recursive: true, force: true });
      }
    });
  });
}

type Hooks = ReturnType<typeof createHooks>;

/** The service's webhooks: those of class C reach whoever takes them, then and whenever one begins to. */
function createHooks(recovery: RecoveryClass) {
  const sent: ServiceHook[] = [];
  let taker: ((hook: ServiceHook) => void) | null = null;
  return {
    send: (reference: string, handle: string) => {
      if (recovery !== "C") return;
      sent.push({ reference, handle });
      taker?.({ reference, handle });
    },
    goTo: (next: ((hook: ServiceHook) => void) | null) => {
      taker = next;
      if (next) sent.forEach(next);
    },
  };
}

async function killAndTakeUp(scene: Scene): Promise<void> {
  const { which, folder, place, service, hooks } = scene;
  expect(await runUntilExit(scene)).toBe("SIGKILL");
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

/** Starts the process that will be killed, lets the service's webhooks in, and gives how it ended. */
function runUntilExit({ which, folder, place, service, hooks }: Scene) {
  return new Promise<NodeJS.Signals | number | null>((resolve, reject) => {
    const child = fork(program, [], {
      env: {
        ...childEnvironment(),
        FOLDER: folder,
        ...(place.databaseUrl !== null && { DATABASE: place.databaseUrl }),
        SERVICE: service.url,
        RECOVERY: which.recovery,
        FAILPOINTS: `${which.place}:${which.hit}=kill`,
      },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    child.on("message", () => {
      hooks.goTo((hook) => {
        if (child.connected) child.send(hook, () => undefined);
      });
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      hooks.goTo(null);
      resolve(signal ?? code);
    });
  });
}

async function expectOutcome(store: Store, { which, service }: Scene): Promise<void> {
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

async function expectMoney(store: Store, which: Case, isFirstLost: boolean): Promise<void> {
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
