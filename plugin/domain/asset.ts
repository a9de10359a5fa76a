import * as z from "zod/mini";
import { countSchema } from "./count.ts";
import type { PortType } from "./port.ts";
import { stockCreditSchema } from "./stock-credit.ts";

/** SHA-256 of some bytes, 64 lower-case hexadecimal digits. */
export const hashSchema = z
  .string()
  .check(z.regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in hexadecimal"));

/** The most bytes that are kept as one asset. */
export const maxAssetBytes = 100 * 1024 * 1024;

/** The media types that the relay keeps, and what each is on a connection. */
export const mediaTypes = {
  "image/png": "image",
  "image/jpeg": "image",
  "image/webp": "image",
  "image/gif": "image",
  "image/avif": "image",
  "image/svg+xml": "image",
  "video/mp4": "video",
  "video/quicktime": "video",
  "video/webm": "video",
  "audio/mpeg": "audio",
  "audio/wav": "audio",
  "audio/ogg": "audio",
  "text/plain": "text",
} as const satisfies Record<string, PortType>;

/** A media type that the relay keeps. */
export type MediaType = keyof typeof mediaTypes;

/** Schema of {@link MediaType}. */
export const mediaTypeSchema = z.enum(Object.keys(mediaTypes) as [MediaType, ...MediaType[]]);

/**
 * Bytes that the relay keeps, described: their SHA-256, what they are by our own decoder, how many,
 * and their size in pixels after auto-orientation or length in milliseconds where that is known. `credit`: what has to be said
 * of a picture of a stock library; none for anything else.
 */
export const assetSchema = z.object({
  hash: hashSchema,
  mediaType: mediaTypeSchema,
  bytes: countSchema,
  widthPx: z.nullable(z.int().check(z.minimum(1))),
  heightPx: z.nullable(z.int().check(z.minimum(1))),
  durationMs: z.nullable(countSchema),
  credit: z.exactOptional(stockCreditSchema),
});
/** Bytes that the relay keeps, described. */
export type Asset = z.infer<typeof assetSchema>;

/** What an asset is on a connection. */
export function portTypeOf(asset: Pick<Asset, "mediaType">): PortType {
  return mediaTypes[asset.mediaType];
}
