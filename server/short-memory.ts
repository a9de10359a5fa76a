import type { Clock } from "./clock.ts";

/** Remembers by name, for a while and no more than so many. What a process forgets is only asked again. */
export interface ShortMemory<Value> {
  find(name: string): Value | null;
  keep(name: string, value: Value): void;
}

/** How long something is remembered, and how much at a time: the oldest makes room. */
export interface MemoryLimits {
  readonly keptMs: number;
  readonly most: number;
}

/** Opens an empty memory. */
export function createShortMemory<Value>(
  clock: Pick<Clock, "nowMs">,
  { keptMs, most }: MemoryLimits,
): ShortMemory<Value> {
  const kept = new Map<string, { readonly value: Value; readonly untilMs: number }>();
  return {
    find: (name) => {
      const found = kept.get(name);
      if (found && found.untilMs > clock.nowMs()) return found.value;
      kept.delete(name);
      return null;
    },
    keep: (name, value) => {
      kept.delete(name);
      kept.set(name, { value, untilMs: clock.nowMs() + keptMs });
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    },
  };
}
