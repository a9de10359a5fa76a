import * as z from "zod/mini";
import { countSchema } from "./count.ts";

/** What something costs: credits of the team, and millionths of a dollar on the owner's own account. */
export interface Cost {
  readonly credits: number;
  readonly microDollars: number;
}

/**
 * The parts of a schema that say a {@link Cost} in whole credits and whole micro-dollars. What was written
 * before there were any dollars cost none.
 */
export const costShape = { credits: countSchema, microDollars: z._default(countSchema, 0) };

/**
 * How far a price can be trusted: "list" is what the vendor publishes, "estimate" was worked out or comes
 * from somebody else, "unknown" nobody knows before the call.
 */
const priceBases = ["unknown", "estimate", "list"] as const;
/** Schema of {@link PriceBasis}; what was written before it was asked for is of the list. */
export const priceBasisSchema = z._default(z.enum(priceBases), "list");
/** How far a price can be trusted. */
export type PriceBasis = (typeof priceBases)[number];

/** A cost of nothing. */
export const noCost: Cost = { credits: 0, microDollars: 0 };

/** Two costs together. */
export function addCosts(one: Cost, other: Cost): Cost {
  return {
    credits: one.credits + other.credits,
    microDollars: one.microDollars + other.microDollars,
  };
}

/** A cost so many times. */
export function timesCost({ credits, microDollars }: Cost, factor: number): Cost {
  return { credits: credits * factor, microDollars: microDollars * factor };
}

/** The larger of both in credits and in dollars: neither costs more. */
export function dearestOf(one: Cost, other: Cost): Cost {
  return {
    credits: Math.max(one.credits, other.credits),
    microDollars: Math.max(one.microDollars, other.microDollars),
  };
}

/** The smaller of both in credits and in dollars. */
export function cheapestOf(one: Cost, other: Cost): Cost {
  return {
    credits: Math.min(one.credits, other.credits),
    microDollars: Math.min(one.microDollars, other.microDollars),
  };
}

/** Whether nothing is paid, neither in credits nor in dollars. */
export function isFree({ credits, microDollars }: Cost): boolean {
  return credits === 0 && microDollars === 0;
}

/** Whether either is more than the other cost has of it. */
export function isAbove(one: Cost, other: Cost): boolean {
  return one.credits > other.credits || one.microDollars > other.microDollars;
}

/** How far prices can be trusted together: as far as the least certain. */
export function worstBasis(bases: readonly PriceBasis[]): PriceBasis {
  return priceBases.find((basis) => bases.includes(basis)) ?? "list";
}

/** "free", "1 credit", "12 credits". */
export function formatCredits(credits: number): string {
  if (credits === 0) return "free";
  return credits === 1 ? "1 credit" : `${credits} credits`;
}

/**
 * "$1.20", "$0.04", "$0.0336": two decimals from a dollar on, below that as many as it needs up to four,
 * rounded up. What is less than all of them is not shown as nothing.
 */
export function formatDollars(microDollars: number): string {
  if (microDollars > 0 && microDollars < 100) return "<$0.0001";
  const stepMicroDollars = microDollars > 999_900 ? 10_000 : 100;
  const rounded = Math.ceil(microDollars / stepMicroDollars) * stepMicroDollars;
  const [whole, decimals = ""] = (rounded / 1e6).toFixed(4).split(".");
  return `$${whole}.${decimals.replace(/0{1,2}$/, "")}`;
}

/**
 * A cost for people: "free", "12 credits", "$0.04", "12 credits + $0.04"; "about $0.04" where it is an
 * estimate, and that a price is not known in place of it or beside what is known.
 */
export function formatCost(cost: Cost, basis: PriceBasis = "list"): string {
  const known = [
    ...(cost.credits > 0 ? [formatCredits(cost.credits)] : []),
    ...(cost.microDollars > 0 ? [formatDollars(cost.microDollars)] : []),
  ].join(" + ");
  if (basis === "unknown") return known === "" ? notKnown : `${known} + ${notKnown}`;
  if (known === "") return "free";
  return basis === "estimate" ? `about ${known}` : known;
}

/** The most that something costs: "free", "at most $0.52", "at most about $0.52", "price not known". */
export function formatCeiling(cost: Cost, basis: PriceBasis = "list"): string {
  const text = formatCost(cost, basis);
  return isFree(cost) ? text : `at most ${text}`;
}

/** What was paid, as a sentence: "It cost nothing.", "It cost $0.04." */
export function costSentence(cost: Cost, basis: PriceBasis = "list"): string {
  if (!isFree(cost)) return `It cost ${formatCost(cost, basis)}.`;
  return basis === "unknown" ? "What it cost is not known." : "It cost nothing.";
}

const notKnown = "price not known";
