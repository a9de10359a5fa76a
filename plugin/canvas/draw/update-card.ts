import { definitionOf } from "#domain/nodes/index";
import { showBody } from "./card-body.ts";
import { paintOf, pillColours } from "./colours.ts";
import type { NewCard } from "./new-card.ts";
import { pieceOf, type Card } from "./parts.ts";
import { showInputs } from "./card-ports.ts";
import { change, changeFill } from "./shape-layer.ts";

/** A pill with more than this would push the title out of the header. */
const longestPill = 24;

/**
 * Brings a card up to date, changing only what differs. Pieces that people took out stay out, but for
 * the body, which says what went wrong. The fonts of its texts must be loaded.
 */
export function updateCard(card: Card, content: NewCard): void {
  const { root } = card;
  change(root, { name: nameOf(content) });
  // What stands in a shape is the text itself of the node: no hint, status or failure goes there.
  if (root.type === "SHAPE_WITH_TEXT") return;
  const title = pieceOf(card, "title", "TEXT");
  if (title) change(title, { characters: content.title });
  const footer = pieceOf(card, "footer", "TEXT");
  if (footer) change(footer, { characters: content.footer });
  showStatus(card, content);
  if (!holdsOwnText(card, content)) showBody(card, content.body);
  showInputs(card, content);
}

/** The text of a Text node is what stands there: what the panel knows of it may be older. */
function holdsOwnText(card: Card, { type }: NewCard): boolean {
  const words = type === "text" ? pieceOf(card, "text", "TEXT") : null;
  return words !== null && words.characters.trim() !== "";
}

/** What people call a node's layer: its type first, so that no two kinds look alike in a list. */
function nameOf({ type, title }: NewCard): string {
  const kind = definitionOf(type).title;
  return title === "" || title === kind ? kind : `${kind} · ${title}`;
}

function showStatus(card: Card, { status }: NewCard): void {
  const pill = pieceOf(card, "status", "FRAME");
  const words = pieceOf(card, "status-text", "TEXT");
  if (!pill || !words) return;
  const looks = pillColours[status.kind];
  const isShown = looks !== null && status.text !== "";
  change(pill, { visible: isShown });
  if (!isShown) return;
  const isLong = status.text.length > longestPill;
  change(words, {
    characters: isLong ? `${status.text.slice(0, longestPill - 1).trimEnd()}…` : status.text,
  });
  changeFill(pill, paintOf(looks.back));
  changeFill(words, paintOf(looks.words));
}
