import { cardFonts } from "../draw/card-fonts.ts";
import { colours, paintOf } from "../draw/colours.ts";
import { markPart } from "../draw/parts.ts";

/** Draws words that lead to a web address, as a small pill on a picture. The fonts must be loaded. */
export function drawCaption(words: string, url: string): FrameNode {
  const pill = figma.createFrame();
  Object.assign(pill, {
    name: words,
    layoutMode: "HORIZONTAL",
    primaryAxisSizingMode: "AUTO",
    counterAxisSizingMode: "AUTO",
    paddingLeft: 10,
    paddingRight: 10,
    paddingTop: 5,
    paddingBottom: 5,
    cornerRadius: 14,
    fills: [paintOf(colours.dark)],
  } satisfies Partial<FrameNode>);
  pill.appendChild(drawLink(words, url, colours.white));
  markPart(pill, "caption");
  return pill;
}

/** Draws words that lead to a web address. */
export function drawLink(words: string, url: string, colour: string): TextNode {
  const text = figma.createText();
  Object.assign(text, { fontName: cardFonts.pill, fontSize: 11, characters: words });
  text.name = words;
  text.fills = [paintOf(colour)];
  text.hyperlink = { type: "URL", value: url };
  text.textDecoration = "UNDERLINE";
  markPart(text, "caption");
  return text;
}
