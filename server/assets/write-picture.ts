import { copyFile, writeFile } from "node:fs/promises";
import type { Sharp } from "sharp";
import type { MediaType } from "#domain/asset";
import { figmaImageLimitPx } from "#domain/placement";
import type { InspectionReply, PictureRecipe } from "./inspection.ts";
import { refusePixels } from "./inspect-picture.ts";
import { decode, maxPixels, readClaims, type PictureClaims } from "./open-decoder.ts";
import { writeForModel } from "./write-for-model.ts";
import { writeMask } from "./write-mask.ts";

/**
 * Makes a picture that Figma takes (PNG, JPEG or GIF; `createImage` in
 * https://developers.figma.com/docs/plugins/api/properties/figma-createimage/) and writes it to a new
 * file that only this user can read. Encoded anew, it has no metadata and nothing after its end. Only
 * an animated GIF that Figma takes already is copied, since encoding it anew costs colours; every
 * other animation becomes its first frame.
 */
export async function writePicture(
  file: string,
  output: string,
  recipe: PictureRecipe,
): Promise<InspectionReply> {
  const claims = await readClaims(file);
  const { widthPx, heightPx } = claims;
  if (widthPx * heightPx > maxPixels) return refusePixels(claims);
  if (isReadyAnimation(claims, recipe)) {
    await copyFile(file, output);
    return { kind: "derived", mediaType: "image/gif", widthPx, heightPx };
  }
  if (recipe.kind === "model") return writeForModel(file, output, recipe, claims);
  if (recipe.kind === "mask") return writeMask(file, output, recipe);
  const side = recipe.kind === "figma" ? figmaImageLimitPx : recipe.sidePx;
  const upright = decode(file, { sequentialRead: false })
    .autoOrient()
    .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb");
  const { encoded, mediaType } = encode(upright, claims, recipe);
  const { data, info } = await encoded.toBuffer({ resolveWithObject: true });
  await writeFile(output, data, { flag: "wx", mode: 0o600 });
  return { kind: "derived", mediaType, widthPx: info.width, heightPx: info.height };
}

function isReadyAnimation(claims: PictureClaims, recipe: PictureRecipe): boolean {
  const { format, frames, widthPx, heightPx } = claims;
  const fits = Math.max(widthPx, heightPx) <= figmaImageLimitPx;
  return recipe.kind === "figma" && format === "gif" && frames > 1 && fits;
}

/** A photo stays lossy, what is exact stays exact, what is transparent stays so. */
function encode(
  picture: Sharp,
  { format, hasAlpha }: PictureClaims,
  { kind }: PictureRecipe,
): { readonly encoded: Sharp; readonly mediaType: MediaType } {
  const isExact = kind === "figma" && (format === "png" || format === "gif");
  if (hasAlpha || isExact) return { encoded: picture.png(), mediaType: "image/png" };
  const options = kind === "figma" ? { quality: 92, chromaSubsampling: "4:4:4" } : { quality: 82 };
  return { encoded: picture.jpeg(options), mediaType: "image/jpeg" };
}
