import * as z from "zod/mini";
import { formatDollars, type Cost } from "./cost.ts";
import { countSchema } from "./count.ts";
import { monthOf, nameOfMonth } from "./month.ts";
import { textSchema } from "./well-formed.ts";

/** Whose spending is capped: the whole team's, a member's, or what is spent in a file. */
export const capKindSchema = z.enum(["team", "member", "file"]);

/** What a cap counts: the team's credits, or what providers take on the team's own accounts. */
export const capUnits = ["credits", "microDollars"] as const;
/** Schema of {@link CapUnit}. */
export const capUnitSchema = z.enum(capUnits);
/** What a cap counts. */
export type CapUnit = z.infer<typeof capUnitSchema>;

/** Whom or what a cap is for: the member's name or the file's id; the team has no name here. */
export const cappedSchema = z.object({
  kind: capKindSchema,
  name: textSchema(200),
  unit: capUnitSchema,
});
/** Whom or what a cap is for. */
export type Capped = z.infer<typeof cappedSchema>;

/**
 * The most in a calendar month (UTC), and what counts against it now: what was paid since the month began,
 * and everything that is held or planned for calls that have not ended.
 */
export const capSchema = z.object({
  ...cappedSchema.shape,
  most: countSchema,
  used: countSchema,
});
/** A cap and what counts against it. */
export type Cap = z.infer<typeof capSchema>;

/** A cap as it is listed; `fileName`: as the file was called when it was opened last, else null. */
export const listedCapSchema = z.object({
  ...capSchema.shape,
  fileName: z.nullable(z.string()),
});
/** A cap as it is listed. */
export type ListedCap = z.infer<typeof listedCapSchema>;

/**
 * The sentence by which a run of at most this cost is refused: who is capped, what is left this month
 * and what to do. Null when every cap has room. What costs nothing passes every cap.
 */
export function refuseByCaps(caps: readonly Cap[], cost: Cost, nowMs: number): string | null {
  const over = caps.filter((cap) => cost[cap.unit] > 0 && cost[cap.unit] > leftOf(cap));
  const [tightest] = over.sort(
    (one, other) => leftOf(one) * cost[other.unit] - leftOf(other) * cost[one.unit],
  );
  if (!tightest) return null;
  const { unit, most } = tightest;
  const [now, next] = [nowMs, monthOf(nowMs).untilMs].map(nameOfMonth);
  const left = Math.max(0, leftOf(tightest));
  return [
    `${subjectOf(tightest)} may spend ${amountOf(unit, most)} a month, and ${bareAmountOf(unit, left)} are left in ${now}.`,
    `This run may cost ${bareAmountOf(unit, cost[unit])}.`,
    `Run less, wait until 1 ${next} (UTC), or ask the owner of the team for a higher cap.`,
  ].join(" ");
}

/** "500 credits", "$20.00". */
export function amountOf(unit: CapUnit, amount: number): string {
  return unit === "credits" ? `${amount} credits` : formatDollars(amount);
}

/** "500", "$20.00", beside the word. */
export function bareAmountOf(unit: CapUnit, amount: number): string {
  return unit === "credits" ? String(amount) : formatDollars(amount);
}

/**
 * An amount as a person typed it: "500" credits, "$20" or "0.50" in dollars. A sentence where it is none.
 */
export function readAmount(unit: CapUnit, typed: string): number | string {
  const word = typed.trim();
  if (unit === "credits") {
    const credits = /^\d+$/.test(word) ? Number(word) : NaN;
    return Number.isSafeInteger(credits) ? credits : `"${word}" is no whole number of credits.`;
  }
  const isAmount = /^\$?\d+(\.\d{1,6})?$/.test(word);
  const microDollars = isAmount ? Math.round(Number(word.replace("$", "")) * 1e6) : NaN;
  if (Number.isSafeInteger(microDollars)) return microDollars;
  return `"${word}" is no amount of dollars, such as 20 or 0.50.`;
}

function leftOf({ most, used }: Cap): number {
  return most - used;
}

function subjectOf({ kind, name }: Capped): string {
  if (kind === "team") return "The team";
  return kind === "file" ? "This file" : `The member "${name}"`;
}
