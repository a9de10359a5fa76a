import { renderAsync } from "@resvg/resvg-js";
import sharp from "sharp";
import { fontPath } from "./read-font.ts";

/** Pixels of an SVG in the named weights of Inter; JPG on white. The playground has its own way. */
export async function renderPicture(
  svg: string,
  format: "PNG" | "JPG",
  weights: readonly string[],
): Promise<Uint8Array> {
  const image = await renderAsync(svg, {
    font: {
      fontFiles: weights.map(fontPath),
      loadSystemFonts: false,
      defaultFontFamily: "Inter",
    },
  });
  const png = image.asPng();
  if (format === "PNG") return new Uint8Array(png);
  return new Uint8Array(
    await sharp(png).flatten({ background: "#ffffff" }).jpeg({ quality: 90 }).toBuffer(),
  );
}
