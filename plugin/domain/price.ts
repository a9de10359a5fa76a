import * as z from "zod/mini";

/**
 * What one call of a model costs, as data: an expression over the node's settings and the facts of the
 * call ({@link CallFact}). Credits and micro-dollars may be fractions here; a call's cost is rounded up
 * to whole ones once, at the end. What is paid with the team's credits has `fixed` leaves, what is paid
 * straight to the provider with a key of one's own has `money` leaves.
 */
export type Price =
  | { readonly kind: "fixed"; readonly credits: number }
  | { readonly kind: "money"; readonly microDollars: number }
  | { readonly kind: "times"; readonly setting: string; readonly price: Price }
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

/** Schema of {@link Price}. */
export const priceSchema: z.ZodMiniType<Price> = z.lazy(() =>
  z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("fixed"), credits: z.number().check(z.minimum(0)) }),
    z.object({ kind: z.literal("money"), microDollars: z.number().check(z.minimum(0)) }),
    z.object({ kind: z.literal("times"), setting: z.string(), price: priceSchema }),
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

/** What a call costs at most: credits of the team, and millionths of a dollar on the owner's own account. */
export interface Cost {
  readonly credits: number;
  readonly microDollars: number;
}

/** A cost of nothing. */
export const noCost: Cost = { credits: 0, microDollars: 0 };

/** A price of nothing. */
export const free: Price = { kind: "fixed", credits: 0 };

/** A price in dollars, paid straight to the provider. */
export function dollars(amount: number): Price {
  return { kind: "money", microDollars: amount * 1e6 };
}

/**
 * The cost of one call, rounded up to whole credits and whole micro-dollars. `settings` hold the call's
 * facts too. A setting that is missing or no number counts once; it cannot make a call cheaper than one
 * unit, and what is above all steps or not known costs `otherwise`.
 */
export function costOfCall(price: Price, settings: Readonly<Record<string, unknown>>): Cost {
  const exact = exactCost(price, settings);
  return { credits: roundUp(exact.credits), microDollars: roundUp(exact.microDollars) };
}

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

function roundUp(amount: number): number {
  return Math.ceil(amount - 1e-9 * Math.max(1, amount));
}

function exactCost(price: Price, settings: Readonly<Record<string, unknown>>): Cost {
  switch (price.kind) {
    case "fixed":
      return { ...noCost, credits: price.credits };
    case "money":
      return { ...noCost, microDollars: price.microDollars };
    case "times": {
      const factor = numberOf(settings[price.setting]);
      return timesCost(
        exactCost(price.price, settings),
        factor !== null && factor > 0 ? factor : 1,
      );
    }
    case "by": {
      const value = String(settings[price.setting]);
      const chosen = Object.prototype.hasOwnProperty.call(price.prices, value)
        ? price.prices[value]
        : undefined;
      return exactCost(chosen ?? price.otherwise, settings);
    }
    case "upTo": {
      const value = numberOf(settings[price.setting]);
      const step = value === null ? undefined : price.steps.find(({ most }) => value <= most);
      return exactCost(step?.price ?? price.otherwise, settings);
    }
    case "sum":
      return price.prices.map((part) => exactCost(part, settings)).reduce(addCosts, noCost);
  }
}

/** A number, also where a choice of numbers says it as text. */
function numberOf(value: unknown): number | null {
  const read = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof read === "number" && Number.isFinite(read) ? read : null;
}

/**
 * The price in whole credits.
 */
export function priceOfCall(price: Price, settings: Readonly<Record<string, unknown>>): number {
  return costOfCall(price, settings).credits;
}

/** "free", "1 credit", "12 credits". */
export function formatCredits(credits: number): string {
  if (credits === 0) return "free";
  return credits === 1 ? "1 credit" : `${credits} credits`;
}
