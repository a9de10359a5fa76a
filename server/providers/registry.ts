import type { Model } from "#domain/model";
import type { Provider } from "./provider.ts";

/** Every provider of a relay, and the models they bring. */
export interface Providers {
  /** Every model, in the order of the providers. */
  models(): readonly Model[];
  /** Every provider, in order. */
  list(): readonly Provider[];
  /** The provider of a model id ("provider:model"), or null. */
  providerOf(model: string): Provider | null;
  /** The provider of this id, or null. */
  find(id: string): Provider | null;
}

/** Gathers providers. Two with one id are a mistake in the program and throw at start. */
export function createProviders(list: readonly Provider[]): Providers {
  const byId = new Map(list.map((provider) => [provider.id, provider]));
  if (byId.size !== list.length) throw new Error("Two providers share an id.");
  return {
    list: () => list,
    models: () => list.flatMap((provider) => provider.models()),
    providerOf: (model) => byId.get(model.slice(0, model.indexOf(":"))) ?? null,
    find: (id) => byId.get(id) ?? null,
  };
}
