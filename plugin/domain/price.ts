import * as z from "zod/mini";

/**
 * What one call of a model costs, as data: an expression over the node's settings. Credits may be
 * fractions here; a call's price is rounded up to whole credits once, at the end.
 */
export type Price =
  | { readonly kind: "fixed"; readonly credits: number }
  | { readonly kind: "times"; readonly setting: string; readonly price: Price }
  | {
      readonly kind: "by";
      readonly setting: string;
      readonly prices: Readonly<Record<string, Price>>;
      readonly otherwise: Price;
    }
  | { readonly kind: "sum"; readonly prices: readonly Price[] };

/** Schema of {@link Price}. */
export const priceSchema: z.ZodMiniType<Price> = z.lazy(() =>
  z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("fixed"), credits: z.number().check(z.minimum(0)) }),
    z.object({ kind: z.literal("times"), setting: z.string(), price: priceSchema }),
    z.object({
      kind: z.literal("by"),
      setting: z.string(),
      prices: z.record(z.string(), priceSchema),
      otherwise: priceSchema,
    }),
    z.object({ kind: z.literal("sum"), prices: z.array(priceSchema) }),
  ]),
);

/** A price of nothing. */
export const free: Price = { kind: "fixed", credits: 0 };

/**
 * The price of one call in whole credits, rounded up. A setting that is missing or no number counts
 * once; it cannot make a call cheaper than one unit.
 */
export function priceOfCall(price: Price, settings: Readonly<Record<string, unknown>>): number {
  return Math.ceil(exactPrice(price, settings) - 1e-9);
}

function exactPrice(price: Price, settings: Readonly<Record<string, unknown>>): number {
  switch (price.kind) {
    case "fixed":
      return price.credits;
    case "times": {
      const factor = settings[price.setting];
      const isCount = typeof factor === "number" && Number.isFinite(factor) && factor > 0;
      return (isCount ? factor : 1) * exactPrice(price.price, settings);
    }
    case "by": {
      const value = String(settings[price.setting]);
      const chosen = Object.prototype.hasOwnProperty.call(price.prices, value)
        ? price.prices[value]
        : undefined;
      return exactPrice(chosen ?? price.otherwise, settings);
    }
    case "sum":
      return price.prices.reduce((total, part) => total + exactPrice(part, settings), 0);
  }
}

/** "free", "1 credit", "12 credits". */
export function formatCredits(credits: number): string {
  if (credits === 0) return "free";
  return credits === 1 ? "1 credit" : `${credits} credits`;
}
