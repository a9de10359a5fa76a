import { randomBytes } from "node:crypto";
import { DataKeyError, type DataKeyStore } from "../../server/keys/data-keys.ts";
import type { DataKeys } from "../../server/keys/seal.ts";

/** Data keys that no file holds; they can be rotated as those of a file of our own. */
export function memoryDataKeys(): DataKeyStore {
  let keys: DataKeys = { version: 1, byVersion: new Map([[1, randomBytes(32)]]) };
  return {
    source: "own-file",
    read: () => Promise.resolve(keys),
    ensure: () => Promise.resolve(keys),
    rotate: () => {
      const current = keys.byVersion.get(keys.version);
      if (!current) return Promise.reject(new DataKeyError("There is none."));
      const version = keys.version + 1;
      const both = [[version, randomBytes(32)] as const, [keys.version, current] as const];
      keys = { version, byVersion: new Map(both) };
      return Promise.resolve(keys);
    },
  };
}
