import process from "node:process";
import * as z from "zod";
import { createFailpoints } from "../../server/failpoint.ts";
import { pressTwice } from "./press-twice.ts";

// A process of its own that is killed at a failpoint.

const settings = z
  .object({
    FOLDER: z.string(),
    /** The PostgreSQL database of the store; without one it is in the folder. */
    DATABASE: z.url().optional(),
    SERVICE: z.url(),
    RECOVERY: z.enum(["A", "B", "C", "D"]),
    FAILPOINTS: z.string(),
  })
  .parse(process.env);
const hookSchema = z.object({ reference: z.string(), handle: z.string() });

await pressTwice({
  folder: settings.FOLDER,
  databaseUrl: settings.DATABASE ?? null,
  service: settings.SERVICE,
  recovery: settings.RECOVERY,
  reach: createFailpoints(settings.FAILPOINTS, () => process.kill(process.pid, "SIGKILL")),
  aheadMs: 0,
  onReady: (take) => {
    process.on("message", (message) => take(hookSchema.parse(message)));
    process.send?.("ready");
  },
});
process.disconnect();
