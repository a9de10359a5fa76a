import { writeFile } from "node:fs/promises";
import type { Sharp } from "sharp";
import type { InspectionReply, PictureRecipe } from "./inspection.ts";
import { decode, type PictureClaims } from "./open-decoder.ts";

type ModelRecipe = Extract<PictureRecipe, { readonly kind: "model" }>;
type ModelFormat = ModelRecipe["mediaTypes"][number];

/** How much smaller a picture becomes at each further try to keep within the bytes. */
const shrink = 0.75;
const tries = 12;
const photoQuality = 92;

/**
 * Makes a picture that a model takes and writes it to a new file that only this user can read: in a
 * format that keeps what is in it where the model has one, in a smaller one when it would be too many
 * bytes, and with fewer pixels when that is not enough. Transparency that the model's formats cannot hold
 * becomes white.
 */
export async function writeForModel(
  file: string,
  output: string,
  recipe: ModelRecipe,
  claims: PictureClaims,
): Promise<InspectionReply> {
  const formats = formatsFor(recipe, claims);
  let sidePx = recipe.sidePx;
  for (let turn = 0; turn < tries; turn += 1) {
    for (const mediaType of formats) {
      const { data, info } = await encode(resized(file, sidePx), mediaType).toBuffer({
        resolveWithObject: true,
      });
      if (data.length > recipe.maxBytes) {
        sidePx = Math.min(sidePx, Math.max(info.width, info.height));
        continue;
      }
      await writeFile(output, data, { flag: "wx", mode: 0o600 });
      return { kind: "derived", mediaType, widthPx: info.width, heightPx: info.height };
    }
    sidePx = Math.max(1, Math.floor(sidePx * shrink));
  }
  const sentence = `The picture cannot be made as small as ${recipe.maxBytes} bytes. Use another one.`;
  return { kind: "refused", code: "too-large", sentence };
}

/** What is exact or transparent stays so where the model takes it; a photo is a JPEG where it takes that. */
function formatsFor({ mediaTypes }: ModelRecipe, { format, hasAlpha }: PictureClaims) {
  const isExact = hasAlpha || format === "png" || format === "gif";
  const order: readonly ModelFormat[] = isExact
    ? ["image/png", "image/webp", "image/jpeg"]
    : ["image/jpeg", "image/webp", "image/png"];
  return order.filter((type) => mediaTypes.includes(type));
}

function resized(file: string, sidePx: number): Sharp {
  return decode(file, { sequentialRead: false })
    .autoOrient()
    .resize({ width: sidePx, height: sidePx, fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb");
}

function encode(picture: Sharp, mediaType: ModelFormat): Sharp {
  switch (mediaType) {
    case "image/png":
      return picture.png();
    case "image/webp":
      return picture.webp({ quality: photoQuality });
    case "image/jpeg":
      return picture
        .flatten({ background: "white" })
        .jpeg({ quality: photoQuality, chromaSubsampling: "4:4:4" });
  }
}
