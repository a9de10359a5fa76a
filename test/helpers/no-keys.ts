import type { KeyRing } from "../../server/keys/key-ring.ts";
import type { RunAssets } from "../../server/run/run-parts.ts";

/** A relay without a key. */
export const noKeys: KeyRing = {
  providersWithKey: () => Promise.resolve(new Set<string>()),
  newest: () => Promise.resolve(null),
  versioned: () => Promise.resolve(null),
};

/** For runs whose pictures no vendor is sent. */
export const noDerived: RunAssets["derive"] = () => Promise.resolve({ kind: "missing" });
