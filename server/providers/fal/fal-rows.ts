import { dollars, free, type Price } from "#domain/price";
import type { ModelRow } from "../catalog.ts";
import { choice, toggle } from "../declare-params.ts";
import { inputOf, type FalRole, type FalWire } from "./fal-wire.ts";

/** A model at fal. */
export type FalRow = ModelRow<FalWire>;

/** Where fields come from: the types in fal's own client. */
export const clientTypes = "@fal-ai/client@1.10.1, read 2026-11-20";

/** What a price is where nobody says it before the call. */
export const unknownPrice = { price: free, priceBasis: "unknown" } as const;

/** So many dollars for each second of the setting `duration`. */
export function perSecond(amount: number): Price {
  return { kind: "times", setting: "duration", price: dollars(amount) };
}

/** No side of a picture that fal is given is longer. */
export const longestSidePx = 4_096;

/** So many dollars for each megapixel of the largest picture that is given. */
export function perMegapixel(amount: number): Price {
  const most = longestSidePx ** 2 / 1e6;
  return { kind: "times", setting: "$megapixels", most, price: dollars(amount) };
}

/** One price by the value of a setting; the dearest for what is not known. */
export function bySetting(setting: string, prices: Readonly<Record<string, Price>>): Price {
  return { kind: "by", setting, prices, otherwise: Object.values(prices).at(-1) ?? free };
}

/** A frame of 300 pixels or more, at most two and a half times as long as it is wide, or as wide. */
const frame = { leastSidePx: 300, leastRatio: 0.4, mostRatio: 2.5 } as const;
/** What Kling and Seedance take of a first and a last frame. */
export const frameLimits = { first: frame, last: frame } as const;

/** Whether a clip comes with sound, where the model makes it. */
export const withSound = toggle("Sound", true, "The model makes sound that fits the clip.");

/** A choice of lengths, each second of them; five unless somebody chooses. */
export function eachSecond(least: number, most: number): ReturnType<typeof choice> {
  const values = Array.from({ length: most - least + 1 }, (_, at) => String(least + at));
  const labels = Object.fromEntries(values.map((value) => [value, `${value} s`]));
  return choice("Length", values, { default: "5", labels });
}

/**
 * What goes together at a model's inputs and what is needed then, by its endpoints; and what is needed
 * whichever of them is asked.
 */
export function inputRules({ inputs, wire }: FalRow): Pick<FalRow, "needs" | "ways"> {
  const ways = wire.ways.map(({ needs, takes }) => {
    const needed = new Set<string>(needs.map(inputOf));
    const taken = new Set<string>(Object.keys(takes).map((role) => inputOf(role as FalRole)));
    const together = Object.keys(inputs).filter((input) => taken.has(input));
    return Object.fromEntries(together.map((input) => [input, needed.has(input)]));
  });
  const asked = new Set(wire.ways.flatMap(({ needs }) => needs.map(inputOf)));
  const needs = [...asked].filter((input) => ways.every((way) => way[input] === true));
  return ways.length > 1 ? { needs, ways } : { needs };
}
