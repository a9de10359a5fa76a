import { providerDeclarations } from "../providers/index.ts";
import type { ProviderKey } from "../providers/provider-key.ts";
import { stockDeclarations } from "../stock/index.ts";

/** Somebody who takes a key of one's own. */
export interface KeyProvider extends ProviderKey {
  readonly id: string;
  readonly title: string;
}

/** Everybody who takes a key, as they are declared; who has models and pictures takes one for both. */
export const keyProviders: readonly KeyProvider[] = [
  ...new Map(
    [...providerDeclarations, ...stockDeclarations].flatMap(({ id, title, key }) =>
      key ? [[id, { id, title, ...key }] as const] : [],
    ),
  ).values(),
];

/** The provider of that id, or null. */
export function findKeyProvider(id: string): KeyProvider | null {
  return keyProviders.find((provider) => provider.id === id) ?? null;
}
