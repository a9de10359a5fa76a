import type { Time } from "./background/background.ts";

/** The browser's clock and timers. */
export const browserTime: Time = {
  nowMs: () => Date.now(),
  wait: (durationMs, then) => {
    const timer = setTimeout(then, durationMs);
    return () => {
      clearTimeout(timer);
    };
  },
};
