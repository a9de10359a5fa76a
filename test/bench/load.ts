import * as z from "zod";

/** Requests in an open loop: each is sent when its time has come, however the others fare. */
const offered = {
  port: z.number(),
  perSecond: z.number(),
  seconds: z.number(),
  /** Then so many in a closed loop, as fast as they are answered. */
  atOnce: z.number(),
};

/** What the load process is asked to do. */
export const loadSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("runs"), tokens: z.array(z.string()), ...offered }),
  z.object({ kind: z.literal("requests"), ...offered }),
  z.object({
    kind: z.literal("streams"),
    port: z.number(),
    /** The tokens of each team; none for a peer, where nobody has any. */
    teams: z.array(z.array(z.string())),
    count: z.number(),
  }),
  z.object({ kind: z.literal("let-go") }),
]);
/** What the load process is asked to do. */
export type Load = z.output<typeof loadSchema>;

/** How offered requests were answered; times in milliseconds from when each was due. */
export const offeredSchema = z.object({
  answered: z.number(),
  failed: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  mostMs: z.number(),
  peakPerSecond: z.number(),
});
/** How offered requests were answered. */
export type Offered = z.output<typeof offeredSchema>;

/** How many streams stand open. */
export const heldSchema = z.object({ open: z.number() });
