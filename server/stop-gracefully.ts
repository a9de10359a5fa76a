import type { Clock } from "./clock.ts";
import type { Listener } from "./listen.ts";
import type { Traffic } from "./traffic.ts";

/** How long what is under way may go on once a relay was asked to stop. */
export const graceMs = 5_000;

/** What is stopped. */
export interface StopParts {
  readonly listener: Pick<Listener, "stopAccepting" | "endAll">;
  readonly traffic: Traffic;
  readonly clock: Clock;
  /** 0 ends everything at once. */
  readonly graceMs: number;
}

/**
 * Stops serving (reliability.md F54): nothing new is taken, event streams end where their readers come
 * back by number, what is under way is answered within the grace and cut off after it. Resolves only
 * once no handler is at work any more, so that what they work with may be closed.
 */
export async function stopGracefully(parts: StopParts): Promise<void> {
  const { listener, traffic, clock } = parts;
  traffic.stop();
  const quiet = Promise.all([listener.stopAccepting(), traffic.settled()]);
  if (parts.graceMs > 0) {
    const isQuiet = new AbortController();
    await Promise.race([quiet, clock.sleep(parts.graceMs, isQuiet.signal)]);
    isQuiet.abort();
  }
  listener.endAll();
  await quiet;
}
