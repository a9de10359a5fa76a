import type { Caller } from "../handler.ts";
import { isPaired } from "../store/members.ts";
import type { RouteParts } from "./route-parts.ts";

/** A stream outlives the end of its token by so long at most (reliability.md T19). */
const againMs = 60_000;

/**
 * Tells whether the token by which a stream was opened is still good; the store is asked again after a
 * minute and no sooner.
 */
export function watchToken(
  { store, clock }: Pick<RouteParts, "store" | "clock">,
  { team, device }: Caller,
): () => Promise<boolean> {
  let askedAtMs = clock.nowMs();
  return async () => {
    const nowMs = clock.nowMs();
    if (Math.abs(nowMs - askedAtMs) < againMs) return true;
    askedAtMs = nowMs;
    return isPaired(store.database, team, device, nowMs);
  };
}
