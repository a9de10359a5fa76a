import type * as host from "../../../figma/host/read-font.ts";
import { here } from "../here.ts";
import { parseWeight } from "../inter-face.ts";

const fonts = new Map<string, Uint8Array>();

/** Fetches weights of Inter for the page to draw with; text is measured at once, so all must be there. */
export async function loadFonts(weights: readonly string[]): Promise<void> {
  await Promise.all(
    weights.map(async (weight) => {
      const response = await fetch(`${here}Inter_${weight}.ttf`);
      if (!response.ok) throw new Error(`The font Inter ${weight} is not there.`);
      const bytes = await response.arrayBuffer();
      fonts.set(weight, new Uint8Array(bytes));
      const { cssWeight, isItalic } = parseWeight(weight);
      const style = isItalic ? "italic" : "normal";
      document.fonts.add(new FontFace("Inter", bytes, { weight: String(cssWeight), style }));
    }),
  );
}

/** The stand-in's way to a font, in a page. */
export const readFont: typeof host.readFont = (weight) => {
  const font = fonts.get(weight);
  if (font === undefined) throw new Error(`The font Inter ${weight} was not loaded.`);
  return font;
};
