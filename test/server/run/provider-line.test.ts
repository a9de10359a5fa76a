import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rateWindowMs } from "#domain/call-rate";
import { createMemoryBook } from "../../../server/run/memory-book.ts";
import { createProviderLine } from "../../../server/run/open-line.ts";
import type { Ticket } from "../../../server/run/provider-line.ts";
import type { LineLimits } from "../../../server/store/line-changes.ts";
import type { Store } from "../../../server/store/open-store.ts";
import { VirtualClock } from "../../chaos/virtual-clock.ts";
import { useDataFolder } from "../store/data-folder.ts";

const never = new AbortController().signal;
const { open: openStore } = useDataFolder();
const noStore: Store["transaction"] = () => Promise.reject(new Error("nothing is stored here"));
const rest = () => new Promise((resolve) => setImmediate(resolve));

/** A line on a clock that stands still, with a note of what was told and who was let in. */
function openLine(limits: Partial<LineLimits>, transaction = noStore) {
  const clock = new VirtualClock();
  let ids = 0;
  const newId = () => `call-${(ids += 1)}`;
  const book = createMemoryBook({ transaction, clock }, { id: "fake", concurrency: 1, ...limits });
  const line = createProviderLine({ book, clock, newId });
  const entered: string[] = [];
  const told: { name: string; position: number; atMs: number }[] = [];
  const ask = async (name: string, signal = never, startsCall = true) => {
    const [member = ""] = name.split(" ");
    const tell = (position: number) => told.push({ name, position, atMs: clock.nowMs() });
    const ticket = await line.ask({ team: "red", member, startsCall, tell });
    void ticket.wait(signal).then((isIn) => isIn && entered.push(name));
    await rest();
    return ticket;
  };
  return { clock, ask, entered, told };
}

describe("a line before a provider", () => {
  test("F60: of two members, one with many calls and one with one, the one is next", async () => {
    const { ask, entered } = openLine({});
    const tickets = new Map<string, Ticket>();
    for (let at = 0; at < 20; at += 1) tickets.set(`ana ${at}`, await ask(`ana ${at}`));
    tickets.set("bo", await ask("bo"));
    tickets.get("ana 0")!.leave();
    await rest();
    expect(entered).toEqual(["ana 0", "bo"]);
    tickets.get("bo")!.leave();
    await rest();
    expect(entered).toEqual(["ana 0", "bo", "ana 1"]);
  });

  test("lets go at once who is stopped while it waits, and gives its place in line to the next", async () => {
    const { ask, entered } = openLine({});
    const first = await ask("ana 0");
    const stopping = new AbortController();
    const stopped = await ask("bo 1", stopping.signal);
    await ask("cy 2");
    stopping.abort();
    expect(await stopped.wait(stopping.signal)).toBe(false);
    first.leave();
    await rest();
    expect(entered).toEqual(["ana 0", "cy 2"]);
  });

  test("F10: a pause holds everybody back, those who come meanwhile and those who try again, and no longer than it was asked for", async () => {
    const { clock, ask, entered } = openLine({ concurrency: 3 });
    const first = await ask("ana 0");
    await first.start(never);
    first.pause(5_000);
    await ask("bo 1");
    let hasStarted = false;
    void first.start(never).then(() => (hasStarted = true));
    clock.jump(4_999);
    await rest();
    expect([entered, hasStarted]).toEqual([["ana 0"], false]);
    clock.jump(1);
    await rest();
    expect([entered, hasStarted]).toEqual([["ana 0", "bo 1"], true]);
  });

  test("tells each one that waits its place, at most every two seconds, and when it waits no more", async () => {
    const { clock, ask, told } = openLine({});
    const names = ["ana 0", "ana 1", "ana 2", "ana 3", "ana 4"];
    const tickets: Ticket[] = [];
    for (const name of names) tickets.push(await ask(name));
    for (const ticket of tickets) {
      for (let step = 0; step < 10; step += 1) {
        clock.jump(70);
        await rest();
      }
      ticket.leave();
      await rest();
    }
    while (clock.ringNext()) await rest();
    for (const name of names) {
      const own = told.filter((each) => each.name === name);
      const places = own.filter(({ position }) => position > 0);
      for (const [at, { atMs }] of places.entries()) {
        const before = places[at - 1];
        if (before) expect(atMs - before.atMs).toBeGreaterThanOrEqual(2_000);
      }
      expect(own.at(-1)?.position ?? 0).toBe(0);
    }
    expect(told.filter(({ name }) => name === "ana 0")).toEqual([]);
    expect(told.find(({ name }) => name === "ana 3")?.position).toBe(3);
  });
});

describe("a provider with a rate", () => {
  const program = fc.record({
    callsPerMinute: fc.integer({ min: 1, max: 5 }),
    concurrency: fc.integer({ min: 1, max: 4 }),
    steps: fc.array(
      fc.record({
        passMs: fc.integer({ min: 0, max: 40_000 }),
        does: fc.constantFrom("come", "leave", "again", "restart"),
      }),
      { minLength: 5, maxLength: 25 },
    ),
  });

  test("is asked for no more in any minute, whatever comes, tries again or restarts", async () => {
    const store = await openStore();
    let providers = 0;
    const property = fc.asyncProperty(program, async ({ callsPerMinute, concurrency, steps }) => {
      const limits = { id: `fake-${(providers += 1)}`, concurrency, callsPerMinute };
      let scene = openLine(limits, store.transaction);
      const starts: number[] = [];
      let tickets: Ticket[] = [];
      const startIn = async (ticket: Ticket, { clock } = scene) => {
        if (!(await ticket.wait(never))) return;
        await ticket.start(never);
        starts.push(clock.nowMs());
      };
      for (const { passMs, does } of steps) {
        const target = scene.clock.nowMs() + passMs;
        scene.clock.jump(passMs);
        await rest();
        const [ticket] = tickets;
        if (does === "come") {
          const came = await scene.ask("ana");
          tickets.push(came);
          void startIn(came);
        } else if (does === "restart") {
          scene.clock.forgetAll();
          scene = openLine(limits, store.transaction);
          scene.clock.jump(target - scene.clock.nowMs());
          tickets = [];
        } else if (ticket?.hasPlace()) {
          if (does === "again") void startIn(ticket);
          else tickets.shift()?.leave();
        }
        for (let turn = 0; turn < 6; turn += 1) await rest();
      }
      for (const from of starts) {
        const within = starts.filter((atMs) => atMs >= from && atMs <= from + rateWindowMs);
        expect(within.length).toBeLessThanOrEqual(callsPerMinute);
      }
    });
    await fc.assert(property, { numRuns: 25, seed: 20_261_121 });
  });

  test("lets everybody through in the end, so many a minute", async () => {
    const store = await openStore();
    const { clock, ask, entered } = openLine(
      { concurrency: 10, callsPerMinute: 2 },
      store.transaction,
    );
    for (let at = 0; at < 5; at += 1) await ask(`ana ${at}`);
    expect(entered).toHaveLength(2);
    const startMs = clock.nowMs();
    while (entered.length < 5) {
      clock.ringNext();
      await rest();
    }
    expect(clock.nowMs() - startMs).toBe(2 * (rateWindowMs + 1));
    expect(entered).toEqual(["ana 0", "ana 1", "ana 2", "ana 3", "ana 4"]);
  });

  test("does not keep from its place who follows what was accepted before", async () => {
    const store = await openStore();
    const { ask, entered } = openLine({ concurrency: 3, callsPerMinute: 1 }, store.transaction);
    await ask("ana 0");
    await ask("ana 1");
    await ask("ana 2", never, false);
    expect(entered).toEqual(["ana 0", "ana 2"]);
  });
});
