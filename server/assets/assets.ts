import { join } from "node:path";
import type { Asset } from "#domain/asset";
import { RunFailure } from "#domain/failure";
import type { Clock } from "../clock.ts";
import type { ReachFailpoint } from "../failpoint.ts";
import { isDerivedOf, saveAsset, saveDerived } from "../store/asset-index.ts";
import { reviveAssets } from "../store/asset-references.ts";
import type { Store } from "../store/open-store.ts";
import { announce, announcing } from "./announce-bytes.ts";
import type { AssetStore, ByteSource } from "./asset-store.ts";
import { openDerivedPictures, type Derived } from "./derive-picture.ts";
import { createInspector } from "./inspector.ts";
import type { PictureRecipe } from "./inspection.ts";
import { openBytes, type S3Place } from "./open-bytes.ts";
import { receiveAsset, type Received, type ReceiveOptions } from "./receive-asset.ts";
import { createWorkUnderWay } from "./work-under-way.ts";

/** The assets of a relay: whatever comes in is looked at before it counts and noted for its team. */
export interface Assets {
  readonly bytes: AssetStore;
  /** Takes an upload of a team. Throws what {@link receiveAsset} throws. */
  receive(team: string, source: ByteSource, options: ReceiveOptions): Promise<Received>;
  /**
   * Keeps what a provider made for a team; being paid for, it may use the last free space, and it may be
   * an SVG drawing, of which what draws is kept.
   */
  keep(team: string, bytes: Uint8Array): Promise<Received>;
  /** The bytes of an asset. Throws a RunFailure "asset-missing" when they are gone. */
  read(hash: string): Promise<Uint8Array>;
  /** A picture in another form, an asset of its own. */
  derive(team: string, asset: Asset, recipe: PictureRecipe): Promise<Derived>;
  /** Ends what looks at files and waits until nothing writes to the folder any more. */
  close(): Promise<void>;
}

/** What assets lean on. */
export interface AssetParts {
  readonly store: Store;
  readonly reach: ReachFailpoint;
  readonly clock: Clock;
  /** Whether other relays use the folder at the same time. */
  readonly isShared: boolean;
  /** Where the bytes are kept instead of the folder. */
  readonly s3?: S3Place | null;
}

/** Nothing is longer on its way into a shared folder; what is older was left by a crash. */
const longestOnItsWayMs = 24 * 3_600_000;

/** Opens the assets that lie in a folder. */
export async function openAssets(folder: string, parts: AssetParts): Promise<Assets> {
  const { reach, clock, isShared } = parts;
  const sweepBeforeMs = isShared ? clock.nowMs() - longestOnItsWayMs : Infinity;
  const place = await openBytes(folder, { clock, reach, sweepBeforeMs, s3: parts.s3 ?? null });
  const bytes = announcing(place, parts);
  const inspector = createInspector({ clock });
  const pictures = await openDerivedPictures({
    store: bytes,
    inspector,
    sweepBeforeMs,
    folder: join(folder, "derived"),
  });
  const note = (team: string, asset: Asset) =>
    parts.store.transaction((transaction) => saveAsset(transaction, team, asset, clock.nowMs()));
  const underWay = createWorkUnderWay();
  const takeIn: Assets["receive"] = async (team, source, options) => {
    const received = await receiveAsset({ store: bytes, inspector }, source, options);
    if (received.kind !== "kept") return received;
    const asset = options.credit ? { ...received.asset, credit: options.credit } : received.asset;
    await note(team, asset);
    return { kind: "kept", asset };
  };
  const derive: Assets["derive"] = async (team, asset, recipe) => {
    for (;;) {
      const derived = await pictures.derive(asset, recipe);
      if (derived.kind !== "derived") return derived;
      if (await noteDerived(parts, bytes, team, derived.asset, asset)) return derived;
    }
  };
  const receive: Assets["receive"] = (...values) => underWay.track(takeIn(...values));
  return {
    bytes,
    receive,
    keep: (team, made) => receive(team, [made], { canUseReserve: true, takesDrawings: true }),
    read: async (hash) => {
      const found = await bytes.read(hash);
      if (found) return found;
      throw new RunFailure({
        code: "asset-missing",
        message: "A file that this node needs is not in the relay any more. Upload it again.",
        isRetryable: false,
      });
    },
    derive: (...values) => underWay.track(derive(...values)),
    close: async () => {
      await inspector.close();
      await underWay.settled();
    },
  };
}

/** Notes a derived picture. False when a sweep has taken its bytes, which were there a moment ago. */
async function noteDerived(
  parts: AssetParts,
  bytes: AssetStore,
  team: string,
  derived: Asset,
  source: Asset,
): Promise<boolean> {
  const { store, clock } = parts;
  const { hash } = derived;
  const missing = await reviveAssets(store.database, team, [hash]);
  if (missing.length === 0 && (await isDerivedOf(store.database, team, hash, source.hash))) {
    return true;
  }
  await announce(parts, hash);
  if (!(await bytes.has(hash))) return false;
  await store.transaction(async (transaction) => {
    await saveAsset(transaction, team, derived, clock.nowMs());
    await saveDerived(transaction, team, hash, source.hash);
  });
  return true;
}
