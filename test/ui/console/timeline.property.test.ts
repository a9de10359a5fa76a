import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Plan } from "#domain/plan";
import type { NumberedEvent, RunEvent } from "#domain/run-event";
import { noCost } from "#domain/cost";
import { lengthOf, readTimeline, ticksOf } from "../../../ui/console/runs/timeline.ts";

const nodes = ["a", "b", "c"];
const step = (node: string): Plan["steps"][number] => ({
  ...{ node, action: node === "c" ? "reuse" : "run", reason: "first-run", model: "fake:text" },
  ...{ needs: [], calls: 1, ...noCost, priceBasis: "list", expectedMs: 1, fingerprint: null },
});
const start: RunEvent = {
  type: "run-start",
  plan: { steps: nodes.map(step), ...noCost, expectedMs: 1 },
};
const ended = { type: "run-end", state: "done", ...noCost } as const;

const anyEvent: fc.Arbitrary<RunEvent> = fc.constantFrom(...nodes, "unknown").chain((node) =>
  fc.oneof(
    fc.constant({ type: "node-start" as const, node, calls: 1 }),
    fc.record({
      type: fc.constant("node-queued" as const),
      node: fc.constant(node),
      position: fc.nat({ max: 2 }),
    }),
    fc.record({
      type: fc.constant("node-no-room" as const),
      node: fc.constant(node),
      isWaiting: fc.boolean(),
    }),
    fc.constant({ type: "node-skipped" as const, node, because: null }),
  ),
);
/** Events in their order; the relay's clock may be set back between two of them. */
const anyRun = fc.record({
  events: fc.array(fc.tuple(anyEvent, fc.integer({ min: -50, max: 200 })), { maxLength: 20 }),
  isOver: fc.boolean(),
  startMs: fc.integer({ min: 0, max: 1e12 }),
  nowMs: fc.integer({ min: -1_000, max: 10_000 }),
});

function eventsOf({
  events,
  isOver,
  startMs,
}: typeof anyRun extends fc.Arbitrary<infer R> ? R : never) {
  const told = [[start, 0] as const, ...events, ...(isOver ? [[ended, 1] as const] : [])];
  let atMs = startMs;
  return told.map(([event, laterMs], at): NumberedEvent => {
    atMs = Math.max(0, atMs + laterMs);
    return { number: at + 1, atMs, event };
  });
}

describe("the bars of a run", () => {
  it("follow each other without a gap within its length, whatever happened and whatever time it is", () => {
    let isEverQueued = false;
    fc.assert(
      fc.property(anyRun, (run) => {
        const events = eventsOf(run);
        const { rows, lengthMs } = readTimeline("run-1", events, run.startMs + run.nowMs);
        expect(rows.map(({ node }) => node)).toEqual(nodes);
        for (const { segments } of rows) {
          let beforeMs: number | null = null;
          for (const { phase, fromMs, untilMs } of segments) {
            expect(untilMs).toBeGreaterThan(fromMs);
            if (beforeMs !== null) expect(fromMs).toBeGreaterThanOrEqual(beforeMs);
            expect(untilMs).toBeLessThanOrEqual(lengthMs);
            isEverQueued ||= phase === "queued";
            beforeMs = untilMs;
          }
          const sumMs = (["waiting", "queued", "running"] as const).reduce(
            (sum, phase) => sum + lengthOf(segments, phase),
            0,
          );
          expect(sumMs).toBeLessThanOrEqual(lengthMs);
        }
      }),
      { seed: 3 },
    );
    expect(isEverQueued).toBe(true);
  });

  it("say how long a node waited, stood in line and ran", () => {
    const told: readonly (readonly [RunEvent, number])[] = [
      [start, 1_000],
      [{ type: "node-start", node: "a", calls: 1 }, 1_200],
      [{ type: "node-queued", node: "a", position: 2 }, 1_300],
      [{ type: "node-queued", node: "a", position: 0 }, 1_700],
      [{ type: "node-skipped", node: "a", because: null }, 2_000],
    ];
    const events = told.map(([event, atMs], at) => ({ number: at + 1, atMs, event }));
    const { rows, lengthMs } = readTimeline("run-1", events, 3_000);
    expect(rows[0]?.segments).toEqual([
      { phase: "waiting", fromMs: 0, untilMs: 200 },
      { phase: "running", fromMs: 200, untilMs: 300 },
      { phase: "queued", fromMs: 300, untilMs: 700 },
      { phase: "running", fromMs: 700, untilMs: 1_000 },
    ]);
    // The other one still waits; the one that is reused never did.
    expect(rows[1]?.segments).toEqual([{ phase: "waiting", fromMs: 0, untilMs: 2_000 }]);
    expect([rows[2]?.segments, lengthMs]).toEqual([[], 2_000]);
  });

  it("have at most six moments above them, from nothing on, none behind the end", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (lengthMs) => {
        const ticks = ticksOf(lengthMs);
        expect(ticks[0]).toBe(0);
        expect(ticks.length).toBeLessThanOrEqual(6);
        expect(ticks.every((tick) => tick <= lengthMs + 1)).toBe(true);
      }),
    );
  });
});
