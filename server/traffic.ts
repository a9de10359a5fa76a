/** The requests that a relay has in hand, and whether it still takes new ones. */
export interface Traffic {
  /** Aborts when the relay begins to stop: nothing new is taken, and streams come to their end. */
  readonly stopping: AbortSignal;
  /** Counts something that is under way until the answer is called. */
  enter(): () => void;
  /** Begins to stop. */
  stop(): void;
  /** Resolves once nothing is under way. */
  settled(): Promise<void>;
}

/** Counts what is under way, so that the store is closed behind the last of it. */
export function createTraffic(): Traffic {
  const stopping = new AbortController();
  const waiting: (() => void)[] = [];
  let underWay = 0;
  return {
    stopping: stopping.signal,
    enter: () => {
      underWay += 1;
      let isUnderWay = true;
      return () => {
        if (!isUnderWay) return;
        isUnderWay = false;
        underWay -= 1;
        if (underWay === 0) for (const resolve of waiting.splice(0)) resolve();
      };
    },
    stop: () => stopping.abort(),
    settled: () =>
      underWay === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
  };
}
