import fc from "fast-check";
import { expect, test } from "vitest";
import { pausedUntil, rateWindowMs, roomToStart } from "#domain/call-rate";

const seed = 20_261_121;
/** A time passes, and so many calls would like to start. */
const steps = fc.array(
  fc.record({
    passMs: fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 90_000 })),
    wanted: fc.integer({ min: 0, max: 8 }),
  }),
  { minLength: 1, maxLength: 80 },
);
const perMinute = fc.integer({ min: 1, max: 10 });

test("no minute, wherever it begins, holds more calls than a provider takes", () => {
  const property = fc.property(perMinute, steps, (most, all) => {
    const starts: number[] = [];
    let nowMs = 1_000_000;
    for (const { passMs, wanted } of all) {
      nowMs += passMs;
      const { calls } = roomToStart(starts, most, nowMs);
      for (let at = 0; at < Math.min(calls, wanted); at += 1) starts.push(nowMs);
    }
    for (const from of starts) {
      const within = starts.filter((atMs) => atMs >= from && atMs <= from + rateWindowMs);
      expect(within.length).toBeLessThanOrEqual(most);
    }
  });
  fc.assert(property, { numRuns: 1_000, seed });
});

test("whoever may not start now may at the moment that is told, and not before", () => {
  const property = fc.property(perMinute, steps, (most, all) => {
    const starts: number[] = [];
    let nowMs = 1_000_000;
    for (const { passMs, wanted } of all) {
      nowMs += passMs;
      const { calls } = roomToStart(starts, most, nowMs);
      for (let at = 0; at < Math.min(calls, wanted); at += 1) starts.push(nowMs);
    }
    const { calls, waitMs } = roomToStart(starts, most, nowMs);
    expect(calls > 0).toBe(waitMs === null);
    if (waitMs === null) return;
    expect(roomToStart(starts, most, nowMs + waitMs - 1).calls).toBe(0);
    expect(roomToStart(starts, most, nowMs + waitMs).calls).toBeGreaterThan(0);
  });
  fc.assert(property, { numRuns: 1_000, seed });
});

test("F33: a clock that was set back by hours makes nobody wait for more than a minute", () => {
  const nowMs = 1_000_000;
  const starts = [nowMs + 5 * 3_600_000, nowMs + 6 * 3_600_000];
  expect(roomToStart(starts, 2, nowMs)).toEqual({ calls: 0, waitMs: rateWindowMs + 1 });
  expect(pausedUntil(nowMs + 5 * 3_600_000, 0, nowMs)).toBe(nowMs + 2 * rateWindowMs);
});

test("F10: of two pauses the later one holds, and no pause is for ever", () => {
  expect(pausedUntil(0, 0, 5_000)).toBe(0);
  expect(pausedUntil(0, 3_000, 5_000)).toBe(8_000);
  expect(pausedUntil(9_000, 3_000, 5_000)).toBe(9_000);
  expect(pausedUntil(0, Infinity, 5_000)).toBe(5_000 + 2 * rateWindowMs);
});
