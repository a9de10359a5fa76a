import { writeFile } from "node:fs/promises";
import sharp, { type Sharp } from "sharp";
import type { InspectionReply, PictureRecipe } from "./inspection.ts";
import { decode } from "./open-decoder.ts";

type MaskRecipe = Extract<PictureRecipe, { readonly kind: "mask" }>;

/**
 * Makes a mask in the form that a vendor takes and writes it to a new file that only this user can read.
 * What is transparent in the picture does not change. The forms are those of providers.md 9.4.
 */
export async function writeMask(
  file: string,
  output: string,
  { form, widthPx, heightPx }: MaskRecipe,
): Promise<InspectionReply> {
  const white = decode(file, { sequentialRead: false })
    .autoOrient()
    .flatten({ background: "black" })
    .resize({ width: widthPx, height: heightPx, fit: "fill" })
    .greyscale();
  const made = form === "transparent" ? await onlyAlpha(white.negate()) : inForm(white, form);
  await writeFile(output, await made.png().toBuffer(), { flag: "wx", mode: 0o600 });
  return { kind: "derived", mediaType: "image/png", widthPx, heightPx };
}

function inForm(white: Sharp, form: "white" | "black"): Sharp {
  return form === "white" ? white : white.negate();
}

/** The colours say nothing: the picture that is masked is sent beside it. */
async function onlyAlpha(grey: Sharp): Promise<Sharp> {
  const { data, info } = await grey.extractChannel(0).raw().toBuffer({ resolveWithObject: true });
  const pixels = Buffer.alloc(data.length * 4);
  for (const [at, alpha] of data.entries()) pixels[at * 4 + 3] = alpha;
  return sharp(pixels, { raw: { width: info.width, height: info.height, channels: 4 } });
}
