import sharp, { type Sharp } from "sharp";
import { MediaFailure } from "./media-failure.ts";

/** No picture of more pixels is decoded: a small file can claim a huge one. */
const maxInputPixels = 50_000_000;

/** A picture as 8-bit sRGB rows; 3 channels, or 4 with alpha that is not multiplied in. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly channels: 3 | 4;
}

/** The picture turned upright, as sharp's pipeline, guarded against huge claims and broken files. */
export function openPicture(bytes: Uint8Array): Sharp {
  return sharp(bytes, { limitInputPixels: maxInputPixels, failOn: "error" }).autoOrient();
}

/** Decodes a picture whole. Fails with a sentence when it cannot be read or is too large. */
export async function readPixels(bytes: Uint8Array): Promise<Pixels> {
  return asReadable(async () => {
    const { data, info } = await openPicture(bytes)
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3 && info.channels !== 4) {
      throw new MediaFailure("input-invalid", "The picture has an unusual number of channels.");
    }
    return { data, widthPx: info.width, heightPx: info.height, channels: info.channels };
  });
}

/** Decodes a small copy within a square of `sidePx`, without alpha (put on white). */
export async function readThumbnail(bytes: Uint8Array, sidePx: number): Promise<Pixels> {
  return asReadable(async () => {
    const { data, info } = await openPicture(bytes)
      .resize(sidePx, sidePx, { fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    return { data, widthPx: info.width, heightPx: info.height, channels: 3 };
  });
}

/** Runs a decoding and turns the decoder's words into a sentence for a designer. */
export async function asReadable<Value>(decode: () => Promise<Value>): Promise<Value> {
  try {
    return await decode();
  } catch (error) {
    if (error instanceof MediaFailure) throw error;
    const isTooLarge = error instanceof Error && error.message.includes("pixel limit");
    throw new MediaFailure(
      "input-invalid",
      isTooLarge
        ? `The picture is larger than ${maxInputPixels / 1e6} megapixels. Use a smaller copy.`
        : "The picture cannot be read. Use an undamaged PNG, JPEG, WebP, GIF or AVIF file.",
    );
  }
}
