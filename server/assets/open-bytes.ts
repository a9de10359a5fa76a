import { join } from "node:path";
import type { Clock } from "../clock.ts";
import type { ReachFailpoint } from "../failpoint.ts";
import type { AssetStore } from "./asset-store.ts";
import { openDiskAssetStore } from "./disk-asset-store.ts";
import { openS3AssetStore } from "./s3-asset-store.ts";
import type { SendToStorage } from "./s3-send.ts";
import type { S3Settings } from "./s3-settings.ts";

/** A storage beyond this machine, and whose assets are kept there. */
export interface S3Place {
  readonly settings: S3Settings;
  readonly send: SendToStorage;
  readonly relay: string;
}

/** What the bytes of assets lean on. */
export interface BytesParts {
  readonly clock: Clock;
  readonly reach: ReachFailpoint;
  /** What was on its way in before this time is swept. */
  readonly sweepBeforeMs: number;
  /** Where there is one, bytes are kept there and the folder has copies only. */
  readonly s3?: S3Place | null;
}

/** Opens the place of the bytes: a folder, or a bucket with copies in another folder. */
export function openBytes(folder: string, parts: BytesParts): Promise<AssetStore> {
  const { clock, reach, sweepBeforeMs, s3 } = parts;
  if (!s3) return openDiskAssetStore({ folder: join(folder, "bytes"), sweepBeforeMs, reach });
  const disk = { folder: join(folder, "copies"), sweepBeforeMs, reach };
  return openS3AssetStore({ ...s3, disk, clock });
}
