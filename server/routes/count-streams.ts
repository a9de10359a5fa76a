import type { Caller } from "../handler.ts";
import { Refusal } from "../refusal.ts";

/** Streams at a time in this process, for one device and for a team (reliability.md T19). */
const mostStreams = { device: 6, team: 200 } as const;
/** One of them may have ended by then, in seconds. */
const retryAfterS = 5;

/**
 * Counts open streams. Gives what is to be called when the stream ends, once or more often. Throws a
 * Refusal where there are too many.
 */
export function createStreamCount(): (caller: Caller) => () => void {
  const open = new Map<string, number>();
  const add = (key: string, by: number) => {
    const count = (open.get(key) ?? 0) + by;
    if (count > 0) open.set(key, count);
    else open.delete(key);
  };
  return ({ team, device }) => {
    const keys = { device: JSON.stringify([team, device]), team } as const;
    if ((open.get(keys.device) ?? 0) >= mostStreams.device) {
      throw tooMany(`This device already follows ${mostStreams.device} runs.`);
    }
    if ((open.get(keys.team) ?? 0) >= mostStreams.team) {
      throw tooMany(`Your team already follows ${mostStreams.team} runs in all its windows.`);
    }
    const all = [keys.device, keys.team];
    for (const key of all) add(key, 1);
    return () => {
      for (const key of all.splice(0)) add(key, -1);
    };
  };
}

function tooMany(sentence: string): Refusal {
  return new Refusal("rate-limited", sentence, [], retryAfterS);
}
