import type { CardContent } from "#domain/card";
import { cardTextPx, mostLinesInCard } from "./card-measures.ts";
import { colours, paintOf } from "./colours.ts";
import { drawText } from "./card-text.ts";
import { markPart, partOf, pieceOf, type Card } from "./parts.ts";
import { change, changeFill, shapePiece } from "./shape-layer.ts";

type Body = NonNullable<CardContent["body"]>;

interface BodyLooks {
  readonly back: string | null;
  readonly words: string;
  readonly paddingPx: number;
  readonly leastHeightPx: number | null;
  readonly align: "LEFT" | "CENTER";
}

const looksOf: Readonly<Record<Body["kind"], BodyLooks>> = {
  hint: {
    back: colours.quiet,
    words: colours.secondary,
    paddingPx: 16,
    leastHeightPx: 112,
    align: "CENTER",
  },
  text: { back: null, words: colours.ink, paddingPx: 0, leastHeightPx: null, align: "LEFT" },
  failure: {
    back: colours.failureBack,
    words: colours.failure,
    paddingPx: 10,
    leastHeightPx: null,
    align: "LEFT",
  },
};

/** Shows the words in the middle of a card, or takes the body away where results speak. */
export function showBody(card: Card, body: Body | null): void {
  const known = pieceOf(card, "body", "FRAME");
  if (!body) {
    if (known) change(known, { visible: false });
    return;
  }
  const frame = known ?? drawBody(card);
  const words = frame?.children.find((layer) => layer.type === "TEXT" && isWords(layer));
  if (frame && words?.type === "TEXT") fillBody(frame, words, body);
}

function isWords(layer: SceneNode): boolean {
  return Object.keys(looksOf).includes(partOf(layer));
}

/** The words in the middle of a card, whatever they say; null where people took them out. */
export function wordsOf(card: Card): TextNode | null {
  return (
    pieceOf(card, "text", "TEXT") ??
    pieceOf(card, "hint", "TEXT") ??
    pieceOf(card, "failure", "TEXT")
  );
}

/** A body below the header; null for a card without a column to put it in. */
function drawBody(card: Card): FrameNode | null {
  const face = card.parts.get("face") ?? card.root;
  if (face.type !== "FRAME") return null;
  const frame = shapePiece(
    figma.createFrame(),
    { name: "Body", part: "body" },
    {
      fills: [],
      layoutMode: "VERTICAL",
      primaryAxisSizingMode: "AUTO",
      primaryAxisAlignItems: "CENTER",
      cornerRadius: 8,
    },
  );
  const words = drawText({
    name: "Text",
    part: "hint",
    font: "text",
    sizePx: cardTextPx,
    colour: colours.ink,
  });
  words.lineHeight = { unit: "PIXELS", value: 17 };
  frame.appendChild(words);
  words.layoutAlign = "STRETCH";
  words.textAutoResize = "HEIGHT";
  words.textTruncation = "ENDING";
  words.maxLines = mostLinesInCard;
  const isBelowHeader = card.parts.has("header");
  face.insertChild(Math.min(isBelowHeader ? 1 : 0, face.children.length), frame);
  frame.layoutAlign = "STRETCH";
  return frame;
}

function fillBody(frame: FrameNode, words: TextNode, { kind, text }: Body): void {
  const { back, words: colour, paddingPx, leastHeightPx, align } = looksOf[kind];
  markPart(words, kind);
  change(words, { textAlignHorizontal: align, characters: text });
  change(frame, {
    visible: true,
    paddingTop: paddingPx,
    paddingBottom: paddingPx,
    paddingLeft: paddingPx,
    paddingRight: paddingPx,
    minHeight: leastHeightPx,
  });
  changeFill(words, paintOf(colour));
  if (back) changeFill(frame, paintOf(back));
  else if (typeof frame.fills !== "symbol" && frame.fills.length > 0) frame.fills = [];
}
