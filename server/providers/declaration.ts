import type { Clock } from "../clock.ts";
import type { Egress } from "../egress.ts";
import type { ProviderKey } from "./provider-key.ts";
import type { Provider } from "./provider.ts";

/** What every provider is made of: the only way out, the time, and where the relay itself is reached. */
export interface ProviderParts {
  readonly egress: Egress;
  readonly clock: Clock;
  /** The https address under which webhooks reach the relay; null where they do not. */
  readonly publicUrl: string | null;
  /** The exact origin of this provider's server, where it is one that the owner runs and has named. */
  readonly ownServer: string | null;
}

/**
 * A provider as its folder declares it. `open` does no work and loads no library: a vendor's client is
 * imported when it is asked for the first time.
 */
export interface ProviderDeclaration {
  readonly id: string;
  readonly title: string;
  /** Null for one that takes none: a server of the owner's own. */
  readonly key: ProviderKey | null;
  open(parts: ProviderParts): Provider;
}

/** A provider that takes a key. */
export interface KeyedDeclaration extends ProviderDeclaration {
  readonly key: ProviderKey;
}
