import { dollars, free, type Price } from "#domain/price";
import type { ModelRow } from "../catalog.ts";
import { toggle } from "../declare-params.ts";
import type { FalRole, FalWire } from "./fal-wire.ts";

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

/** Whether a clip comes with sound, where the model makes it. */
export const withSound = toggle("Sound", true, "The model makes sound that fits the clip.");

/** What a model needs at its inputs whichever of its endpoints is asked, by the names of the inputs. */
export function neededInputs({ ways }: FalWire): string[] {
  const inputOf = (role: FalRole) => (role === "source" || role === "rest" ? "references" : role);
  const [first, ...others] = ways.map(({ needs }) => new Set(needs.map(inputOf)));
  return [...(first ?? [])].filter((input) => others.every((needs) => needs.has(input)));
}
