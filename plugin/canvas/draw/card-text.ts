import { cardFonts } from "./card-fonts.ts";
import { innerWidthPx } from "./card-measures.ts";
import { paintOf } from "./colours.ts";
import type { Part } from "./parts.ts";
import { shapePiece } from "./shape-layer.ts";

/** How a text of a card looks. */
interface TextLooks {
  readonly name: string;
  readonly part: Part;
  readonly font: keyof typeof cardFonts;
  readonly sizePx: number;
  readonly colour: string;
}

/** Draws an empty text of a card; the fonts must be loaded. */
export function drawText({ name, part, font, sizePx, colour }: TextLooks): TextNode {
  return shapePiece(
    figma.createText(),
    { name, part },
    {
      fontName: cardFonts[font],
      fontSize: sizePx,
      fills: [paintOf(colour)],
      // A text that was given a name keeps it whatever is written into it.
      autoRename: false,
    },
  );
}

/** Makes a text one line of a fixed height, as wide as it is let, cut off with an ellipsis. */
export function keepOnOneLine(text: TextNode, heightPx: number): void {
  text.textAutoResize = "NONE";
  text.textAlignVertical = "CENTER";
  text.textTruncation = "ENDING";
  text.maxLines = 1;
  text.resize(innerWidthPx, heightPx);
}
