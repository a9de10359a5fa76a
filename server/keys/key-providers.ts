import { providerDeclarations } from "../providers/index.ts";
import type { ProviderKey } from "../providers/provider-key.ts";

/** Somebody who takes a key of one's own. */
export interface KeyProvider extends ProviderKey {
  readonly id: string;
  readonly title: string;
}

/** Everybody who takes a key, as their folders declare them. */
export const keyProviders: readonly KeyProvider[] = providerDeclarations.flatMap(
  ({ id, title, key }) => (key ? [{ id, title, ...key }] : []),
);

/** The provider of that id, or null. */
export function findKeyProvider(id: string): KeyProvider | null {
  return keyProviders.find((provider) => provider.id === id) ?? null;
}
