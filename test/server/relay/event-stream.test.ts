import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { numberedEventSchema } from "#domain/run-event";
import { VirtualClock } from "../../chaos/virtual-clock.ts";
import { keepRun, progress } from "../../contract/store/rows.ts";
import { createFakeApp, goodToken, knownCaller, usualHost } from "../../helpers/fake-app.ts";
import { openHarness, type Harness } from "../../helpers/run-harness.ts";
import type { ReachFailpoint } from "../../../server/failpoint.ts";
import type { RouteParts } from "../../../server/routes/route-parts.ts";
import { runEvents } from "../../../server/routes/run-events.ts";
import { appendEvent } from "../../../server/store/run-events.ts";
import { endRun } from "../../../server/store/runs.ts";
import { createTraffic } from "../../../server/traffic.ts";

const { team } = knownCaller;
let harness: Harness;
let app: ReturnType<typeof createFakeApp>["app"];
let reach: ReachFailpoint;
let clock: VirtualClock;

beforeEach(async () => {
  reach = () => Promise.resolve();
  clock = new VirtualClock();
  harness = await openHarness({
    providers: [],
    parts: { clock, reach: (name) => reach(name) },
  });
  const parts = { ...harness.parts, traffic: createTraffic() };
  ({ app } = createFakeApp({ runEvents: runEvents(parts as unknown as RouteParts) }));
});
afterEach(() => harness.close());

/** A run of this name with so many events, ended or not. */
async function keepEvents(run: string, count: number, isEnded = true): Promise<void> {
  const { store } = harness;
  await keepRun(store, team, run);
  for (let at = 1; at <= count; at += 100) {
    await store.transaction(async (transaction) => {
      for (let number = at; number < Math.min(at + 100, count + (isEnded ? 0 : 1)); number += 1) {
        await appendEvent(transaction, team, run, progress(number / count), number);
      }
    });
  }
  if (isEnded) await end(run);
}

async function end(run: string): Promise<void> {
  await harness.store.transaction(async (transaction) => {
    await endRun(transaction, team, run, { state: "done", credits: 0, nowMs: 1 });
    const event = { type: "run-end", state: "done", credits: 0, microDollars: 0 } as const;
    await appendEvent(transaction, team, run, event, 1);
  });
  harness.parts.hub.notify(run);
}

async function follow(run: string, lastId?: string): Promise<Response> {
  const headers = {
    host: usualHost,
    authorization: `Bearer ${goodToken}`,
    ...(lastId !== undefined && { "last-event-id": lastId }),
  };
  return app.request(`/v1/runs/${run}/events`, { headers });
}

const numbersIn = (text: string) =>
  [...text.matchAll(/^data: (.*)$/gm)].map(
    ([, data]) => z.parse(numberedEventSchema, JSON.parse(data ?? "")).number,
  );
const numbersFrom = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

/** Reads a stream until so many events have come, then leaves. */
async function readSome(response: Response, count: number): Promise<number[]> {
  const reader = response.body!.getReader();
  let text = "";
  while (numbersIn(text).length < count) {
    const { value } = await reader.read();
    text += Buffer.from(value!).toString();
  }
  await reader.cancel();
  return numbersIn(text);
}

describe("F7, F35: a stream that breaks off", () => {
  test("after any event is read on behind it, in order and without a gap", async () => {
    await keepEvents("run-1", 12);
    for (let cut = 1; cut < 12; cut += 1) {
      const first = await readSome(await follow("run-1"), cut);
      const last = first.at(-1)!;
      const rest = numbersIn(await (await follow("run-1", String(last))).text());
      expect([...first, ...rest]).toEqual(numbersFrom(1, 12));
    }
  });

  test("because the relay died when an event was on its way: it comes again, and none is left out", async () => {
    await keepEvents("run-1", 5);
    let published = 0;
    reach = (name) => {
      if (name !== "afterPublish") return Promise.resolve();
      published += 1;
      return published === 3 ? Promise.reject(new Error("died")) : Promise.resolve();
    };
    const broken = (await follow("run-1")).body!.getReader();
    const seen: number[] = [];
    for (;;) {
      const next = await broken.read().catch(() => null);
      if (!next || next.done) break;
      seen.push(...numbersIn(Buffer.from(next.value).toString()));
    }
    expect(seen).toEqual([1, 2, 3]);
    // The reader had time to keep the second only; what it knows already it drops by its number.
    expect(numbersIn(await (await follow("run-1", "2")).text())).toEqual([3, 4, 5]);
  });

  test("at the seam between what was and what comes loses nothing", async () => {
    await keepEvents("run-1", 3, false);
    const reading = (await follow("run-1", "1")).text();
    for (let number = 4; number <= 9; number += 1) {
      await harness.store.transaction((transaction) =>
        appendEvent(transaction, team, "run-1", progress(0.5), number),
      );
      harness.parts.hub.notify("run-1");
      await new Promise((resolve) => setImmediate(resolve));
    }
    await end("run-1");
    expect(numbersIn(await reading)).toEqual(numbersFrom(2, 10));
  });
});

describe("F36: a number that is not the run's own", () => {
  test.each(["abc", "-1", "1e3", "\u00b3", "", "9999999999", "1; DROP TABLE event"])(
    "such as %j is read as none: everything comes",
    async (id) => {
      await keepEvents("run-1", 4);
      expect(numbersIn(await (await follow("run-1", id)).text())).toEqual([1, 2, 3, 4]);
    },
  );

  test("from the future gets what comes next, and of an ended run its end", async () => {
    await keepEvents("run-1", 4);
    expect(numbersIn(await (await follow("run-1", "4")).text())).toEqual([4]);
    expect(numbersIn(await (await follow("run-1", "800")).text())).toEqual([4]);
    await keepEvents("run-2", 2, false);
    const reading = (await follow("run-2", "800")).text();
    await end("run-2");
    expect(numbersIn(await reading)).toEqual([3]);
  });

  test("of a run that is not there, or of another team, is not found", async () => {
    await keepRun(harness.store, "blue", "run-9");
    expect((await follow("run-9", "1")).status).toBe(404);
    expect((await follow("nowhere", "1")).status).toBe(404);
  });
});

describe("F37: a reader that does not read", () => {
  test("is sent no more than it takes, and finds the rest when it comes back", async () => {
    let published = 0;
    reach = (name) => {
      published += name === "afterPublish" ? 1 : 0;
      return Promise.resolve();
    };
    await keepEvents("run-1", 2_000);
    const first = await readSome(await follow("run-1"), 3);
    expect(published).toBeLessThan(10);
    const rest = numbersIn(await (await follow("run-1", String(first.at(-1)))).text());
    expect([...first, ...rest]).toEqual(numbersFrom(1, 2_000));
  });
});

test("quiet streams all say that they live, by one timer, and each reads on from where it is", async () => {
  await keepEvents("run-1", 2, false);
  const readers = [await follow("run-1"), await follow("run-1", "2")].map(({ body }) =>
    body!.getReader(),
  );
  const next = async (at: number) => Buffer.from((await readers[at]!.read()).value!).toString();
  expect(numbersIn((await next(0)) + (await next(0)))).toEqual([1, 2]);
  await new Promise((resolve) => setImmediate(resolve));
  clock.jump(15_000);
  expect([await next(0), await next(1)]).toEqual([": still running\n\n", ": still running\n\n"]);
  await end("run-1");
  expect([numbersIn(await next(0)), numbersIn(await next(1))]).toEqual([[3], [3]]);
  expect(await Promise.all(readers.map(async (reader) => (await reader.read()).done))).toEqual([
    true,
    true,
  ]);
});
