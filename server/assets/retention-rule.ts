/** How long things are kept that nothing needs. */
export interface Retention {
  /** Assets that nothing refers to, in milliseconds; null keeps them for ever. */
  readonly unusedMs: number | null;
}

const dayMs = 24 * 3_600_000;

/**
 * Bytes that no team has are on their way in, or were left by a crash; after a day it is the second
 * (reliability.md I6). No upload takes that long.
 */
export const bytesGraceMs = dayMs;

/** What is known of an asset of a team. */
export interface AssetStanding {
  /**
   * Whether a kept result, its inputs, an open run or a link needs it, or it was made of an asset that
   * one of these needs. What waits to be placed or is priced is kept by its result, and by its mark.
   */
  readonly isNeeded: boolean;
  /** Since when nothing was seen to need it. */
  readonly unusedSinceMs: number | null;
}

/** What is to be done about an asset. */
export type AssetRuling = "keep" | "mark" | "unmark" | "forget";

/** A retention from a number of days; none keeps things for ever. */
export function retentionOf(days: number): Retention {
  return { unusedMs: days === 0 ? null : days * dayMs };
}

/**
 * An asset that nothing needs is marked with the time, and forgotten once the mark is old enough: what is
 * used again meanwhile loses its mark, so that the time begins anew. A mark from the future (a clock that
 * was set back) is renewed rather than waited for.
 */
export function ruleOnAsset(
  { isNeeded, unusedSinceMs }: AssetStanding,
  { unusedMs }: Retention,
  nowMs: number,
): AssetRuling {
  if (isNeeded || unusedMs === null) return unusedSinceMs === null ? "keep" : "unmark";
  if (unusedSinceMs === null || unusedSinceMs > nowMs) return "mark";
  return nowMs - unusedSinceMs >= unusedMs ? "forget" : "keep";
}
