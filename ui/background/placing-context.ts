import type { Placement } from "#domain/placement-lease";
import type { RelayClient } from "#domain/relay-client";
import type { BackgroundParts } from "./background.ts";
import type { CanvasMarkers } from "./canvas-markers.ts";

/** More than these are forgotten, the oldest first. */
const mostRemembered = 1_000;

/** What this session remembers of its own placing. */
export interface PlacingMemory {
  /** How often a placement could not be shown here, by its pid. */
  readonly failures: Map<string, number>;
  /** Where a person wants a result whose node is gone, by its pid. */
  readonly elsewhere: Map<string, string>;
  /** The results without a place that a person was told of, by their version. */
  readonly orphans: Map<string, readonly Placement[]>;
  /** Forgets what has no use any more, given all that waits. */
  readonly forgetEnded: (waiting: readonly Placement[]) => void;
}

/** A memory with nothing in it. */
export function createPlacingMemory(): PlacingMemory {
  const failures = new Map<string, number>();
  const orphans = new Map<string, readonly Placement[]>();
  const elsewhere = new Map<string, string>();
  const forgetEnded = (waiting: readonly Placement[]) => {
    const pids = new Set(waiting.map(({ pid }) => pid));
    for (const pid of failures.keys()) if (!pids.has(pid)) failures.delete(pid);
    for (const all of [orphans, elsewhere]) {
      for (const key of [...all.keys()].slice(0, -mostRemembered)) all.delete(key);
    }
  };
  return { failures, elsewhere, orphans, forgetEnded };
}

/** Everything that one round of placing works with. */
export interface PlacingContext {
  readonly parts: BackgroundParts;
  readonly relay: RelayClient;
  readonly file: string;
  readonly markers: CanvasMarkers;
  readonly memory: PlacingMemory;
  /** The layers that are selected. */
  readonly selection: () => readonly string[];
  /** Asks for another round in so many milliseconds. */
  readonly soon: (delayMs: number) => void;
}
