import type { Assets } from "../assets/assets.ts";
import type { Clock } from "../clock.ts";
import type { ReachFailpoint } from "../failpoint.ts";
import type { KeyRing } from "../keys/key-ring.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { Providers } from "../providers/registry.ts";
import type { Store } from "../store/open-store.ts";
import type { EventHub } from "./event-hub.ts";
import type { TeamBounds } from "./refuse-crowd.ts";

/** The bytes of a relay, as runs need them. */
export type RunAssets = Pick<Assets, "keep" | "read" | "derive">;

/** Everything that a run touches outside itself. */
export interface RunParts {
  readonly store: Store;
  readonly assets: RunAssets;
  readonly providers: Providers;
  readonly keyRing: KeyRing;
  readonly clock: Clock;
  readonly hub: EventHub;
  readonly reach: ReachFailpoint;
  /** How much a team may have open; usual bounds unless said. */
  readonly bounds?: TeamBounds;
  /** A new 128-bit id in hexadecimal. */
  readonly newId: () => string;
  /** A new seed from 0 to 2^31 - 1. */
  readonly newSeed: () => number;
  /** SHA-256 of a text in hexadecimal. */
  readonly hashText: (text: string) => string;
  /** Takes note of unexpected trouble: a name from our own list, never free text or secrets. */
  readonly warn: Log;
  readonly metrics: Metrics;
}
