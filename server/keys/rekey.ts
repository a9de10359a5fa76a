import { keysBehind, replaceSealed, type TeamKey } from "../store/provider-keys.ts";
import type { KeyKeeperParts } from "./key-keeper.ts";
import { placeOfKey } from "./key-ring.ts";
import { seal, SealBroken, sealedUnder, unseal, type DataKeys } from "./seal.ts";

/** What sealing anew came to. */
export interface Rekeyed {
  /** The version of the data key under which every key is sealed now. */
  readonly version: number;
  readonly sealedAnew: number;
  /** Keys that could be opened with no data key that is known; they have to be set again. */
  readonly unreadable: number;
}

type RekeyParts = Pick<KeyKeeperParts, "store" | "dataKeys" | "random">;

/** One commit's worth: others write in between. */
const batch = 100;

/**
 * Seals every key of every team under a new data key. Broken off at any point it is finished by asking
 * again: a rotation that was begun is ended first, and only then and only of a file of our own a new data
 * key is made. Throws DataKeyError; where the operator holds the key, it asks for the new one.
 */
export async function rekey(parts: RekeyParts): Promise<Rekeyed> {
  const begun = await sealAllAnew(parts, await parts.dataKeys.ensure());
  if (begun.sealedAnew > 0) return begun;
  return sealAllAnew(parts, await parts.dataKeys.rotate());
}

async function sealAllAnew(parts: RekeyParts, keys: DataKeys): Promise<Rekeyed> {
  let sealedAnew = 0;
  let unreadable = 0;
  let last: TeamKey | null = null;
  for (;;) {
    const rows: readonly TeamKey[] = await keysBehind(parts.store.database, last, batch);
    last = rows.at(-1) ?? null;
    if (!last) return { version: keys.version, sealedAnew, unreadable };
    const changes: [TeamKey, string][] = [];
    for (const row of rows) {
      if (sealedUnder(row.sealed) === keys.version) continue;
      const next = sealAnew(keys, row, parts.random);
      if (next === null) unreadable += 1;
      else changes.push([row, next]);
    }
    if (changes.length === 0) continue;
    sealedAnew += await parts.store.transaction(async (transaction) => {
      let count = 0;
      for (const [row, next] of changes) {
        if (await replaceSealed(transaction, row, next)) count += 1;
      }
      return count;
    });
  }
}

/** The secret sealed under the newest data key; null when it cannot be opened. */
function sealAnew(
  keys: DataKeys,
  { team, provider, version, sealed }: TeamKey,
  random: RekeyParts["random"],
): string | null {
  const place = placeOfKey(team, provider, version);
  try {
    return seal(keys, place, unseal(keys, place, sealed), random);
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}
