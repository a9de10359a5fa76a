import type { Clock } from "../clock.ts";
import {
  assetUses,
  beginToTakeOut,
  bytesOfNobody,
  endTakingOut,
  forgetAsset,
  hashesOfTeams,
  markAsset,
  type AssetUse,
} from "../store/retention.ts";
import type { Store } from "../store/open-store.ts";
import type { AssetStore } from "./asset-store.ts";
import { bytesGraceMs, ruleOnAsset, type Retention } from "./retention-rule.ts";

/** What a sweep leans on. */
export interface SweepParts {
  readonly store: Store;
  readonly bytes: AssetStore;
  readonly clock: Clock;
  readonly retention: Retention;
  /**
   * Whether all that lies in the asset store is this relay's. Where another relay keeps its bytes there
   * too, those that no team has are left alone.
   */
  readonly isOwnStore: boolean;
}

/** How a sweep is done. */
export interface SweepOptions {
  /** Only tells what would go. */
  readonly isDry?: boolean;
  /** Ends the sweep between two assets. */
  readonly signal?: AbortSignal;
}

/** So many files of so many bytes together. */
export interface Swept {
  files: number;
  bytes: number;
}

/** What went, or would go. */
export interface SweepReport {
  /** Assets of teams that nothing needed for the whole time of the retention. */
  readonly unused: Swept;
  /** Assets that nothing needs at the moment; they have time left. */
  readonly waiting: Swept;
  /** Bytes that no team has, such as a crash leaves. */
  readonly leftOver: Swept;
}

/** So many rows are looked at between two rests of the event loop. */
const sliceLength = 200;
/** Whoever takes bytes out has so long, then is taken for dead; requests to a storage end far earlier. */
const leaseMs = 10 * 60_000;

/**
 * Marks what nothing needs, forgets what has been marked for the time of the retention, and takes bytes out
 * of the asset store that no team has for a day. Safe beside uploads, runs and other sweeps, and safe to
 * break off anywhere: the next one goes on. Throws what the store or the asset store throws.
 */
export async function sweepAssets(
  parts: SweepParts,
  options: SweepOptions = {},
): Promise<SweepReport> {
  const report = { unused: none(), waiting: none(), leftOver: none() };
  await sweepUnused(parts, options, report);
  if (parts.isOwnStore) await sweepLeftOver(parts, options, report);
  await sweepForgotten(parts, options);
  return report;
}

async function sweepUnused(
  parts: SweepParts,
  options: SweepOptions,
  report: SweepReport,
): Promise<void> {
  let after: AssetUse | null = null;
  for (;;) {
    const slice: AssetUse[] = await assetUses(parts.store.database, after, sliceLength);
    for (const use of slice) {
      if (options.signal?.aborted) return;
      await sweepAsset(parts, options, report, use);
    }
    after = slice.at(-1) ?? null;
    if (slice.length < sliceLength) return;
    await rest();
  }
}

async function sweepAsset(
  parts: SweepParts,
  { isDry = false }: SweepOptions,
  report: SweepReport,
  use: AssetUse,
): Promise<void> {
  const { store, clock, retention } = parts;
  const nowMs = clock.nowMs();
  const ruling = ruleOnAsset(use, retention, nowMs);
  const isWaiting = ruling === "mark" || (ruling === "keep" && use.unusedSinceMs !== null);
  if (isWaiting) count(report.waiting, use.bytes);
  if (ruling === "keep") return;
  if (ruling !== "forget") {
    if (!isDry) await markAsset(store.database, use, ruling === "mark" ? nowMs : null);
    return;
  }
  if (!isDry) {
    const isGone = await store.transaction((transaction) => forgetAsset(transaction, use));
    if (!isGone) return;
    await takeOut(parts, use.hash);
  }
  count(report.unused, use.bytes);
}

/** What was forgotten before its bytes went, or announced and never came. */
async function sweepForgotten(parts: SweepParts, { isDry, signal }: SweepOptions): Promise<void> {
  if (isDry) return;
  const beforeMs = parts.clock.nowMs() - bytesGraceMs;
  for (let after = ""; ;) {
    const limits = { beforeMs, after, limit: sliceLength };
    const slice = await bytesOfNobody(parts.store.database, limits);
    for (const hash of slice) {
      if (signal?.aborted) return;
      await takeOut(parts, hash);
    }
    after = slice.at(-1) ?? "";
    if (slice.length < sliceLength) return;
    await rest();
  }
}

async function sweepLeftOver(
  parts: SweepParts,
  { isDry = false, signal }: SweepOptions,
  report: SweepReport,
): Promise<void> {
  const { store, bytes, clock } = parts;
  for await (const page of bytes.list()) {
    const old = page.filter((each) => each.writtenAtMs < clock.nowMs() - bytesGraceMs);
    for (let start = 0; start < old.length; start += sliceLength) {
      const slice = old.slice(start, start + sliceLength);
      const hashes = slice.map(({ hash }) => hash);
      const known = await hashesOfTeams(store.database, hashes);
      for (const each of slice) {
        if (signal?.aborted) return;
        if (known.has(each.hash)) continue;
        if (isDry || (await takeOut(parts, each.hash))) count(report.leftOver, each.bytes);
      }
    }
    await rest();
  }
}

/**
 * Takes bytes out of the asset store unless a team has them or they were announced within the grace. While
 * this is under way they cannot be announced, so that nobody puts them and loses them again.
 */
async function takeOut({ store, bytes, clock }: SweepParts, hash: string): Promise<boolean> {
  const nowMs = clock.nowMs();
  const untilMs = nowMs + leaseMs;
  const limits = { beforeMs: nowMs - bytesGraceMs, nowMs, untilMs };
  const isBegun = await store.transaction((transaction) =>
    beginToTakeOut(transaction, hash, limits),
  );
  // A machine that slept meanwhile may be taken for dead already.
  if (!isBegun || clock.nowMs() - nowMs > leaseMs / 2) return false;
  await bytes.remove(hash);
  await endTakingOut(store.database, hash, untilMs);
  return true;
}

const none = (): Swept => ({ files: 0, bytes: 0 });

function count(swept: Swept, bytes: number): void {
  swept.files += 1;
  swept.bytes += bytes;
}

/** Lets everything else of the process go first. */
function rest(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
