import sharp, { type Sharp, type SharpOptions } from "sharp";

/** No picture of more pixels is decoded: a small file can claim a huge one (reliability.md T11). */
export const maxPixels = 50_000_000;

/**
 * Sets sharp up for files from outside: one thread, no cache, and only the loaders of the formats that
 * we take (https://sharp.pixelplumbing.com/api-utility#block). Called once in a process.
 */
export function openDecoder(): void {
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ["VipsForeignLoad"] });
  const formats = ["Png", "Jpeg", "Webp", "Nsgif", "Heif"];
  sharp.unblock({ operation: formats.map((format) => `VipsForeignLoad${format}`) });
}

/** Opens a file for decoding: stops at any damage and at a picture that is too large. */
export function decode(file: string, options: SharpOptions = {}): Sharp {
  return sharp(file, {
    failOn: "warning",
    limitInputPixels: maxPixels,
    sequentialRead: true,
    ...options,
  });
}

/** What a picture says of itself, which may be a lie. */
export interface PictureClaims {
  readonly format: string;
  /** After turning it upright. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly frames: number;
  readonly hasAlpha: boolean;
}

/** Reads the head of a picture of any size. Throws when it is damaged. */
export async function readClaims(file: string): Promise<PictureClaims> {
  const { format, autoOrient, pages, hasAlpha } = await decode(file, {
    limitInputPixels: false,
  }).metadata();
  const { width, height } = autoOrient;
  return { format, widthPx: width, heightPx: height, frames: pages ?? 1, hasAlpha };
}
