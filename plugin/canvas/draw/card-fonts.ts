/** The fonts that cards are drawn with; Inter is there in every editor. */
export const cardFonts = {
  title: { family: "Inter", style: "Semi Bold" },
  pill: { family: "Inter", style: "Medium" },
  text: { family: "Inter", style: "Regular" },
} as const;

/** Loads what cards are drawn with. To be awaited before anything is drawn: drawing itself is sync. */
export async function loadCardFonts(): Promise<void> {
  await Promise.all(Object.values(cardFonts).map((font) => figma.loadFontAsync(font)));
}

/** Loads what a text must have loaded before it may be changed; false where a font is missing. */
export async function loadFontsOf(text: NonResizableTextMixin): Promise<boolean> {
  if (text.hasMissingFont) return false;
  const { length } = text.characters;
  const { fontName } = text;
  // A symbol stands for several fonts, which only a text that is not empty can have.
  const fonts = typeof fontName === "symbol" ? text.getRangeAllFontNames(0, length) : [fontName];
  await Promise.all(fonts.map((font) => figma.loadFontAsync(font)));
  return true;
}
