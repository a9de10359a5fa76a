import process from "node:process";
import * as z from "zod";

/** What a process holds in memory, in bytes. */
export const memorySchema = z.object({ rssBytes: z.number(), heapBytes: z.number() });

/** Answers every message of the parent with this process's memory, after its garbage is collected; ends with the parent. */
export function answerMemory(): void {
  // Nobody is left behind where the parent was killed.
  process.once("disconnect", () => process.exit());
  process.on("message", () => {
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    process.send?.({ rssBytes: rss, heapBytes: heapUsed } satisfies z.output<typeof memorySchema>);
  });
}
