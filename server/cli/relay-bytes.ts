import { openBytes } from "../assets/open-bytes.ts";
import type { AssetStore } from "../assets/asset-store.ts";
import { openWayToStorage } from "../assets/s3-send.ts";
import { systemClock } from "../clock.ts";
import type { Env } from "../env.ts";
import { noFailpoints } from "../failpoint.ts";

/** The way to a relay's bytes, for commands that work beside it. */
export interface WayToBytes {
  /**
   * Opens the bytes of a relay below a folder for assets, or in the bucket with copies there. What is on
   * its way in is left to the relay.
   */
  readonly open: (folder: string, relay: string) => Promise<AssetStore>;
  readonly close: () => Promise<void>;
}

/** Opens the way to where the environment says that assets are kept. */
export function openWayToBytes({ s3: settings }: Pick<Env, "s3">): WayToBytes {
  const clock = systemClock;
  const way = settings && openWayToStorage(settings, clock);
  return {
    open: (folder, relay) => {
      const s3 = settings && way && { settings, send: way.send, relay };
      return openBytes(folder, { clock, reach: noFailpoints, sweepBeforeMs: 0, s3 });
    },
    close: async () => {
      await way?.close();
    },
  };
}
