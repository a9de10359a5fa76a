import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beginToTakeOut, endTakingOut } from "../../../server/store/retention.ts";
import { openMemoryBytes } from "../../helpers/memory-bytes.ts";
import {
  createMovedClock,
  createRetentionWorld,
  dayMs,
  hourMs,
  type UploadCrash,
} from "../../helpers/retention-world.ts";
import { reviveAssets } from "../../../server/store/asset-references.ts";
import { hashOf, nowMs, type OpenEmptyStore } from "./rows.ts";

type World = ReturnType<typeof createRetentionWorld>;
type Step = (world: World, hands: Hands) => Promise<void>;
interface Hands {
  /** Moves the clock while nothing else is at work: what lasts a moment has a lease of minutes or a grace of a day. */
  readonly move: (ms: number) => Promise<void>;
  readonly crashAtRemoval: (when: "before" | "after") => void;
}

const team = fc.constantFrom("red", "blue");
const content = fc.constantFrom("a", "b");
const owner = fc.record({
  kind: fc.constantFrom("version" as const, "run" as const),
  id: fc.constantFrom("1", "2"),
});
const crash = fc.constantFrom<UploadCrash>(null, null, "announced", "put");
const jumpMs = fc.constantFrom(hourMs, 25 * hourMs, 31 * dayMs, 31 * dayMs, -2 * dayMs);

/** Long enough that whatever nobody needs is forgotten. */
const month: Step = async (world, { move }) => {
  await world.sweep();
  await move(31 * dayMs);
  await world.sweep();
};

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(team, content, crash).map(
    ([who, what, when]): Step =>
      (world) =>
        world.upload(who, what, when),
  ),
  fc.tuple(team, content, content).map(
    ([who, what, source]): Step =>
      (world) =>
        world.derive(who, what, source),
  ),
  fc.tuple(team, owner, content).map(
    ([who, whose, what]): Step =>
      (world) =>
        world.need(who, whose, what),
  ),
  fc.tuple(team, owner).map(
    ([who, whose]): Step =>
      (world) =>
        world.release(who, whose),
  ),
  fc.constantFrom<Step>(
    month,
    (world) => world.sweep(),
    (world, { crashAtRemoval }) => {
      crashAtRemoval("before");
      return world.sweep();
    },
    (world, { crashAtRemoval }) => {
      crashAtRemoval("after");
      return world.sweep();
    },
  ),
  jumpMs.map(
    (ms): Step =>
      (_world, { move }) =>
        move(ms),
  ),
);
/** Some of them happen at the same time, as in several processes. */
const program = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), {
  minLength: 4,
  maxLength: 16,
});

/** The same world, and when nothing is at work in it. */
function countingWork(world: World): { readonly world: World; readonly rest: () => Promise<void> } {
  let atWork = 0;
  const counted =
    <Given extends unknown[]>(work: (...given: Given) => Promise<void>) =>
    async (...given: Given) => {
      atWork += 1;
      try {
        await work(...given);
      } finally {
        atWork -= 1;
      }
    };
  const { upload, derive, need, release, sweep } = world;
  return {
    world: {
      ...world,
      upload: counted(upload),
      derive: counted(derive),
      need: counted(need),
      release: counted(release),
      sweep: counted(sweep),
    },
    rest: async () => {
      while (atWork > 0) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** What is needed is never lost, and what is not does not stay (reliability.md I6). */
export function retentionContract(open: OpenEmptyStore): void {
  describe("the sweep", () => {
    it("keeps what is needed and lets the rest go, whatever happens in whatever order", async () => {
      const store = await open();
      await fc.assert(
        fc.asyncProperty(program, async (rounds) => {
          const clock = createMovedClock(nowMs);
          const memory = openMemoryBytes(clock.nowMs);
          const busy = countingWork(createRetentionWorld(store, memory.store, clock));
          const { world } = busy;
          const hands: Hands = {
            move: async (ms) => {
              await busy.rest();
              clock.move(ms);
            },
            crashAtRemoval: (when) => (memory.crashAtRemoval = when),
          };
          for (const round of rounds) {
            await Promise.all(round.map((each) => each(world, hands)));
            expect(await world.check()).toEqual([]);
          }
          memory.crashAtRemoval = null;
          await world.releaseAll();
          // A clock that was set back comes to where it was before anything counts as old.
          clock.move(60 * dayMs);
          for (const waitMs of [31 * dayMs, 25 * hourMs, 25 * hourMs, 0]) {
            await world.sweep();
            clock.move(waitMs);
          }
          expect(await world.leftOvers()).toBe(0);
        }),
        { numRuns: 40, seed: 4_517 },
      );
    });

    it("does not let bytes in while they are on their way out, for any team", async () => {
      const store = await open();
      const clock = createMovedClock(nowMs);
      const memory = openMemoryBytes(clock.nowMs);
      const world = createRetentionWorld(store, memory.store, clock);
      const hash = hashOf("a");
      const untilMs = nowMs + 600_000;
      const begin = () =>
        store.transaction((transaction) =>
          beginToTakeOut(transaction, hash, { beforeMs: nowMs - dayMs, nowMs, untilMs }),
        );
      expect(await begin()).toBe(true);
      expect(await begin()).toBe(false);
      await world.upload("blue", "a", null);
      expect(memory.kept.size).toBe(0);
      await endTakingOut(store.database, hash, untilMs - 1);
      await world.upload("blue", "a", null);
      expect(memory.kept.size).toBe(0);
      await endTakingOut(store.database, hash, untilMs);
      await world.upload("blue", "a", null);
      expect(memory.kept.size).toBe(1);
      expect(await begin()).toBe(false);
    });

    it("leaves bytes alone that are announced again, however long they have been left over", async () => {
      const store = await open();
      const clock = createMovedClock(nowMs);
      const memory = openMemoryBytes(clock.nowMs);
      const world = createRetentionWorld(store, memory.store, clock);
      await world.upload("red", "a", "put");
      clock.move(25 * hourMs);
      await world.upload("blue", "a", "put");
      await world.sweep();
      expect(memory.kept.size).toBe(1);
      clock.move(25 * hourMs);
      await world.sweep();
      expect(memory.kept.size).toBe(0);
    });

    it("forgets an asset of one team and keeps the bytes that another one has", async () => {
      const store = await open();
      const clock = createMovedClock(nowMs);
      const memory = openMemoryBytes(clock.nowMs);
      const world = createRetentionWorld(store, memory.store, clock);
      for (const each of ["red", "blue"]) await world.upload(each, "a", null);
      await world.need("blue", { kind: "run", id: "1" }, "a");
      await world.sweep();
      clock.move(31 * dayMs);
      await world.sweep();
      expect(await world.check()).toEqual([]);
      expect(await store.database.selectFrom("asset").select("team").execute()).toHaveLength(1);
    });

    it("gives an asset its whole time again whenever somebody looked for it or needed it", async () => {
      const store = await open();
      const clock = createMovedClock(nowMs);
      const memory = openMemoryBytes(clock.nowMs);
      const world = createRetentionWorld(store, memory.store, clock);
      const run = { kind: "run", id: "1" } as const;
      const uses = [
        () => reviveAssets(store.database, "red", [hashOf("a")]),
        () => world.upload("red", "a", null),
        () => world.need("red", run, "a").then(() => world.release("red", run)),
      ];
      await world.upload("red", "a", null);
      for (const use of uses) {
        await world.sweep();
        clock.move(29 * dayMs);
        await use();
        await world.sweep();
        clock.move(29 * dayMs);
        await world.sweep();
        expect(await reviveAssets(store.database, "red", [hashOf("a")])).toEqual([]);
      }
    });

    it("lets bytes in again once whoever was taking them out must be dead", async () => {
      const store = await open();
      const clock = createMovedClock(nowMs);
      const memory = openMemoryBytes(clock.nowMs);
      const world = createRetentionWorld(store, memory.store, clock);
      const limits = { beforeMs: nowMs - dayMs, nowMs, untilMs: nowMs + 600_000 };
      await store.transaction((transaction) => beginToTakeOut(transaction, hashOf("a"), limits));
      clock.move(600_001);
      await world.upload("red", "a", null);
      expect(await world.check()).toEqual([]);
      expect(memory.kept.size).toBe(1);
    });
  });
}
