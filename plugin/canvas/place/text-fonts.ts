/** The fonts that a text of ours is set in. */
export interface TextFonts {
  readonly regular: FontName;
  readonly bold: FontName;
  readonly italic: FontName;
  readonly boldItalic: FontName;
  readonly code: FontName;
}

const wanted: TextFonts = {
  regular: { family: "Inter", style: "Regular" },
  bold: { family: "Inter", style: "Bold" },
  italic: { family: "Inter", style: "Italic" },
  boldItalic: { family: "Inter", style: "Bold Italic" },
  code: { family: "Roboto Mono", style: "Regular" },
};

/** Loads the fonts of a text; one that is missing is stood in for by the regular one, which is told. */
export async function loadTextFonts(): Promise<{ fonts: TextFonts; notes: string[] }> {
  await figma.loadFontAsync(wanted.regular);
  const notes: string[] = [];
  const load = async (font: FontName): Promise<FontName> => {
    try {
      await figma.loadFontAsync(font);
      return font;
    } catch {
      notes.push(`The font ${font.family} ${font.style} is missing, so Inter stands in for it.`);
      return wanted.regular;
    }
  };
  const [bold, italic, boldItalic, code] = await Promise.all([
    load(wanted.bold),
    load(wanted.italic),
    load(wanted.boldItalic),
    load(wanted.code),
  ]);
  return { fonts: { regular: wanted.regular, bold, italic, boldItalic, code }, notes };
}
