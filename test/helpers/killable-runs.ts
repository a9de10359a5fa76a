import process from "node:process";
import * as z from "zod";
import { createFailpoints } from "../../server/failpoint.ts";
import { pressTwice } from "./press-twice.ts";

// A process of its own that is killed once each of its relays has come to the failpoint.

const { FAILPOINTS, RELAYS } = z
  .object({
    FAILPOINTS: z.string(),
    RELAYS: z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(
        z.array(
          z.object({
            folder: z.string(),
            /** The PostgreSQL database of the store; null for the folder. */
            databaseUrl: z.url().nullable(),
            service: z.url(),
            recovery: z.enum(["A", "B", "C", "D"]),
          }),
        ),
      ),
  })
  .parse(process.env);
const hookSchema = z.object({ relay: z.int(), reference: z.string(), handle: z.string() });

// A relay that has come there stands still until the others have.
let onTheirWay = RELAYS.length;
const kill = () => {
  onTheirWay -= 1;
  if (onTheirWay === 0) process.kill(process.pid, "SIGKILL");
};

await Promise.race(
  RELAYS.map((relay, at) =>
    pressTwice({
      ...relay,
      reach: createFailpoints(FAILPOINTS, kill),
      aheadMs: 0,
      onReady: (take) => {
        process.on("message", (message) => {
          const hook = hookSchema.parse(message);
          if (hook.relay === at) take(hook);
        });
        process.send?.({ ready: at });
      },
    }),
  ),
);
// One that comes to its end was never at the place.
process.exit(1);
