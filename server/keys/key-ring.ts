import type { Database } from "../store/database.ts";
import { findKey, listKeys } from "../store/provider-keys.ts";
import type { DataKeyStore } from "./data-keys.ts";
import { SealBroken, unseal, type SealPlace } from "./seal.ts";

/** A key that a call may use. It prints as its version: the key comes out by `reveal` alone. */
export interface HeldKey {
  /** Recorded with the attempt that is begun with it. */
  readonly version: string;
  reveal(): string;
}

/**
 * The keys of the teams, for those who call providers. A new submission takes the newest; what polls an
 * attempt goes on with the version that the attempt began with, though another was set meanwhile. A key
 * that was removed is gone for both: the attempt fails and the user does not pay (reliability.md F58).
 */
export interface KeyRing {
  /** The providers that a team has a key for, whether it can be opened or not. */
  providersWithKey(team: string): Promise<ReadonlySet<string>>;
  /** The key of a team for a provider, or null where there is none. Throws {@link KeyUnreadable}. */
  newest(team: string, provider: string): Promise<HeldKey | null>;
  /** The version that an attempt began with, or null once it was removed. Throws {@link KeyUnreadable}. */
  versioned(team: string, provider: string, version: string): Promise<HeldKey | null>;
}

/** What a ring is made of. */
export interface KeyRingParts {
  readonly database: Database;
  readonly dataKeys: DataKeyStore;
  readonly environment: ReadonlyMap<string, string>;
}

/** A key was sealed under a data key that this relay does not have. */
export class KeyUnreadable extends Error {
  override readonly name = "KeyUnreadable";
  readonly provider: string;

  constructor(provider: string) {
    super(
      `The key of ${provider} was sealed under another data key. Set it again, or start the relay with the SPACES_KEY_FILE or SPACES_KEY of then.`,
    );
    this.provider = provider;
  }
}

/** The environment's key has one version: whoever changes it restarts the relay and answers for it. */
export const environmentVersion = "environment";

/** The row that a version of a key is sealed for. */
export function placeOfKey(team: string, provider: string, version: number): SealPlace {
  return { team, kind: "provider-key", id: `${provider}/${version}` };
}

/** Opens the ring; each key stays sealed until it is asked for. */
export function createKeyRing({ database, dataKeys, environment }: KeyRingParts): KeyRing {
  const ofEnvironment = (provider: string): HeldKey | null => {
    const key = environment.get(provider);
    return key === undefined ? null : { version: environmentVersion, reveal: () => key };
  };
  const find = async (team: string, provider: string, version: number | null) => {
    const kept = await findKey(database, team, provider, version);
    if (!kept) return null;
    const place = placeOfKey(team, provider, kept.version);
    const secret = await open(dataKeys, provider, place, kept.sealed);
    return { version: String(kept.version), reveal: () => secret };
  };
  return {
    providersWithKey: async (team) => {
      const kept = await listKeys(database, team);
      return new Set([...environment.keys(), ...kept.map(({ provider }) => provider)]);
    },
    newest: async (team, provider) => ofEnvironment(provider) ?? (await find(team, provider, null)),
    versioned: async (team, provider, version) => {
      if (version === environmentVersion) return ofEnvironment(provider);
      return /^\d{1,9}$/.test(version) ? find(team, provider, Number(version)) : null;
    },
  };
}

async function open(
  dataKeys: DataKeyStore,
  provider: string,
  place: SealPlace,
  sealed: string,
): Promise<string> {
  try {
    const keys = await dataKeys.read();
    if (!keys) throw new SealBroken();
    return unseal(keys, place, sealed);
  } catch (error) {
    if (error instanceof SealBroken) throw new KeyUnreadable(provider);
    throw error;
  }
}
