import * as z from "zod/mini";
import { countSchema } from "./count.ts";
import { monthOf } from "./month.ts";
import { textSchema } from "./well-formed.ts";

/** Whose spending is capped: the whole team's, a member's, or what is spent in a file. */
export const capKindSchema = z.enum(["team", "member", "file"]);

/** Whom or what a cap is for: the member's name or the file's id; the team has no name here. */
export const cappedSchema = z.object({ kind: capKindSchema, name: textSchema(200) });
/** Whom or what a cap is for. */
export type Capped = z.infer<typeof cappedSchema>;

/**
 * The most credits in a calendar month (UTC), and what counts against it now: what was paid since the
 * month began, and everything that is held.
 */
export const capSchema = z.object({
  ...cappedSchema.shape,
  credits: countSchema,
  used: countSchema,
});
/** A cap and what counts against it. */
export type Cap = z.infer<typeof capSchema>;

/**
 * The sentence by which a run of at most `credits` is refused: who is capped, what is left this month
 * and what to do. Null when every cap has room. What costs nothing passes every cap.
 */
export function refuseByCaps(caps: readonly Cap[], credits: number, nowMs: number): string | null {
  if (credits === 0) return null;
  const [tightest] = [...caps].sort((one, other) => leftOf(one) - leftOf(other));
  if (!tightest || credits <= leftOf(tightest)) return null;
  const now = new Date(nowMs);
  const next = new Date(monthOf(nowMs).untilMs);
  const left = Math.max(0, leftOf(tightest));
  return [
    `${subjectOf(tightest)} may spend ${tightest.credits} credits a month, and ${left} are left in ${monthName(now)}.`,
    `This run may cost ${credits}.`,
    `Run less, wait until 1 ${monthName(next)} (UTC), or ask the owner of the team for a higher cap.`,
  ].join(" ");
}

function leftOf({ credits, used }: Cap): number {
  return credits - used;
}

function subjectOf({ kind, name }: Capped): string {
  if (kind === "team") return "The team";
  return kind === "file" ? "This file" : `The member "${name}"`;
}

const monthNames = [
  ..."January February March April May June July August".split(" "),
  ..."September October November December".split(" "),
];

function monthName(at: Date): string {
  return monthNames[at.getUTCMonth()] ?? "";
}
