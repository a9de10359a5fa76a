import { MediaFailure } from "./media-failure.ts";

/** What a font file can set, and how wide. */
export interface Typeface {
  /** Whether the font draws this character; one that it lacks would appear as an empty box. */
  has(codePoint: number): boolean;
  /** The width of a text in pixels, without kerning, so at least as wide as it is drawn. */
  widthOf(text: string, sizePx: number): number;
}

/**
 * Reads the character map and the widths of a TrueType file. Layout of the tables:
 * https://learn.microsoft.com/typography/opentype/spec/otff
 */
export function readTypeface(file: Uint8Array): Typeface {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const unitsPerEm = view.getUint16(tableAt(view, "head") + 18);
  const widthCount = view.getUint16(tableAt(view, "hhea") + 34);
  const widths = tableAt(view, "hmtx");
  const glyphs = readCharacterMap(view, tableAt(view, "cmap"));

  const advanceOf = (codePoint: number) => {
    const glyph = glyphs.get(codePoint) ?? 0;
    return view.getUint16(widths + 4 * Math.min(glyph, widthCount - 1));
  };
  return {
    has: (codePoint) => glyphs.has(codePoint),
    widthOf: (text, sizePx) => {
      let units = 0;
      for (const character of text) units += advanceOf(character.codePointAt(0) ?? 0);
      return (units * sizePx) / unitsPerEm;
    },
  };
}

function tableAt(view: DataView, name: string): number {
  const count = view.getUint16(4);
  for (let index = 0; index < count; index++) {
    const entry = 12 + index * 16;
    const tag = [0, 1, 2, 3].map((offset) => String.fromCharCode(view.getUint8(entry + offset)));
    if (tag.join("") === name) return view.getUint32(entry + 8);
  }
  throw new MediaFailure("internal", `The font of the draft label has no table "${name}".`);
}

/** From code point to glyph, read from the format 4 table (Unicode's first plane). */
function readCharacterMap(view: DataView, at: number): Map<number, number> {
  const glyphs = new Map<number, number>();
  const subtables = view.getUint16(at + 2);
  for (let index = 0; index < subtables; index++) {
    const subtable = at + view.getUint32(at + 4 + index * 8 + 4);
    if (view.getUint16(subtable) === 4) readSegments(view, subtable, glyphs);
  }
  return glyphs;
}

function readSegments(view: DataView, at: number, glyphs: Map<number, number>): void {
  const doubledCount = view.getUint16(at + 6);
  for (let offset = 0; offset < doubledCount; offset += 2) {
    const last = view.getUint16(at + 14 + offset);
    const first = view.getUint16(at + 16 + doubledCount + offset);
    const delta = view.getUint16(at + 16 + 2 * doubledCount + offset);
    const rangeAt = at + 16 + 3 * doubledCount + offset;
    const range = view.getUint16(rangeAt);
    for (let codePoint = first; codePoint <= last && codePoint < 0xffff; codePoint++) {
      const listed =
        range === 0 ? codePoint : view.getUint16(rangeAt + range + 2 * (codePoint - first));
      const glyph = listed === 0 ? 0 : (listed + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(codePoint, glyph);
    }
  }
}
