import { expect, test } from "vitest";
import { createHandOver } from "../../../server/run/hand-over.ts";
import type { RunAddress } from "../../../server/run/engine.ts";
import { VirtualClock } from "../../chaos/virtual-clock.ts";
import { useDataFolder } from "../store/data-folder.ts";

const { open } = useDataFolder();
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A line before an engine with so much room, which notes what it is given. */
async function openLine(room: number) {
  const store = await open();
  const given: string[] = [];
  const state = { room, failures: 0 };
  const take = ({ run }: RunAddress) => {
    if (state.failures > 0) {
      state.failures -= 1;
      return Promise.reject(new Error("The engine's database does not answer."));
    }
    given.push(run);
    state.room -= 1;
    return Promise.resolve();
  };
  const clock = new VirtualClock();
  const engine = { hasRoom: () => state.room > 0, give: take, giveAgain: take };
  const warned: string[] = [];
  const warn = (event: string) => warned.push(event);
  const handOver = createHandOver({ store, engine, clock, warn });
  const give = (...runs: string[]) => runs.forEach((run) => handOver.give({ team: "red", run }));
  return { handOver, give, given, state, warned, clock };
}

async function turns(count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) await turn();
}

test("runs are given in their order, once each, as many as there is room for, and on when there is more", async () => {
  const { handOver, give, given, state } = await openLine(2);
  give("run-1", "run-2", "run-2", "run-3", "run-4");
  await turns(10);
  expect(given).toEqual(["run-1", "run-2"]);
  state.room = 1;
  handOver.look();
  await turns(10);
  expect(given).toEqual(["run-1", "run-2", "run-3"]);
  await handOver.stop();
});

test("one that was stopped is given before all that wait", async () => {
  const { handOver, give, given, state } = await openLine(0);
  give("run-1", "run-2");
  handOver.giveFirst({ team: "red", run: "run-2" });
  state.room = 5;
  handOver.look();
  await turns(10);
  expect(given).toEqual(["run-2", "run-1"]);
  await handOver.stop();
});

test("nobody waits for it: each is given in a turn of its own", async () => {
  const { handOver, give, given } = await openLine(10);
  give("run-1", "run-2", "run-3");
  expect(given).toEqual([]);
  await turn();
  expect(given.length).toBeLessThanOrEqual(1);
  await turns(10);
  expect(given).toHaveLength(3);
  await handOver.stop();
});

test("whatever is to be looked up, a run is given in between", async () => {
  const { handOver, give, given } = await openLine(10);
  for (let at = 0; at < 100; at += 1) handOver.giveNextOf({ team: "red", member: `member-${at}` });
  give("run-1", "run-2");
  await turns(20);
  expect(given).toEqual(["run-1", "run-2"]);
  await handOver.stop();
});

test("what the engine cannot take now is given again a little later", async () => {
  const { handOver, give, given, state, warned, clock } = await openLine(10);
  state.failures = 1;
  give("run-1");
  await turns(10);
  clock.jump(1_000);
  await turns(10);
  expect([given, warned]).toEqual([["run-1"], ["resume-failed"]]);
  await handOver.stop();
});

test("after a stop nothing is given; it is in the store", async () => {
  const { handOver, give, given } = await openLine(10);
  give("run-1");
  await handOver.stop();
  give("run-2");
  await turns(10);
  expect(given).toEqual([]);
});
