import { pausedUntil } from "#domain/call-rate";
import { fairOrder, whoEnters, type WaitingCall } from "#domain/fair-line";
import type { Clock } from "../clock.ts";
import type { LineCall, LineChanges, LineLimits, LineNews } from "../store/line-changes.ts";
import type { Store } from "../store/open-store.ts";
import { memberKey } from "../store/provider-line.ts";
import { takeStarts } from "../store/provider-starts.ts";
import type { LineBook } from "./provider-line.ts";

/** What the lines of one process alone are made of. */
export interface MemoryBookParts {
  readonly transaction: Store["transaction"];
  readonly clock: Clock;
}

/**
 * The line before a provider in the memory of the only process there is. A rate is kept in the store
 * all the same, so that a restart does not begin a minute anew.
 */
export function createMemoryBook(parts: MemoryBookParts, provider: LineLimits): LineBook {
  const waiting = new Map<string, WaitingCall>();
  const inPlace = new Set<string>();
  const served = new Map<string, number>();
  let arrived = 0;
  let given = 0;
  let pausedUntilMs = 0;
  const arrive = (call: LineCall) => {
    const { id, startsCall } = call;
    arrived += 1;
    waiting.set(id, { id, startsCall, arrived, member: memberKey(call) });
  };
  const enter = ({ id, member }: WaitingCall) => {
    waiting.delete(id);
    inPlace.add(id);
    given += 1;
    served.set(member, given);
  };
  return {
    isShared: false,
    exchange: async (changes: LineChanges): Promise<LineNews> => {
      const nowMs = parts.clock.nowMs();
      pausedUntilMs = pausedUntil(pausedUntilMs, changes.pauseMs, nowMs);
      const isPaused = pausedUntilMs > nowMs;
      for (const id of changes.leaving) if (!inPlace.delete(id)) waiting.delete(id);
      changes.arrivals.forEach(arrive);
      const places = isPaused ? 0 : provider.concurrency - inPlace.size;
      const restarts = isPaused ? 0 : changes.restarts;
      const pick = (starts: number) => whoEnters([...waiting.values()], served, { places, starts });
      const wanted = restarts + pick(Infinity).filter(({ startsCall }) => startsCall).length;
      const room = await roomFor(parts, provider, wanted).catch((error: unknown) => {
        // As in a transaction: nobody came.
        for (const { id } of changes.arrivals) waiting.delete(id);
        throw error;
      });
      const restarted = Math.min(room.calls, restarts);
      pick(room.calls - restarted).forEach(enter);
      return {
        entered: [...inPlace],
        restarted,
        positions: changes.wantsPositions ? positionsOf([...waiting.values()], served) : null,
        waitMs: isPaused ? pausedUntilMs - nowMs : room.waitMs,
        hasServedOthers: false,
      };
    },
  };
}

async function roomFor(
  { transaction, clock }: MemoryBookParts,
  { id, callsPerMinute }: LineLimits,
  wanted: number,
) {
  if (callsPerMinute === undefined || wanted === 0) return { calls: wanted, waitMs: null };
  return transaction((one) => takeStarts(one, { id, callsPerMinute }, wanted, clock.nowMs()));
}

function positionsOf(waiting: readonly WaitingCall[], served: ReadonlyMap<string, number>) {
  return new Map(fairOrder(waiting, served).map(({ id }, at) => [id, at + 1]));
}
