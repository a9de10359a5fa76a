import { writeFile } from "node:fs/promises";
import type { Sharp } from "sharp";
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
  const data = await (await inForm(white, { form, widthPx, heightPx })).png().toBuffer();
  await writeFile(output, data, { flag: "wx", mode: 0o600 });
  return { kind: "derived", mediaType: "image/png", widthPx, heightPx };
}

async function inForm(
  white: Sharp,
  { form, widthPx, heightPx }: Pick<MaskRecipe, "form" | "widthPx" | "heightPx">,
): Promise<Sharp> {
  if (form === "white") return white;
  const inverted = white.negate();
  if (form === "black") return inverted;
  const alpha = await inverted.extractChannel(0).raw().toBuffer();
  const raw = { width: widthPx, height: heightPx, channels: 1 } as const;
  // The colours say nothing: the picture that is masked is sent beside it.
  return white.clone().linear(0, 0).toColourspace("srgb").joinChannel(alpha, { raw });
}
