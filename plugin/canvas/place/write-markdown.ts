import { readMarkdown, type ReadMarkdown } from "#domain/read-markdown";
import { colours, paintOf } from "../draw/colours.ts";
import type { TextFonts } from "./text-fonts.ts";

/** Figma lays a text out anew for each stretch that is changed: a text with more keeps the rest plain. */
const mostStretches = 300;
const headingScales = { 1: 1.75, 2: 1.4, 3: 1.15 } as const;

/** Writes Markdown into a text layer as people read it. The fonts must be loaded. */
export function writeMarkdown(
  layer: TextNode,
  markdown: string,
  fonts: TextFonts,
  sizePx: number,
): void {
  const read = readMarkdown(markdown);
  layer.fontName = fonts.regular;
  layer.fontSize = sizePx;
  layer.characters = read.text;
  let left = mostStretches;
  const isAllowed = () => (left -= 1) >= 0;
  for (const { from, to, level } of read.headings) {
    if (isAllowed()) layer.setRangeFontSize(from, to, Math.round(sizePx * headingScales[level]));
  }
  for (const { from, to, font } of stretchesOf(read, fonts)) {
    if (isAllowed()) layer.setRangeFontName(from, to, font);
  }
  for (const { from, to, kind } of read.looks) {
    if (kind === "strike" && isAllowed()) layer.setRangeTextDecoration(from, to, "STRIKETHROUGH");
    if (kind === "quote" && isAllowed())
      layer.setRangeFills(from, to, [paintOf(colours.secondary)]);
  }
  for (const { from, to, isOrdered, depth } of read.lists) {
    if (to === from || !isAllowed()) continue;
    // A line's newline belongs to its list (figma-platform.md 4.7).
    const end = Math.min(to + 1, read.text.length);
    layer.setRangeListOptions(from, end, { type: isOrdered ? "ORDERED" : "UNORDERED" });
    layer.setRangeIndentation(from, end, depth);
  }
  for (const { from, to, url } of read.links) {
    if (!isAllowed()) continue;
    layer.setRangeHyperlink(from, to, { type: "URL", value: url });
    layer.setRangeTextDecoration(from, to, "UNDERLINE");
  }
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly font: FontName;
}

/** The stretches with a font of their own. Bold within italic is a font of its own, not two looks. */
function stretchesOf({ looks, headings }: ReadMarkdown, fonts: TextFonts): Stretch[] {
  const bold = [...headings, ...looks.filter(({ kind }) => kind === "bold")];
  const italic = looks.filter(({ kind }) => kind === "italic");
  const code = looks.filter(({ kind }) => kind === "code");
  const cuts = [...bold, ...italic, ...code].flatMap(({ from, to }) => [from, to]);
  const places = [...new Set(cuts)].sort((one, other) => one - other).slice(0, 2 * mostStretches);
  const has = (stretches: readonly { from: number; to: number }[], at: number) =>
    stretches.some(({ from, to }) => from <= at && at < to);
  return places.flatMap((from, at) => {
    const to = places[at + 1];
    if (to === undefined) return [];
    const isBold = has(bold, from);
    const font = has(code, from)
      ? fonts.code
      : has(italic, from)
        ? isBold
          ? fonts.boldItalic
          : fonts.italic
        : fonts.bold;
    return isBold || has(code, from) || has(italic, from) ? [{ from, to, font }] : [];
  });
}
