/** Lets at most so many pieces of work through at a time, first come, first served. */
export interface Limiter {
  /** Runs the work when there is room. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Takes a place if one is free now; call what it answers to give the place back. */
  tryEnter(): Promise<(() => void) | null>;
}

/** A limiter of `places` in this process. */
export function createLimiter(places: number): Limiter {
  let busy = 0;
  const waiting: (() => void)[] = [];
  const enter = () =>
    new Promise<void>((resolve) => {
      const go = () => {
        busy += 1;
        resolve();
      };
      if (busy < places) go();
      else waiting.push(go);
    });
  const leave = () => {
    busy -= 1;
    waiting.shift()?.();
  };
  return {
    run: async (work) => {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
    tryEnter: () => {
      if (busy >= places) return Promise.resolve(null);
      busy += 1;
      return Promise.resolve(leave);
    },
  };
}
