import { sellForCredits, type Model } from "#domain/model";
import type { Provider } from "./provider.ts";

/** Every provider of a relay, and the models they bring. */
export interface Providers {
  /** How many credits whoever runs the relay sells for a dollar; null where teams pay providers themselves. */
  readonly creditsPerDollar: number | null;
  /** Every model, in the order of the providers. */
  models(): readonly Model[];
  /** Every provider, in order. */
  list(): readonly Provider[];
  /** The provider of a model id ("provider:model"), or null. */
  providerOf(model: string): Provider | null;
  /** The provider of this id, or null. */
  find(id: string): Provider | null;
}

/**
 * Gathers providers; where credits are sold, every price of theirs that is money is one in credits. Two with one id are a mistake in the program and throw at start.
 */
export function createProviders(
  list: readonly Provider[],
  creditsPerDollar: number | null = null,
): Providers {
  const byId = new Map(list.map((provider) => [provider.id, provider]));
  if (byId.size !== list.length) throw new Error("Two providers share an id.");
  const sold = new WeakMap<Model, Model>();
  const sell = (model: Model): Model => {
    if (creditsPerDollar === null) return model;
    // The same model again for the same model: what is worked out for one is remembered by it.
    const known = sold.get(model) ?? sellForCredits(model, creditsPerDollar);
    sold.set(model, known);
    return known;
  };
  return {
    creditsPerDollar,
    list: () => list,
    models: () => list.flatMap((provider) => provider.models().map(sell)),
    providerOf: (model) => byId.get(model.slice(0, model.indexOf(":"))) ?? null,
    find: (id) => byId.get(id) ?? null,
  };
}
