/** A provider's rate counts calls over any time of this length. */
export const rateWindowMs = 60_000;

/** How many calls may start now, and how long until one more may; null where that is now. */
export interface RoomToStart {
  readonly calls: number;
  readonly waitMs: number | null;
}

/**
 * How many calls may start now so that no minute, wherever it begins, holds more than `perMinute`.
 * `starts` are the times at which earlier calls started, in milliseconds. One from the future, which a
 * clock that was set back leaves, counts as one from now: nothing waits for longer than a minute.
 */
export function roomToStart(
  starts: readonly number[],
  perMinute: number,
  nowMs: number,
): RoomToStart {
  const recent = starts
    .map((atMs) => Math.min(atMs, nowMs))
    .filter((atMs) => nowMs - atMs <= rateWindowMs)
    .sort((one, other) => one - other);
  const calls = Math.max(0, perMinute - recent.length);
  const nextToGo = recent[recent.length - perMinute];
  if (calls > 0 || nextToGo === undefined) return { calls, waitMs: null };
  return { calls, waitMs: nextToGo + rateWindowMs + 1 - nowMs };
}

/** No provider is left alone for longer, whatever it asked for and however the clock was set. */
const longestPauseMs = 2 * rateWindowMs;

/**
 * Until when nobody may ask a provider, after one more asked for a pause (0 where none did): the later
 * of both. A time in the past means that it may be asked.
 */
export function pausedUntil(untilMs: number, pauseMs: number, nowMs: number): number {
  const later = pauseMs > 0 ? Math.max(untilMs, nowMs + pauseMs) : untilMs;
  return Math.min(later, nowMs + longestPauseMs);
}
