import * as z from "zod/mini";
import { addCosts, dearestOf, noCost, timesCost, type Cost } from "./cost.ts";
import { ownValue } from "./own-value.ts";

/**
 * What one call of a model costs, as data: an expression over the node's settings and the facts of the
 * call ({@link CallFact}). Credits and micro-dollars may be fractions here; a call's cost is rounded up
 * to whole ones once, at the end. What is paid with the team's credits has `fixed` leaves, what is paid
 * straight to the provider with a key of one's own has `money` leaves.
 */
export type Price =
  | { readonly kind: "fixed"; readonly credits: number }
  | { readonly kind: "money"; readonly microDollars: number }
  | {
      /** The number times the price, and never more than `most` times. */
      readonly kind: "times";
      readonly setting: string;
      /** Has to be said for a fact of which nobody may know how much it is before the call. */
      readonly most?: number | undefined;
      readonly price: Price;
    }
  | {
      readonly kind: "by";
      readonly setting: string;
      readonly prices: Readonly<Record<string, Price>>;
      readonly otherwise: Price;
    }
  | {
      /** The first step that the number does not exceed. */
      readonly kind: "upTo";
      readonly setting: string;
      readonly steps: readonly { readonly most: number; readonly price: Price }[];
      readonly otherwise: Price;
    }
  | { readonly kind: "sum"; readonly prices: readonly Price[] };

/**
 * What a price may ask of a call beside its settings, under these names:
 * - `$promptCharacters`: the length of the whole prompt,
 * - `$references`: how many pictures, clips and sounds it is given,
 * - `$megapixels`: the pixels of the largest picture it is given, in millions,
 * - `$seconds`: the length of all clips and sounds that it is given, in seconds.
 */
export const callFacts = ["$promptCharacters", "$references", "$megapixels", "$seconds"] as const;
/** A fact of a call that a price may ask for. */
export type CallFact = (typeof callFacts)[number];

/**
 * What is known of a call: each fact as a number, or as the most that it can be. Of one that is left out
 * nothing is known.
 */
export type Facts = Readonly<Partial<Record<CallFact, number | { readonly most: number }>>>;

/** The facts that may be unknown until a call is made, whatever its model takes. */
const openFacts: readonly string[] = ["$megapixels", "$seconds"] satisfies CallFact[];

/** Schema of {@link Price}. */
export const priceSchema: z.ZodMiniType<Price> = z.lazy(() =>
  z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("fixed"), credits: amountSchema }),
    z.object({ kind: z.literal("money"), microDollars: amountSchema }),
    z
      .object({
        kind: z.literal("times"),
        setting: z.string(),
        most: z.optional(amountSchema),
        price: priceSchema,
      })
      .check(
        z.refine(
          ({ setting, most }) => most !== undefined || !openFacts.includes(setting),
          "has to say the most that it can be",
        ),
      ),
    z.object({
      kind: z.literal("by"),
      setting: z.string(),
      prices: z.record(z.string(), priceSchema),
      otherwise: priceSchema,
    }),
    z.object({
      kind: z.literal("upTo"),
      setting: z.string(),
      steps: z.array(z.object({ most: z.number(), price: priceSchema })),
      otherwise: priceSchema,
    }),
    z.object({ kind: z.literal("sum"), prices: z.array(priceSchema) }),
  ]),
);

const amountSchema = z.number().check(z.minimum(0));

/** A price of nothing. */
export const free: Price = { kind: "fixed", credits: 0 };

/** A price in dollars, paid straight to the provider. */
export function dollars(amount: number): Price {
  return { kind: "money", microDollars: amount * 1e6 };
}

/** A price with every part of it in credits, where the team buys them from who runs the relay. */
export function inCredits(price: Price, creditsPerDollar: number): Price {
  const turn = (part: Price) => inCredits(part, creditsPerDollar);
  switch (price.kind) {
    case "fixed":
      return price;
    case "money":
      return { kind: "fixed", credits: (price.microDollars / 1e6) * creditsPerDollar };
    case "times":
      return { ...price, price: turn(price.price) };
    case "by": {
      const prices: Record<string, Price> = {};
      for (const [value, part] of Object.entries(price.prices)) prices[value] = turn(part);
      return { ...price, prices, otherwise: turn(price.otherwise) };
    }
    case "upTo": {
      const steps = price.steps.map(({ most, price: part }) => ({ most, price: turn(part) }));
      return { ...price, steps, otherwise: turn(price.otherwise) };
    }
    case "sum":
      return { ...price, prices: price.prices.map(turn) };
  }
}

/** Whether a price depends on facts of the call. */
export function asksForFacts(price: Price): boolean {
  switch (price.kind) {
    case "fixed":
    case "money":
      return false;
    case "times":
      return isFact(price.setting) || asksForFacts(price.price);
    case "by":
      return (
        isFact(price.setting) ||
        [price.otherwise, ...Object.values(price.prices)].some(asksForFacts)
      );
    case "upTo":
      return (
        isFact(price.setting) ||
        [price.otherwise, ...price.steps.map((step) => step.price)].some(asksForFacts)
      );
    case "sum":
      return price.prices.some(asksForFacts);
  }
}

/**
 * The cost of one call, rounded up to whole credits and whole micro-dollars. `settings` hold the call's
 * {@link Facts} too. While a fact is not known for certain, of everything that it may turn out to be the
 * dearest counts: no call costs more than was said before it. A setting that is missing or no number
 * counts once, and what is above all steps or not known costs `otherwise`.
 */
export function costOfCall(price: Price, settings: Readonly<Record<string, unknown>>): Cost {
  const exact = exactCost(price, settings);
  return { credits: roundUp(exact.credits), microDollars: roundUp(exact.microDollars) };
}

function roundUp(amount: number): number {
  return Math.max(0, Math.ceil(amount - 1e-9 * Math.max(1, amount)));
}

function exactCost(price: Price, settings: Readonly<Record<string, unknown>>): Cost {
  const dearest = (parts: readonly Price[]) =>
    parts.map((part) => exactCost(part, settings)).reduce(dearestOf, noCost);
  switch (price.kind) {
    case "fixed":
      return { ...noCost, credits: price.credits };
    case "money":
      return { ...noCost, microDollars: price.microDollars };
    case "times":
      return timesCost(exactCost(price.price, settings), factorOf(price, settings));
    case "by": {
      const { setting, prices, otherwise } = price;
      if (isOpen(settings, setting)) return dearest([otherwise, ...Object.values(prices)]);
      return exactCost(ownValue(prices, String(settings[setting])) ?? otherwise, settings);
    }
    case "upTo": {
      const { steps, otherwise } = price;
      const [least, most] = rangeOf(settings, price.setting);
      const reached = steps.findIndex((step) => least <= step.most);
      const passed = steps.findIndex((step) => most <= step.most);
      if (reached < 0) return exactCost(otherwise, settings);
      const open = steps.slice(reached, passed < 0 ? undefined : passed + 1);
      return dearest([...open.map((step) => step.price), ...(passed < 0 ? [otherwise] : [])]);
    }
    case "sum":
      return price.prices.map((part) => exactCost(part, settings)).reduce(addCosts, noCost);
  }
}

function factorOf(
  { setting, most = Infinity }: Extract<Price, { kind: "times" }>,
  settings: Readonly<Record<string, unknown>>,
): number {
  if (isFact(setting)) {
    const factor = Math.min(rangeOf(settings, setting)[1], most);
    return Number.isFinite(factor) ? Math.max(0, factor) : 1;
  }
  const factor = numberOf(settings[setting]);
  return factor !== null && factor > 0 ? Math.min(factor, most) : 1;
}

function isFact(name: string): boolean {
  return name.startsWith("$");
}

/** Whether a fact is not known for certain. */
function isOpen(settings: Readonly<Record<string, unknown>>, name: string): boolean {
  return isFact(name) && numberOf(settings[name]) === null;
}

/** The least and the most that a number can be; a setting that is none is above all steps. */
function rangeOf(
  settings: Readonly<Record<string, unknown>>,
  name: string,
): readonly [least: number, most: number] {
  const value = settings[name];
  const known = numberOf(value);
  if (known !== null) return [known, known];
  if (!isFact(name)) return [Infinity, Infinity];
  const isBounded = typeof value === "object" && value !== null && "most" in value;
  return [0, (isBounded ? numberOf(value.most) : null) ?? Infinity];
}

/** A number, also where a choice of numbers says it as text. */
function numberOf(value: unknown): number | null {
  const read = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof read === "number" && Number.isFinite(read) ? read : null;
}
