import type { Clock } from "../../server/clock.ts";
import type { S3Server } from "./s3-server.ts";

/**
 * A clock for a client of a storage: waits between tries are over at once and written down, and a
 * deadline is over for each time that the storage fell silent.
 */
export function createStorageClock(server: () => S3Server, waits: number[]): Clock {
  return {
    nowMs: () => Date.now(),
    sleep: (durationMs, signal) => {
      waits.push(durationMs);
      if (signal === undefined) return Promise.resolve();
      return new Promise((resolve) => {
        const end = () => {
          clearInterval(timer);
          resolve();
        };
        const timer = setInterval(() => {
          if (server().stalls === 0) return;
          server().stalls -= 1;
          end();
        }, 10);
        signal.addEventListener("abort", end);
      });
    },
  };
}
