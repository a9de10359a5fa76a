import { colours, paintOf, typeColour } from "./colours.ts";
import { cardFonts } from "./card-fonts.ts";
import { drawOutputPort } from "./card-ports.ts";
import { drawRoom } from "./card-room.ts";
import { drawText, keepOnOneLine } from "./card-text.ts";
import { drawGlyph } from "./draw-glyph.ts";
import type { NewCard } from "./new-card.ts";
import { findCard } from "./parts.ts";
import { shapePiece } from "./shape-layer.ts";
import { cardPaddingPx, cardWidthPx, innerWidthPx } from "./card-measures.ts";
import { updateCard } from "./update-card.ts";

const headerHeightPx = 36;
const footerHeightPx = 28;
const titleHeightPx = 18;

/**
 * Draws the card of a new node on the current page: a frame in Design, a section in FigJam, where a
 * Text node is a shape with text. The fonts must be loaded.
 */
export function drawCard(content: NewCard): FrameNode | SectionNode | ShapeWithTextNode {
  const isFigjam = figma.editorType === "figjam";
  const root = !isFigjam ? drawFrame(content) : drawForFigjam(content);
  const card = findCard(root);
  if (card) updateCard(card, content);
  const face = card?.parts.get("face");
  if (root.type === "SECTION" && face) root.resizeWithoutConstraints(cardWidthPx, face.height);
  return root;
}

function drawForFigjam(content: NewCard): SectionNode | ShapeWithTextNode {
  return content.type === "text" ? drawTextShape(content) : drawSection(content);
}

function drawFrame(content: NewCard): FrameNode {
  const frame = shapePiece(
    figma.createFrame(),
    { name: content.title, part: "card" },
    {
      ...ground,
      cornerRadius: 12,
      effects: [
        {
          type: "DROP_SHADOW",
          color: { r: 0, g: 0, b: 0, a: 0.08 },
          offset: { x: 0, y: 2 },
          radius: 8,
          spread: 0,
          visible: true,
          blendMode: "NORMAL",
        },
      ],
    },
  );
  fillFace(frame, content, "output");
  drawOutputPort(frame, content.type);
  return frame;
}

/** People move and select a section by its ground: what lies locked on it lets them through. */
function drawSection(content: NewCard): SectionNode {
  const section = shapePiece(figma.createSection(), { name: content.title, part: "card" }, ground);
  const face = shapePiece(figma.createFrame(), { name: "Card", part: "face" }, { fills: [] });
  fillFace(face, content, "room");
  section.appendChild(face);
  Object.assign(face, { x: 0, y: 0, locked: true });
  return section;
}

function drawTextShape({ type, body }: NewCard): ShapeWithTextNode {
  const shape = shapePiece(
    figma.createShapeWithText(),
    { name: "Text", part: "card" },
    {
      shapeType: "ROUNDED_RECTANGLE",
      fills: [paintOf(colours.white)],
      strokes: [paintOf(typeColour(type))],
      strokeWeight: 2,
    },
  );
  shape.resize(cardWidthPx, 120);
  shape.text.fontName = cardFonts.pill;
  // Words of ours would count as the person's own, so a hint is not written here.
  if (body?.kind === "text") shape.text.characters = body.text;
  return shape;
}

const ground = {
  get fills() {
    return [paintOf(colours.white)];
  },
  get strokes() {
    return [paintOf(colours.border)];
  },
  strokeWeight: 1,
};

/** The column of header, body, room for results and footer; the body comes when it says something. */
function fillFace(face: FrameNode, content: NewCard, room: "output" | "room"): void {
  face.resize(cardWidthPx, headerHeightPx);
  Object.assign(face, {
    layoutMode: "VERTICAL",
    primaryAxisSizingMode: "AUTO",
    counterAxisSizingMode: "FIXED",
    itemSpacing: 4,
    paddingLeft: cardPaddingPx,
    paddingRight: cardPaddingPx,
    clipsContent: false,
  } satisfies Partial<FrameNode>);
  face.appendChild(drawHeader(content));
  drawRoom(face, room);
  const footer = drawText({
    name: "Settings",
    part: "footer",
    font: "text",
    sizePx: 11,
    colour: colours.secondary,
  });
  face.appendChild(footer);
  keepOnOneLine(footer, footerHeightPx);
}

function drawHeader({ type }: NewCard): FrameNode {
  const header = shapePiece(figma.createFrame(), { name: "Header", part: "header" }, { fills: [] });
  Object.assign(header, {
    layoutMode: "HORIZONTAL",
    primaryAxisSizingMode: "FIXED",
    counterAxisSizingMode: "FIXED",
    counterAxisAlignItems: "CENTER",
    itemSpacing: 8,
  } satisfies Partial<FrameNode>);
  // An empty frame that lays out its children shrinks to nothing, so its size comes last.
  header.resize(innerWidthPx, headerHeightPx);
  const title = drawText({
    name: "Title",
    part: "title",
    font: "title",
    sizePx: 13,
    colour: colours.ink,
  });
  header.appendChild(drawGlyph(type));
  header.appendChild(title);
  keepOnOneLine(title, titleHeightPx);
  title.layoutGrow = 1;
  header.appendChild(drawPill());
  return header;
}

function drawPill(): FrameNode {
  const pill = shapePiece(
    figma.createFrame(),
    { name: "Status", part: "status" },
    {
      layoutMode: "HORIZONTAL",
      primaryAxisSizingMode: "AUTO",
      counterAxisSizingMode: "AUTO",
      paddingLeft: 8,
      paddingRight: 8,
      paddingTop: 3,
      paddingBottom: 3,
      cornerRadius: 10,
      visible: false,
    },
  );
  pill.appendChild(
    drawText({
      name: "Status text",
      part: "status-text",
      font: "pill",
      sizePx: 10.5,
      colour: colours.ink,
    }),
  );
  return pill;
}
