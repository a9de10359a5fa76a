import type { Store } from "../store/open-store.ts";
import {
  forgetFollowedKeys,
  listKeys,
  nextKeyVersion,
  removeKey,
  saveKey,
} from "../store/provider-keys.ts";
import type { DataKeyStore } from "./data-keys.ts";
import { keyProviders } from "./key-providers.ts";
import { placeOfKey } from "./key-ring.ts";
import { lastFourOf } from "./read-key.ts";
import { seal } from "./seal.ts";

/** How a team stands with a provider: all that is ever told of a key. */
export interface ShownKey {
  readonly provider: string;
  readonly title: string;
  /** Where the key comes from; null where there is none. The environment's wins. */
  readonly from: "environment" | "set" | null;
  readonly lastFour: string | null;
  /** When it was set; null for one of the environment. */
  readonly setAtMs: number | null;
  /** The environment variable it can also come from. */
  readonly variable: string;
}

/** What keeping keys leans on. */
export interface KeyKeeperParts {
  readonly store: Pick<Store, "database" | "transaction">;
  readonly dataKeys: DataKeyStore;
  readonly environment: ReadonlyMap<string, string>;
  readonly nowMs: () => number;
  readonly random: (bytes: number) => Uint8Array;
}

/** A key that was followed by another is kept longer than any attempt may poll. */
const followedMs = 24 * 60 * 60_000;

/** How a team stands with every provider that takes a key. */
export async function showKeys(
  { store, environment }: Pick<KeyKeeperParts, "store" | "environment">,
  team: string,
): Promise<ShownKey[]> {
  const kept = await listKeys(store.database, team);
  return keyProviders.map(({ id, title, variables }) => {
    const shown = { provider: id, title, variable: variables[0] ?? "" };
    const given = environment.get(id);
    if (given !== undefined) {
      return { ...shown, from: "environment", lastFour: lastFourOf(given), setAtMs: null };
    }
    const set = kept.find(({ provider }) => provider === id);
    return set
      ? { ...shown, from: "set", lastFour: set.lastFour, setAtMs: set.setAtMs }
      : { ...shown, from: null, lastFour: null, setAtMs: null };
  });
}

/**
 * Seals a key for a team. New submissions use it from then on; attempts that are open go on with the one
 * before. Throws DataKeyError.
 */
export async function setKey(
  { store, dataKeys, nowMs, random }: KeyKeeperParts,
  team: string,
  provider: string,
  key: string,
): Promise<void> {
  const keys = await dataKeys.ensure();
  await store.transaction(async (transaction) => {
    const version = await nextKeyVersion(transaction, team, provider);
    await saveKey(transaction, team, {
      provider,
      version,
      sealed: seal(keys, placeOfKey(team, provider, version), key, random),
      lastFour: lastFourOf(key),
      setAtMs: nowMs(),
    });
    await forgetFollowedKeys(transaction, nowMs() - followedMs);
  });
}

/** Takes a team's key away, with every version of it. False when there was none. */
export function forgetKey(
  { store, nowMs }: Pick<KeyKeeperParts, "store" | "nowMs">,
  team: string,
  provider: string,
): Promise<boolean> {
  return store.transaction((transaction) => removeKey(transaction, team, provider, nowMs()));
}
