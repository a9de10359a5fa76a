import { sweepAssets, type SweepParts } from "./sweep.ts";

/** What a sweeper leans on. */
export interface SweeperParts extends SweepParts {
  /** Takes note of a sweep that failed; the next one goes on where it ended. */
  readonly warn: (event: "sweep-failed") => void;
}

/** Sweeps the assets now and then. */
export interface Sweeper {
  /** Ends the sweep under way between two assets and waits for that. */
  close(): Promise<void>;
}

const everyMs = 6 * 3_600_000;

/** Sweeps now and every six hours, until it is closed. Several processes may do so at once. */
export function startSweeper(parts: SweeperParts): Sweeper {
  const stopping = new AbortController();
  const { signal } = stopping;
  const goOn = async () => {
    while (!signal.aborted) {
      try {
        await sweepAssets(parts, { signal });
      } catch {
        parts.warn("sweep-failed");
      }
      await parts.clock.sleep(everyMs, signal);
    }
  };
  const work = goOn();
  return {
    close: async () => {
      stopping.abort();
      await work;
    },
  };
}
