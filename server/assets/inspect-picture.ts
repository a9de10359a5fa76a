import type { MediaType } from "#domain/asset";
import type { InspectionReply } from "./inspection.ts";
import { decode, maxPixels, readClaims, type PictureClaims } from "./open-decoder.ts";

/** Pixels of an animation that are decoded at a time. */
const batchPixels = 16_000_000;

/** What the decoder calls the formats of our pictures. */
const formats: Readonly<Partial<Record<MediaType, string>>> = {
  "image/png": "png",
  "image/jpeg": "jpeg",
  "image/webp": "webp",
  "image/gif": "gif",
  "image/avif": "heif",
};

/**
 * Decodes every pixel of a picture, which is the only proof that it is one, and gives its size. All
 * frames of a GIF or WebP are decoded; of an animated PNG or AVIF only the first is ever shown.
 */
export async function inspectPicture(file: string, mediaType: MediaType): Promise<InspectionReply> {
  const claims = await readClaims(file);
  if (claims.format !== formats[mediaType]) throw new Error("The two decoders disagree.");
  const { widthPx, heightPx } = claims;
  if (widthPx * heightPx > maxPixels) return refusePixels(claims);
  const isAnimation = mediaType === "image/gif" || mediaType === "image/webp";
  const frames = isAnimation ? claims.frames : 1;
  const batch = Math.max(1, Math.floor(batchPixels / (widthPx * heightPx)));
  for (let page = 0; page < frames; page += batch) {
    const some = isAnimation ? { page, pages: Math.min(batch, frames - page) } : {};
    // Shrinking to one pixel reads them all and holds few of them: 84 MB for 49 million pixels of
    // PNG, where raw pixels took 223 MB. Shrinking while loading would skip most of a JPEG.
    await decode(file, some)
      .resize(1, 1, { fit: "fill", fastShrinkOnLoad: false })
      .raw()
      .toBuffer();
  }
  return { kind: "accepted", mediaType, widthPx, heightPx };
}

/** Refuses a picture with more pixels than are ever decoded. */
export function refusePixels({ widthPx, heightPx }: PictureClaims): InspectionReply {
  const millions = Math.ceil((widthPx * heightPx) / 1e6);
  const sentence = `The picture has ${widthPx} x ${heightPx} pixels, ${millions} million; at most ${maxPixels / 1e6} million are taken. Make it smaller.`;
  return { kind: "refused", code: "too-many-pixels", sentence };
}
